import { exited, readEvents } from './processes.mjs';
import { Explained, elapsed, lastLines } from './progress.mjs';

/** What the benches share: how their programs are followed, and how their options are read. */

export const MEND = 'npm run bench -- --help';
export const BEGUN = performance.now();

/** @param {string} text */
export function progress(text) {
  process.stderr.write(`… ${elapsed(BEGUN).padStart(6)}  ${text}\n`);
}

/**
 * Hands on what a program says it is doing, to its end; answers its exit code and its last lines.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {(event: Record<string, unknown>) => void} [onEvent]
 */
export async function follow(child, onEvent) {
  if (!child.stdout || !child.stderr) throw new Error('A program of the bench was started without its output.');
  let said = '';
  const keep = (/** @type {string} */ line) => {
    said = lastLines(`${said}\n${line}`, 40);
  };
  const hear = (/** @type {Record<string, unknown>} */ event) => {
    if (event.event === 'progress') progress(String(event.text));
    else onEvent?.(event);
  };
  readEvents(child.stdout, hear, keep);
  readEvents(child.stderr, (event) => keep(JSON.stringify(event)), keep);
  return { code: await exited(child), said };
}

/**
 * @param {string} text
 * @param {string} option
 */
export function wholeNumber(text, option) {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Explained(`${option} takes whole numbers greater than 0, not ${text}.`, { mend: MEND });
}

/**
 * @param {string | undefined} asked names separated by commas; nothing for all of them
 * @param {string} option
 * @param {readonly string[]} names
 * @returns {string[]}
 */
export function choose(asked, option, names) {
  const chosen = asked?.split(',') ?? [...names];
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Explained(`${option} does not know ${unknown.join(', ')}.`, { mend: MEND });
  return chosen;
}
