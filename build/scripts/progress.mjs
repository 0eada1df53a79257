/**
 * One line per step, the same in every script:
 *
 *   … installing dependencies        while it runs
 *   ✓ dependencies (up to date)      when it is done
 *   ✗ system libraries: what is missing, and the command that mends it
 */

/** A failure that is explained by its message alone: it is printed without a stack trace. */
export class Explained extends Error {
  /**
   * @param {string} message what is wrong
   * @param {{ mend?: string | undefined, cause?: unknown }} [options] `mend`: the exact command to type
   */
  constructor(message, { mend, cause } = {}) {
    super(message, { cause });
    this.mend = mend;
  }
}

const isTerminal = process.stdout.isTTY === true;

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {string} text */
export function working(text) {
  say(`… ${text}`);
}

/**
 * @param {string} text
 * @param {string} [detail]
 */
export function done(text, detail) {
  say(`${green('✓')} ${text}${detail ? ` (${detail})` : ''}`);
}

/**
 * @param {string} text
 * @param {string} [mend] the exact command that mends it
 */
export function failed(text, mend) {
  say(`${red('✗')} ${text}${mend ? `\n  To mend it:  ${mend}` : ''}`);
}

/**
 * A count that moves: on one line of a terminal, only its first and last value elsewhere.
 *
 * @param {string} text
 * @param {number} done
 * @param {number} total
 */
export function counting(text, done, total) {
  const line = `… ${text} ${done}/${total}`;
  if (!isTerminal) {
    if (done === 0 || done === total) say(line);
    return;
  }
  process.stdout.write(`\r\u001b[K${line}${done === total ? '\n' : ''}`);
}

/** @param {string} output */
export function lastLines(output, count = 12) {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}

/** @param {number} since a value of `performance.now()`, in milliseconds */
export function elapsed(since) {
  const seconds = (performance.now() - since) / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/**
 * Runs a script's body: an `Explained` failure becomes one line and exit code 1, anything else keeps its stack.
 *
 * @param {() => Promise<number>} body answers the exit code
 */
export async function runScript(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (error instanceof Explained) failed(error.message, error.mend);
    else console.error(error);
    process.exitCode = 1;
  }
}

/** @param {string} text */
function green(text) {
  return isTerminal ? `\u001b[32m${text}\u001b[0m` : text;
}

/** @param {string} text */
function red(text) {
  return isTerminal ? `\u001b[31m${text}\u001b[0m` : text;
}
