import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimDataDirectory } from '../../../server/store/data-directory.ts';

describe('the data folder of an endpoint', () => {
  let directory: string;
  const lock = () => join(directory, 'endpoint.lock');

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'registre-endpoint-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** A lock as another process of this machine's current run would have written it. */
  function writeLock(pid: number, boot?: string): void {
    claimDataDirectory(directory);
    writeFileSync(lock(), JSON.stringify({ ...JSON.parse(readFileSync(lock(), 'utf8')), pid, ...(boot && { boot }) }));
  }

  it('K4: a folder that a living process has is refused and left alone', () => {
    writeLock(process.ppid);
    expect(() => claimDataDirectory(directory)).toThrow(expect.objectContaining({ code: 'STORE_ALREADY_OPEN' }));
    expect(JSON.parse(readFileSync(lock(), 'utf8')).pid).toBe(process.ppid);
  });

  it.each([
    ['a process that is gone', () => writeLock(2 ** 30)],
    ['a process of before the machine restarted', () => writeLock(process.ppid, 'another run')],
    ['a process that was killed while it wrote', () => writeFileSync(lock(), '{"pi')],
  ])('the lock of %s is taken over', (_name, prepare) => {
    prepare();
    const claim = claimDataDirectory(directory);
    expect(JSON.parse(readFileSync(lock(), 'utf8')).pid).toBe(process.pid);
    claim.release();
    expect(existsSync(lock())).toBe(false);
  });
});
