import { appendFileSync, renameSync, statSync } from 'node:fs';

/** Bytes after which the log starts anew; the one before is kept. */
const MAX_LOG_SIZE = 1024 ** 2;

export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;
export type Log = (event: string, facts?: LogFacts) => void;

/** One JSON line per event. Codes and numbers only: never a row, a key, a passphrase or a name. */
export function createLog(path: string): Log {
  return (event, facts = {}) => {
    try {
      rotate(path);
      appendFileSync(path, `${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`, { mode: 0o600 });
    } catch {
      // A log that cannot be written (disk full) must not take the program down with it.
    }
  };
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_LOG_SIZE) renameSync(path, `${path}.1`);
}
