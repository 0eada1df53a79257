import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

/** The application's own pages: `app://registre/…`, read from the package, nothing else. */
export const PAGES_ORIGIN = 'app://registre';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Replaced in the page by a value of its own at every load; the build puts it there. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Must run before the application is ready: a secure origin, so that `crypto.subtle` works in the page. */
export function registerPagesScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function servePages(directory: string): void {
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const path = normalize(join(directory, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
    if (host !== 'registre' || !path.startsWith(directory + sep)) return new Response(null, { status: 404 });
    const body = await readFile(path).catch(() => undefined);
    if (!body) return new Response(null, { status: 404 });
    const nonce = randomBytes(16).toString('base64');
    const isPage = extname(path) === '.html';
    return new Response(isPage ? body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : new Uint8Array(body), {
      headers: {
        'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        ...(isPage && { 'content-security-policy': contentSecurityPolicy(nonce) }),
      },
    });
  });
}

/** Nothing from outside, no inline script, no evaluation; styles only from files or with the nonce of this load. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
