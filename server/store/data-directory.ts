import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/domain/errors.ts';

/** A folder that this process alone uses. Two processes on one embedded database would destroy it (SPEC K4). */
export type DataDirectory = {
  /** Where the database lives. */
  readonly database: string;
  release(): void;
};

type Owner = { readonly pid: number; readonly boot: string };

/** @throws AppError `STORE_ALREADY_OPEN` while another process has it */
export function claimDataDirectory(directory: string): DataDirectory {
  mkdirSync(directory, { recursive: true });
  const lock = join(directory, 'endpoint.lock');
  const me: Owner = { pid: process.pid, boot: readBoot() };
  // The second try comes after a lock that its owner left behind: a power cut, a kill.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (writeLock(lock, me))
      return { database: join(directory, 'database'), release: () => rmSync(lock, { force: true }) };
    if (isAlive(readOwner(lock), me)) break;
    rmSync(lock, { force: true });
  }
  throw new AppError('STORE_ALREADY_OPEN', 'Another process uses this data folder');
}

function writeLock(lock: string, owner: Owner): boolean {
  try {
    writeFileSync(lock, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(lock: string): Partial<Owner> {
  try {
    return JSON.parse(readFileSync(lock, 'utf8'));
  } catch {
    return {};
  }
}

/** After a restart of the machine, or of a container, the number of a dead process may belong to another one. */
function isAlive({ pid, boot }: Partial<Owner>, me: Owner): boolean {
  if (!pid || pid === me.pid || boot !== me.boot) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Changes with every start of the machine where the system says so (Linux); elsewhere always the same. */
function readBoot(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
