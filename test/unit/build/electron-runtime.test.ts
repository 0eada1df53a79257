import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeRuntime, launchCommand, resolveRuntime } from '../../../build/scripts/electron-runtime.mjs';

const HOUR = 60 * 60 * 1000;
const INSTALLS = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync(__dirname + '/dist', { recursive: true });
  writeFileSync(__dirname + '/dist/version', '45.0.0');
  writeFileSync(__dirname + '/dist/electron', '');
`;
const IS_BLOCKED = "require('node:fs').appendFileSync(__dirname + '/tries', '.'); process.exit(1);";

let root: string;
let now: number;
let tarball: string;
let integrity: string;
let fetched: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'registre-runtime-'));
  now = 1_000_000;
  fetched = [];
  write('node_modules/electron/package.json', JSON.stringify({ version: '45.0.0' }));
  write('node_modules/electron/install.js', IS_BLOCKED);
  tarball = packFallback();
  integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, content: string): string {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A package like the published one: an archive in an archive, with resources that must not be kept. */
function packFallback(): string {
  write('made/app/@somedesktop', 'binary');
  write('made/app/icudtl.dat', 'data');
  write('made/app/resources/app.asar', 'somebody else’s application');
  mkdirSync(join(root, 'made/package/release'), { recursive: true });
  const inner = join(root, 'made/package/release/app.tar.gz');
  execFileSync('tar', ['-czf', inner, '-C', join(root, 'made/app'), '.']);
  const outer = join(root, 'fallback.tgz');
  execFileSync('tar', ['-czf', outer, '-C', join(root, 'made'), 'package']);
  return outer;
}

type Surroundings = NonNullable<Parameters<typeof resolveRuntime>[0]>;

function resolve(changes: Surroundings = {}) {
  return resolveRuntime({
    root,
    cache: join(root, 'cache'),
    env: {},
    platform: 'linux',
    arch: 'x64',
    now: () => now,
    retryDownload: false,
    announce: () => {},
    fallback: {
      spec: '@some/desktop@1.0.0',
      integrity,
      version: '25.0.0',
      archive: 'package/release/app.tar.gz',
      executable: '@somedesktop',
    },
    fetchPackage: async (spec) => {
      fetched.push(spec);
      return tarball;
    },
    ...changes,
  });
}

function countTries(): number {
  return readFileSync(join(root, 'node_modules/electron/tries'), 'utf8').length;
}

describe('the Electron runtime', () => {
  it('is the folder that ELECTRON_OVERRIDE_DIST_PATH names, before any other', async () => {
    write('node_modules/electron/dist/version', '45.0.0');
    write('node_modules/electron/dist/electron', '');
    const directory = dirname(write('mine/electron', ''));
    write('mine/version', 'v44.1.0');
    const runtime = await resolve({ env: { ELECTRON_OVERRIDE_DIST_PATH: directory } });
    expect(runtime).toMatchObject({ kind: 'override', version: '44.1.0', executable: join(directory, 'electron') });
  });

  it('refuses an override without an executable instead of taking another runtime', async () => {
    await expect(resolve({ env: { ELECTRON_OVERRIDE_DIST_PATH: root } })).rejects.toThrow(/without electron/);
  });

  it('is the one in node_modules when it has the pinned version', async () => {
    write('node_modules/electron/dist/version', '45.0.0');
    write('node_modules/electron/dist/electron', '');
    expect(await resolve()).toMatchObject({ kind: 'installed', version: '45.0.0' });
  });

  it('is downloaded again when node_modules holds the one of an older pin', async () => {
    write('node_modules/electron/dist/version', '44.0.0');
    write('node_modules/electron/dist/electron', '');
    write('node_modules/electron/install.js', INSTALLS);
    expect(await resolve()).toMatchObject({ kind: 'downloaded', version: '45.0.0' });
  });

  it('is the fallback where the download is blocked, and says what it is for', async () => {
    const runtime = await resolve();
    expect(runtime).toMatchObject({ kind: 'fallback', version: '25.0.0' });
    expect(describeRuntime(runtime)).toBe(
      'Electron 25.0.0, for development and tests only, because Electron 45.0.0 could not be downloaded',
    );
    expect(readFileSync(runtime.executable, 'utf8')).toBe('binary');
    expect(existsSync(join(runtime.directory, 'icudtl.dat'))).toBe(true);
    expect(existsSync(join(runtime.directory, 'resources/app.asar'))).toBe(false);
  });

  it('fetches the fallback once and tries the blocked download once a day', async () => {
    await resolve();
    now += 23 * HOUR;
    await resolve();
    expect(countTries()).toBe(1);
    now += 2 * HOUR;
    await resolve();
    expect(countTries()).toBe(2);
    expect(fetched).toEqual(['@some/desktop@1.0.0']);
  });

  it('tries the download at once when asked, and forgets the failure when it succeeds', async () => {
    await resolve();
    write('node_modules/electron/install.js', INSTALLS);
    expect(await resolve({ retryDownload: true })).toMatchObject({ kind: 'downloaded' });
    expect(await resolve()).toMatchObject({ kind: 'installed' });
    expect(existsSync(join(root, 'cache/electron/download-failed.json'))).toBe(false);
  });

  it('does not unpack a fallback that is not the pinned file', async () => {
    writeFileSync(tarball, 'something else');
    await expect(resolve()).rejects.toThrow(/not the file that was pinned/);
    expect(existsSync(join(root, 'cache/electron/25.0.0'))).toBe(false);
  });

  it.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'arm64'],
  ])('has no fallback on %s %s: it names the command that mends it', async (platform, arch) => {
    await expect(resolve({ platform, arch })).rejects.toMatchObject({
      mend: expect.stringContaining('ELECTRON_OVERRIDE_DIST_PATH='),
    });
  });
});

describe('the launch command', () => {
  it('gives the application folder to an ordinary Electron', async () => {
    write('node_modules/electron/dist/version', '45.0.0');
    write('node_modules/electron/dist/electron', '');
    write('node_modules/electron/dist/resources/default_app.asar', '');
    const runtime = await resolve();
    expect(launchCommand(runtime, '/app', ['--x'], { out: root, isRoot: false })).toEqual({
      command: runtime.executable,
      args: ['/app', '--x'],
    });
  });

  it('lays the application in resources/app for an Electron without a default application', async () => {
    const runtime = await resolve();
    const application = dirname(write('out/app/package.json', '{}'));
    const out = join(root, 'out');
    for (let i = 0; i < 2; i += 1) {
      const { command, args } = launchCommand(runtime, application, ['--x'], { out, isRoot: true });
      expect(args).toEqual(['--no-sandbox', '--x']);
      expect(readFileSync(command, 'utf8')).toBe('binary');
      expect(readlinkSync(join(dirname(command), 'resources/app'))).toBe(application);
    }
    expect(existsSync(join(runtime.directory, 'resources/app'))).toBe(false);
  });
});
