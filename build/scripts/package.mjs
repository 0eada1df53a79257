import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OUT } from './paths.mjs';
import { stopOnSignals } from './processes.mjs';
import { done, Explained, elapsed, runScript, say, working } from './progress.mjs';
import { setUp } from './setup.mjs';
import { hashSources, isMade, markMade } from './sources.mjs';

/** @typedef {import('./electron-runtime.mjs').Runtime} Runtime */

const HELP = `npm run package [-- options]

Builds the application and packs it into out/package.

  --dir    only the unpacked application for this system; works without a network
  --win    the Windows installer (x64)
  --linux  the AppImage and the Debian package
  --help   this text

Without an option: the installers of this system.`;

const MANIFEST = ['build/electron-builder.config.mjs', 'build/icons', 'package.json', 'package-lock.json'];

/**
 * The unpacked application of this system, packed again only if something changed.
 *
 * @param {Runtime} runtime
 * @returns {Promise<string>} its executable
 */
export async function packDirectory(runtime) {
  const begun = performance.now();
  const executable = packedExecutable();
  const hash = hashSources(['out/app', ...MANIFEST], [runtime.version, runtime.directory]);
  if (isMade('package', hash) && existsSync(executable)) {
    done('package', 'up to date');
    return executable;
  }
  working('packing the application');
  await pack(runtime, { dir: true });
  markMade('package', hash);
  done('package', elapsed(begun));
  return executable;
}

/** Where `--dir` puts the executable of this system. */
export function packedExecutable() {
  const output = join(OUT, 'package');
  const isArm = process.arch === 'arm64';
  if (process.platform === 'win32') return join(output, `win${isArm ? '-arm64' : ''}-unpacked`, 'Registre.exe');
  if (process.platform === 'darwin') {
    return join(output, `mac${isArm ? '-arm64' : ''}`, 'Registre.app/Contents/MacOS/Registre');
  }
  return join(output, `linux${isArm ? '-arm64' : ''}-unpacked`, 'registre');
}

/**
 * @param {Runtime} runtime
 * @param {{ dir?: boolean, win?: boolean, linux?: boolean }} targets
 */
async function pack(runtime, { dir = false, win = false, linux = false }) {
  if (!dir) refuseToShip(runtime);
  const { build } = await import('electron-builder');
  const { configuration } = await import('../electron-builder.config.mjs');
  const isDownloadable = runtime.kind === 'installed' || runtime.kind === 'downloaded';
  await build({
    ...(dir ? { dir: true } : {}),
    ...(win ? { win: [] } : {}),
    ...(linux ? { linux: [] } : {}),
    config: configuration({ ...runtime, isDownloadable: isDownloadable && !dir }),
    publish: 'never',
  });
}

/** @param {Runtime} runtime */
function refuseToShip({ kind, version }) {
  if (kind !== 'fallback') return;
  throw new Explained(
    `Electron ${version} is a stand-in for development and tests: it is never put into an installer. ` +
      'Download the pinned Electron first, or pack a folder to try things out: npm run package -- --dir',
    { mend: 'node build/scripts/electron-runtime.mjs --retry-download' },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const args = process.argv.slice(2);
    if (args.includes('--help')) {
      say(HELP);
      return 0;
    }
    const unknown = args.find((name) => !['--dir', '--win', '--linux'].includes(name));
    if (unknown) throw new Explained(`Unknown option ${unknown}.`, { mend: 'npm run package -- --help' });
    stopOnSignals(() => working('stopping'));
    const { runtime } = await setUp({ programs: ['main', 'preload', 'data', 'renderer'] });
    if (args.includes('--dir')) {
      say(`  ${await packDirectory(runtime)}`);
      return 0;
    }
    await pack(runtime, { win: args.includes('--win'), linux: args.includes('--linux') });
    done('installers', join(OUT, 'package'));
    return 0;
  });
}
