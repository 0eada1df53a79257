import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import { parseSync } from 'vite';

/**
 * Who may import whom (design, section 3). A folder's row lists everything it may import: project folders end with `/`,
 * `node:*` stands for Node's own modules, the rest are packages. What is not listed is forbidden, so a new dependency of
 * a process is a line in this table. A type counts like a value: it ties the two sides just as well.
 *
 * @typedef {object} Row
 * @property {string} from            the first row that matches a file applies: the more specific one comes first
 * @property {readonly string[]} may  `*` at the end of a package name stands for the rest of it
 *
 * @typedef {object} Violation
 * @property {string} file       path from the project's root, with `/`
 * @property {number} line
 * @property {string} specifier
 * @property {string} reason
 */

const VALIDATION = 'typebox';

/** @type {readonly Row[]} */
const ROWS = [
  // The same on both sides of a sealed file; the library is plain JavaScript.
  { from: 'shared/sealing/', may: ['shared/', 'age-encryption', 'fflate', VALIDATION] },
  { from: 'shared/', may: ['shared/', VALIDATION] },
  {
    from: 'renderer/',
    may: [
      'renderer/',
      'shared/',
      'react',
      'react-dom',
      '@mantine/*',
      '@tabler/icons-react',
      '@tanstack/react-virtual',
      'i18next',
      'react-i18next',
      'wouter',
      'rxdb',
      'rxjs',
      'uqr',
      'fflate',
      VALIDATION,
    ],
  },
  { from: 'electron/preload/', may: ['electron/preload/', 'shared/protocol/', 'electron'] },
  // What both processes do alike with a passphrase.
  { from: 'electron/custody/', may: ['electron/custody/', 'shared/', 'node:*', VALIDATION] },
  {
    from: 'electron/main/',
    may: ['electron/main/', 'electron/custody/', 'shared/', 'electron', 'node:*', VALIDATION],
  },
  {
    from: 'electron/data/',
    may: [
      'electron/data/',
      'electron/custody/',
      'shared/',
      'node:*',
      'rxdb',
      'rxjs',
      '@signalapp/sqlcipher',
      'papaparse',
      'eventsource-parser',
      'uuid',
      VALIDATION,
    ],
  },
  {
    from: 'server/',
    may: [
      'server/',
      'shared/',
      'node:*',
      'fastify',
      '@fastify/*',
      'pg',
      '@electric-sql/pglite',
      'prom-client',
      'uuid',
      VALIDATION,
    ],
  },
  { from: 'build/', may: ['build/', 'node:*', '*'] },
  { from: 'test/', may: ['test/', 'shared/', 'renderer/', 'electron/', 'server/', 'build/', 'node:*', '*'] },
];

const FOLDERS = ['shared', 'electron', 'renderer', 'server', 'build', 'test'];
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const FEATURE = /^renderer\/features\/([^/]+)\//;

/**
 * Every import of the project that the table forbids.
 *
 * @param {string} root
 * @returns {Violation[]}
 */
export function checkImports(root) {
  return sourceFiles(root).flatMap((file) =>
    importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap(({ specifier, line }) => {
      const reason = forbidden(file, specifier);
      return reason ? [{ file, line, specifier, reason }] : [];
    }),
  );
}

/** @param {Violation} violation */
export function describeViolation({ file, line, specifier, reason }) {
  return `${file}:${line}  imports '${specifier}': ${reason}`;
}

/**
 * Why the import is forbidden, or nothing.
 *
 * @param {string} file
 * @param {string} specifier
 */
function forbidden(file, specifier) {
  const target = resolve(file, specifier);
  const row = ROWS.find(({ from }) => file.startsWith(from));
  if (!row) return 'this folder has no row in the table of import rules (build/scripts/import-rules.mjs)';
  if (target.startsWith('../')) return 'it lies outside the project';
  if (target.startsWith('test/') && row.from !== 'test/') return 'nothing imports test';
  const [here, there] = [FEATURE.exec(file)?.[1], FEATURE.exec(target)?.[1]];
  if (here && there && here !== there) return 'a feature never imports another feature';
  if (!row.may.some((allowed) => matches(allowed, target))) return `${row.from} may import ${row.may.join(', ')}`;
  return undefined;
}

/**
 * A project path (`shared/domain/asset.ts`), `node:fs`, or the name of a package.
 *
 * @param {string} file
 * @param {string} specifier
 */
function resolve(file, specifier) {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('.')) return posix.join(posix.dirname(file), path);
  if (path.startsWith('#shared/')) return posix.normalize(path.slice(1));
  if (isBuiltin(path)) return path.startsWith('node:') ? path : `node:${path}`;
  return packageName(path);
}

/** @param {string} path */
function packageName(path) {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * @param {string} allowed
 * @param {string} target
 */
function matches(allowed, target) {
  if (allowed === '*') return !FOLDERS.some((folder) => target.startsWith(`${folder}/`)) && !target.startsWith('node:');
  if (allowed.endsWith('/')) return target.startsWith(allowed);
  return allowed.endsWith('*') ? target.startsWith(allowed.slice(0, -1)) : target === allowed;
}

/**
 * @param {string} file
 * @param {string} source
 * @returns {{ specifier: string, line: number }[]}
 */
function importsOf(file, source) {
  const { module, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const found = module.staticImports.map(({ moduleRequest }) => moduleRequest);
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) found.push(moduleRequest);
  }
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    value: source.slice(start, end).replace(/^['"`]|['"`]$/g, ''),
    start,
  }));
  // `import('…')` in the place of a type is not an import of the module record.
  const types = [...source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(({ index, 1: value = '' }) => ({
    value,
    start: index,
  }));
  const unique = new Map(
    [...found, ...dynamic, ...types].map(({ value, start }) => {
      const line = source.slice(0, start).split('\n').length;
      return [`${line} ${value}`, { specifier: value, line }];
    }),
  );
  return [...unique.values()];
}

/** @param {string} root */
function sourceFiles(root) {
  return FOLDERS.flatMap((folder) => list(root, folder)).filter((file) => !file.startsWith('test/data/'));
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function list(root, folder) {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort();
  } catch {
    // The folder does not exist yet.
    return [];
  }
}
