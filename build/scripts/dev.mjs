import { openWindow, parseDesktopOptions, prepareDesktop, sayPassphrase } from './desktop.mjs';
import { openDisplay } from './display.mjs';
import { stop, stopAll, stopOnSignals } from './processes.mjs';
import { done, Explained, failed, runScript, say, working } from './progress.mjs';
import { setUp } from './setup.mjs';
import { markMade } from './sources.mjs';

/** @typedef {import('../vite/targets.mjs').Target} Target */

const HELP = `npm run dev [-- options]

Like npm start (same options: --empty, --server URL, --profile NAME), with the renderer served by Vite and reloaded as it
changes. A change of main, preload, data or shared restarts the window; the endpoint keeps the build it started with.`;

/** Fixed, so that the Content-Security-Policy can name it. */
const PORT = 5273;

/** @type {readonly Target[]} */
const WATCHED = ['main', 'preload', 'data'];

await runScript(async () => {
  const options = parseDesktopOptions(process.argv.slice(2), 'npm run dev');
  if (options.help) {
    say(HELP);
    return 0;
  }
  stopOnSignals(() => working('stopping'));
  const { runtime } = await setUp({ programs: ['server'] });
  try {
    const [display, desktop, devServer] = await Promise.all([openDisplay(), prepareDesktop(options), serveRenderer()]);
    const open = () => openWindow(runtime, desktop, display, [`--dev-server=${devServer}`]);
    const changes = await watchPrograms();
    sayPassphrase();
    let window = open();
    for (;;) {
      const event = await Promise.race([window.ended.then(() => 'closed'), changes.next()]);
      if (event === 'closed') return 0;
      working(`${event} changed: restarting the window`);
      window.ended.catch(() => {});
      await stop(window.child);
      window = open();
    }
  } finally {
    await stopAll();
    // Vite's server and watchers would keep this process alive.
    setImmediate(() => process.exit());
  }
});

/** @returns {Promise<string>} */
async function serveRenderer() {
  const { createServer } = await import('vite');
  const { targets } = await import('../vite/targets.mjs');
  const server = await createServer({
    ...targets.renderer(),
    clearScreen: false,
    server: { host: '127.0.0.1', port: PORT, strictPort: true },
  });
  await server.listen().catch((/** @type {unknown} */ cause) => {
    throw new Explained(`Port ${PORT} is taken: another npm run dev may be running.`, { cause });
  });
  const address = `http://127.0.0.1:${PORT}`;
  done('renderer', `${address}, hot reload`);
  return address;
}

/**
 * Builds the programs of Electron and again on each change. `next()` resolves with the names of those
 * that changed since it was last called.
 */
async function watchPrograms() {
  const { build } = await import('vite');
  const { targets } = await import('../vite/targets.mjs');
  /** @type {Set<string>} */
  const changed = new Set();
  /** @type {(value: void) => void} */
  let wake = () => {};
  for (const name of WATCHED) {
    // What lies in out/ from now on is not what `npm start` has made.
    markMade(name, '');
    const config = targets[name]();
    const watcher = await build({ ...config, build: { ...config.build, watch: {} } });
    if (!('on' in watcher)) throw new Error(`Vite does not watch ${name}.`);
    await /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        watcher.on('event', (event) => {
          if (event.code === 'ERROR') failed(`${name}: ${event.error.message}`);
          if (event.code !== 'END') return;
          resolve();
          changed.add(name);
          wake();
        });
      })
    );
    done(`build of ${name}`, 'watched');
  }
  changed.clear();
  return {
    async next() {
      while (changed.size === 0) {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
      const names = [...changed].join(', ');
      changed.clear();
      return names;
    },
  };
}
