import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { areInstalled } from '../../../build/scripts/dependencies.mjs';
import { parseDesktopOptions } from '../../../build/scripts/desktop.mjs';
import { lacksDisplay, notFound } from '../../../build/scripts/system-libraries.mjs';

describe('npm start options', () => {
  const parse = (...args: string[]) => parseDesktopOptions(args, 'npm start');

  it('open the demonstration in the default profile', () => {
    expect(parse()).toEqual({ empty: false, server: undefined, profile: 'default', help: false });
  });

  it('take a server address without its final slash', () => {
    expect(parse('--server', 'https://registre.example/').server).toBe('https://registre.example');
  });

  it.each([
    ['an unknown option', ['--nope']],
    ['a server that is no address', ['--server', 'registre']],
    ['a profile that leaves its folder', ['--profile', '../elsewhere']],
    ['an empty demonstration of a server', ['--server', 'https://registre.example', '--empty']],
  ])('refuse %s and name the help', (_title, args) => {
    expect(() => parse(...args)).toThrow(expect.objectContaining({ mend: 'npm start -- --help' }));
  });
});

describe('dependencies', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'registre-dependencies-'));
    mkdirSync(join(root, 'node_modules'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const lock = (file: string, packages: object) => writeFileSync(join(root, file), JSON.stringify({ packages }));

  it('are missing in a fresh clone', () => {
    lock('package-lock.json', { '': {}, 'node_modules/a': { version: '1.0.0' } });
    expect(areInstalled(root)).toBe(false);
  });

  it('are up to date when only packages for other systems lack', () => {
    const a = { 'node_modules/a': { version: '1.0.0' } };
    lock('package-lock.json', { '': {}, ...a, 'node_modules/b-win32': { version: '1.0.0', optional: true } });
    lock('node_modules/.package-lock.json', a);
    expect(areInstalled(root)).toBe(true);
  });

  it('are out of date when a version differs or a package lacks', () => {
    lock('package-lock.json', { 'node_modules/a': { version: '1.0.1' } });
    lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
    expect(areInstalled(root)).toBe(false);
    lock('package-lock.json', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } });
    expect(areInstalled(root)).toBe(false);
  });
});

describe('system libraries', () => {
  it('are those that the dynamic linker does not find', () => {
    const output = '\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibnss3.so => not found\n\tlibgbm.so.1 => not found\n';
    expect(notFound(output)).toEqual(['libnss3.so', 'libgbm.so.1']);
  });

  it('include an invisible display only on a Linux without a screen', () => {
    expect(lacksDisplay({}, 'linux')).toBe(true);
    expect(lacksDisplay({ DISPLAY: ':0' }, 'linux')).toBe(false);
    expect(lacksDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(false);
    expect(lacksDisplay({}, 'win32')).toBe(false);
  });
});
