import { once } from 'node:events';
import { exited, start } from './processes.mjs';
import { done, Explained, say } from './progress.mjs';
import { lacksDisplay } from './system-libraries.mjs';

/**
 * Gives windows a screen to be drawn on: the machine's own, or an invisible one that `stopAll` ends.
 *
 * @returns {Promise<NodeJS.ProcessEnv>} what to add to the environment of a program with windows
 */
export async function openDisplay() {
  if (!lacksDisplay()) return {};
  // The server chooses a free number itself and writes it to descriptor 3 once it accepts windows.
  const server = start('display', 'Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await Promise.race([
    firstLine(/** @type {import('node:stream').Readable} */ (server.stdio[3])),
    exited(server).then((code) => {
      throw new Explained(`Xvfb ended with code ${code} before it had a display.`);
    }),
  ]);
  done('display', `:${number}, invisible: this machine has no screen`);
  say('  To see the window instead, set DISPLAY to a screen you can look at.');
  return { DISPLAY: `:${number}` };
}

/** @param {import('node:stream').Readable} stream */
async function firstLine(stream) {
  const [chunk] = await once(stream, 'data');
  return String(chunk).trim();
}
