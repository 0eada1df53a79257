import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../../server/config.ts';

function read(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../server/deploy/${name}`, import.meta.url)), 'utf8');
}

describe('how the endpoint is deployed', () => {
  it('the unit hardens the service, and stops it more patiently than the endpoint stops itself', () => {
    const unit = read('registre-endpoint.service');
    const sections = unit.match(/^\[\w+\]$/gm);
    expect(sections).toEqual(['[Unit]', '[Service]', '[Install]']);
    for (const line of unit.split('\n')) expect(line).toMatch(/^$|^#|^\[\w+\]$|^[A-Z]\w*=/);
    for (const setting of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'DynamicUser=yes', 'KillSignal=SIGTERM']) {
      expect(unit).toContain(setting);
    }
    expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1])).toBeGreaterThan(5 + 5);
  });

  it('every variable that the files and the README name is one that the endpoint reads', () => {
    const source = readFileSync(fileURLToPath(new URL('../../../server/config.ts', import.meta.url)), 'utf8');
    const readme = readFileSync(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8');
    const operation = /## Running the endpoint[\s\S]*?\n## /.exec(readme)?.[0] ?? '';
    const known = new Set([...(source.match(/REGISTRE_[A-Z_]+/g) ?? []), 'REGISTRE_DATABASE_URL']);
    const named = [read('registre-endpoint.service'), read('Containerfile'), read('nginx.conf'), operation]
      .flatMap((text) => text.match(/REGISTRE_[A-Z_]+/g) ?? [])
      .filter((name) => name !== 'REGISTRE_TEST_POSTGRES_URL');
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    // And the README leaves none out.
    expect([...known].filter((name) => !operation.includes(name))).toEqual([]);
    expect(() => readConfig({})).not.toThrow();
  });

  it('the proxy passes events on at once, holds no body back, and its braces close', () => {
    const proxy = read('nginx.conf').replace(/#.*$/gm, '');
    expect(proxy.split('{').length).toBe(proxy.split('}').length);
    const stream = /location = \/v1\/stream \{([^}]*)\}/.exec(proxy)?.[1] ?? '';
    expect(stream).toContain('proxy_buffering off;');
    expect(proxy).toContain('proxy_request_buffering off;');
    for (const line of proxy.split('\n').map((text) => text.trim())) expect(line).toMatch(/^$|[;{}]$/);
  });

  it('the container runs as nobody in particular and hears the signal to stop itself', () => {
    const container = read('Containerfile');
    expect(container).toMatch(/^USER node$/m);
    // A shell between the two would keep the signal for itself.
    expect(container).toMatch(/^ENTRYPOINT \["node", "out\/server\/cli\.mjs"\]$/m);
    expect(container).not.toMatch(/ADMIN_TOKEN=[^…\s]/);
  });
});
