import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backUp, listBackups, restoreBackup } from '../../../electron/data/sqlcipher/backup.ts';
import type { Connection } from '../../../electron/data/sqlcipher/connection.ts';
import type { Migration } from '../../../electron/data/sqlcipher/migrate.ts';
import { MIGRATIONS } from '../../../electron/data/sqlcipher/migrations/index.ts';
import { openRegister, REGISTER_FILE } from '../../../electron/data/sqlcipher/register-file.ts';
import { TEST_KEY, temporaryDirectory } from '../../support/storage.ts';
import { buildWriter, startWriter } from '../../support/storage-process.ts';

const PAGE = 4096;
const LABEL = 'Ordinateur de la préfecture';
const OTHER_KEY = new Uint8Array(32).fill(8);

let folder: ReturnType<typeof temporaryDirectory>;
let directory: string;
let file: string;

beforeEach(() => {
  folder = temporaryDirectory();
  directory = folder.path;
  file = join(directory, REGISTER_FILE);
});
afterEach(() => folder.remove());

function open(options: Partial<Parameters<typeof openRegister>[0]> = {}): Connection {
  return openRegister({ directory, key: TEST_KEY, create: false, ...options });
}

function fill(rows = 500): void {
  const connection = open({ create: true });
  connection.transaction(() => {
    for (let index = 0; index < rows; index += 1)
      connection.run('INSERT INTO meta VALUES (?, ?)', [`key ${index}`, LABEL.repeat(10)]);
  });
  connection.close();
}

function count(connection: Connection): number | undefined {
  return connection.value<number>('SELECT count(*) FROM meta');
}

function codeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }; // whatever was thrown is what is looked at
    expect(`${message} ${JSON.stringify(error)}`).not.toContain(directory);
    expect(`${message} ${String(error)}`).not.toContain(Buffer.from(TEST_KEY).toString('hex'));
    return code;
  }
  return 'no error';
}

/** Overwrites some bytes of a page, numbered from 1. */
function damage(page: number, at = 2000): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, (page - 1) * PAGE + at, (page - 1) * PAGE + at + 16);
  writeFileSync(file, bytes);
}

describe('the register file', () => {
  it('K1: holds nothing in clear, neither in the file nor in its log', () => {
    const connection = open({ create: true });
    connection.run('INSERT INTO meta VALUES (?, ?)', ['label', LABEL]);
    for (const name of readdirSync(directory))
      expect(readFileSync(join(directory, name)).includes('Ordinateur')).toBe(false);
    connection.close();
    expect(readFileSync(file).includes('Ordinateur')).toBe(false);
    expect(readFileSync(file).includes('SQLite format')).toBe(false);
  });

  it('K2: another key is told as such and changes no byte', () => {
    fill();
    const before = readFileSync(file);
    expect(codeOf(() => open({ key: OTHER_KEY }))).toBe('STORE_WRONG_KEY');
    expect(codeOf(() => open({ key: new Uint8Array(5) }))).toBe('STORE_WRONG_KEY');
    expect(readFileSync(file).equals(before)).toBe(true);
    const connection = open();
    expect(count(connection)).toBe(500);
    connection.close();
  });

  it('K6: a missing file is told, and no empty register takes its place', () => {
    expect(codeOf(() => open())).toBe('STORE_IO');
    expect(existsSync(file)).toBe(false);
  });

  it('K6: an existing register is never created over', () => {
    fill(3);
    expect(codeOf(() => open({ create: true }))).toBe('STORE_IO');
  });

  it('K6: a damaged first page with the right key is a damaged file, not a wrong key', () => {
    fill();
    damage(1);
    expect(codeOf(() => open())).toBe('STORE_CORRUPT');
    expect(codeOf(() => open({ key: OTHER_KEY }))).toBe('STORE_WRONG_KEY');
  });

  it('K6: a damaged page inside is found when it is read', () => {
    fill();
    const pages = statSync(file).size / PAGE;
    for (let page = Math.floor(pages / 2); page < pages; page += 1) damage(page);
    const connection = open();
    expect(codeOf(() => connection.all('SELECT * FROM meta'))).toBe('STORE_CORRUPT');
    connection.close();
  });

  it.each([
    ['half its length', 0.5],
    ['less than a page', 0.001],
  ])('K6: a file cut to %s is a damaged file', (_, share) => {
    fill();
    truncateSync(file, Math.floor(statSync(file).size * share));
    const code = codeOf(() => open());
    expect(['STORE_CORRUPT', 'STORE_WRONG_KEY']).toContain(code);
    if (share === 0.5) expect(code).toBe('STORE_CORRUPT');
  });

  it('K6: a file that is no register at all is refused and left as it is', () => {
    writeFileSync(file, 'This is a letter, not a register. '.repeat(1000));
    const before = readFileSync(file);
    expect(['STORE_CORRUPT', 'STORE_WRONG_KEY']).toContain(codeOf(() => open()));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('K6: an emptied file is a damaged register, not a new one', () => {
    fill(5);
    truncateSync(file, 0);
    expect(codeOf(() => open())).toBe('STORE_CORRUPT');
    expect(codeOf(() => open({ create: true }))).toBe('STORE_IO');
  });

  it('K6: a creation that was cut short leaves no register behind and can be done again', () => {
    writeFileSync(join(directory, 'register.new.db'), 'half');
    expect(codeOf(() => open())).toBe('STORE_IO');
    open({ create: true }).close();
    expect(readdirSync(directory).sort()).toEqual(['register.db', 'register.lock']);
  });

  it('K4: a second owner is refused, and the first goes on', () => {
    const first = open({ create: true });
    expect(codeOf(() => open())).toBe('STORE_ALREADY_OPEN');
    first.run('INSERT INTO meta VALUES (?, ?)', ['a', 'b']);
    first.close();
    open().close();
  });

  it('J3: what is done after the file is closed is refused with its code', () => {
    const connection = open({ create: true });
    connection.close();
    connection.close();
    expect(codeOf(() => connection.run('DELETE FROM meta'))).toBe('STORE_CLOSED');
  });
});

describe('transactions', () => {
  it('J3: an error in a nested part undoes all of it, even when the outer part catches it', () => {
    const connection = open({ create: true });
    const told: string[] = [];
    const insert = (key: string) => connection.run('INSERT INTO meta VALUES (?, ?)', [key, '']);
    expect(() =>
      connection.transaction(() => {
        insert('outer');
        connection.onCommit(() => told.push('commit'));
        connection.onRollback(() => told.push('rollback'));
        try {
          connection.transaction(() => {
            insert('inner');
            throw new Error('inner part failed');
          });
        } catch {
          // Believes it can go on.
        }
      }),
    ).toThrow('inner part failed');
    expect(count(connection)).toBe(0);
    expect(told).toEqual(['rollback']);
    connection.transaction(() => {
      insert('again');
      connection.onCommit(() => told.push('commit'));
    });
    expect(told).toEqual(['rollback', 'commit']);
    connection.close();
  });
});

describe('migrations', () => {
  const newest = MIGRATIONS.length;
  const next: Migration = {
    version: newest + 1,
    name: 'next',
    up: (connection) => connection.exec('CREATE TABLE next (id TEXT)'),
  };
  const broken: Migration = {
    version: newest + 1,
    name: 'broken',
    up: (connection) => {
      connection.exec('CREATE TABLE half (id TEXT)');
      throw new Error('cannot');
    },
  };

  it('K5: a file from a newer program is refused and stays as it was', () => {
    open({ create: true, migrations: [...MIGRATIONS, next] }).close();
    const before = readFileSync(file);
    expect(codeOf(() => open())).toBe('STORE_NEWER_VERSION');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('K5: a filled file is backed up, then migrated, and keeps its rows', () => {
    fill(50);
    const steps: string[] = [];
    const connection = open({ migrations: [...MIGRATIONS, next], onStep: (step) => steps.push(step) });
    expect(steps).toEqual(['file', 'backup', 'migration']);
    expect(count(connection)).toBe(50);
    connection.run('INSERT INTO next VALUES (?)', ['x']);
    connection.close();
    expect(listBackups(directory)).toHaveLength(1);
    expect(listBackups(directory)[0]?.name).toMatch(new RegExp(`^register-\\d{4}-.*-v${newest}\\.db$`));
  });

  it('K5: a migration that fails leaves the version and the tables as they were', () => {
    fill(50);
    expect(() => open({ migrations: [...MIGRATIONS, broken] })).toThrow('cannot');
    const connection = open();
    expect(connection.value(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`)).toBe(0);
    expect(count(connection)).toBe(50);
    connection.close();
  });

  it('K5: nothing is migrated when the backup cannot be written', () => {
    fill(50);
    writeFileSync(join(directory, 'backups'), 'a file where the folder should be');
    expect(codeOf(() => open({ migrations: [...MIGRATIONS, next] }))).toBe('STORE_IO');
    const connection = open();
    expect(connection.value('PRAGMA user_version')).toBe(newest);
    connection.close();
  });

  it('K5: nothing is migrated when the file to back up is damaged', () => {
    fill();
    damage(Math.floor(statSync(file).size / PAGE) - 3);
    expect(codeOf(() => open({ migrations: [...MIGRATIONS, next] }))).toBe('STORE_CORRUPT');
    expect(listBackups(directory)).toEqual([]);
    expect(readdirSync(join(directory, 'backups'))).toEqual([]);
  });
});

describe('backups', () => {
  it('K5: the last five are kept, newest first', () => {
    fill(5);
    for (let day = 1; day <= 7; day += 1)
      backUp({ directory, key: TEST_KEY, version: 1, now: new Date(Date.UTC(2026, 0, day)) });
    expect(listBackups(directory).map(({ createdAt }) => createdAt.slice(0, 10))).toEqual(
      ['07', '06', '05', '04', '03'].map((day) => `2026-01-${day}`),
    );
  });

  it('K5: what a killed process left half copied is gone after the next backup', () => {
    fill(5);
    const folder = join(directory, 'backups');
    mkdirSync(folder);
    const half = 'register-2026-01-01T00-00-00-000Z-v1.db.part';
    for (const name of [half, `${half}-wal`, 'a letter']) writeFileSync(join(folder, name), 'half');
    const name = backUp({ directory, key: TEST_KEY, version: 1 });
    expect(readdirSync(folder).sort()).toEqual(['a letter', name].sort());
  });

  it('K6: a backup takes the place of a broken file, which is kept beside it', () => {
    fill(20);
    const name = backUp({ directory, key: TEST_KEY, version: 1 });
    damage(1);
    restoreBackup(directory, name);
    const connection = open();
    expect(count(connection)).toBe(20);
    connection.close();
    expect(readdirSync(directory).filter((entry) => /^register\.broken-.*\.db$/.test(entry))).toHaveLength(1);
  });

  it('K6: a restoration that was cut short is finished at the next opening', () => {
    fill(20);
    const name = backUp({ directory, key: TEST_KEY, version: 1 });
    copyFileSync(join(directory, 'backups', name), join(directory, 'register.restored.db'));
    renameSync(file, join(directory, 'register.broken-x.db'));
    const connection = open();
    expect(count(connection)).toBe(20);
    connection.close();
  });

  it('K4: nothing is restored under a process that has the register open', () => {
    fill(20);
    const name = backUp({ directory, key: TEST_KEY, version: 1 });
    const connection = open();
    expect(codeOf(() => restoreBackup(directory, name))).toBe('STORE_ALREADY_OPEN');
    connection.close();
  });

  it.each(['../register.db', 'register.db', 'register-2026-01-01T00-00-00-000Z-v1.db', ''])(
    'K6: %j is no backup and restores nothing',
    (name) => {
      fill(2);
      const before = readFileSync(file);
      expect(codeOf(() => restoreBackup(directory, name))).toBe('STORE_IO');
      expect(readFileSync(file).equals(before)).toBe(true);
    },
  );
});

describe('a full disk', () => {
  it('J3: refuses the write, keeps what was acknowledged, and works again when there is room', () => {
    const connection = open({ create: true });
    connection.run('INSERT INTO meta VALUES (?, ?)', ['kept', LABEL]);
    connection.exec(`PRAGMA max_page_count = ${connection.value<number>('PRAGMA page_count')}`);
    const write = () =>
      connection.transaction(() => connection.run('INSERT INTO meta VALUES (?, ?)', ['large', 'x'.repeat(100_000)]));
    expect(codeOf(write)).toBe('STORE_DISK_FULL');
    expect(count(connection)).toBe(1);
    connection.exec('PRAGMA max_page_count = 1000000');
    write();
    expect(count(connection)).toBe(2);
    connection.close();
  });

  const small = join('/tmp', `registre-small-${process.pid}`);
  it.runIf(canMount(small))('J3: on a real small disk, every acknowledged write is there afterwards', () => {
    mount(small);
    try {
      directory = join(small, 'profile');
      file = join(directory, REGISTER_FILE);
      let connection = open({ create: true });
      let acknowledged = 0;
      const code = codeOf(() => {
        for (;;) {
          connection.run('INSERT INTO meta VALUES (?, ?)', [`key ${acknowledged}`, 'x'.repeat(20_000)]);
          acknowledged += 1;
        }
      });
      expect(code).toBe('STORE_DISK_FULL');
      expect(count(connection)).toBe(acknowledged);
      connection.close();
      connection = open();
      expect(count(connection)).toBe(acknowledged);
      expect(acknowledged).toBeGreaterThan(10);
      connection.close();
      expect(codeOf(() => backUp({ directory, key: TEST_KEY, version: 1 }))).toBe('STORE_DISK_FULL');
      expect(listBackups(directory)).toEqual([]);
    } finally {
      execFileSync('umount', [small]);
      rmSync(small, { recursive: true });
    }
  });
});

describe('a process killed while it works', () => {
  let writer: string;
  beforeAll(async () => {
    writer = await buildWriter();
  });

  it('J3: every acknowledged write is there and none is half there, kill after kill', async () => {
    let acknowledged = 0;
    for (let round = 0; round < 10; round += 1) {
      const running = startWriter(writer, directory, round === 0 ? 'create' : 'write');
      await running.waitFor(acknowledged + 5 + round * 11);
      await new Promise((resolve) => setTimeout(resolve, (round * 7) % 20));
      acknowledged = await running.kill();
      const connection = open();
      const assets = connection.values<string>(`SELECT id FROM documents_assets_v0 ORDER BY body->>'$.number'`);
      expect(assets.length).toBeGreaterThanOrEqual(acknowledged);
      // The write under way when the process died may be there, as a whole.
      expect(assets.length).toBeLessThanOrEqual(acknowledged + 1);
      expect(connection.values(`SELECT id FROM documents_movements_v0 ORDER BY body->>'$.number'`)).toEqual(
        assets.map((id) => id.replace('asset', 'movement')),
      );
      expect(connection.value(`SELECT value FROM counters WHERE name = 'pairs'`)).toBe(assets.length);
      expect(connection.value(`SELECT value FROM counters WHERE name = 'commit'`)).toBe(2 * assets.length);
      expect(connection.value('PRAGMA quick_check')).toBe('ok');
      connection.close();
    }
  });

  it('K4: the owner of another process is respected, and its death gives the file back', async () => {
    const running = startWriter(writer, directory, 'create');
    await running.waitFor(3);
    expect(codeOf(() => open())).toBe('STORE_ALREADY_OPEN');
    await running.kill();
    open().close();
  });
});

/** Only where the tests run as root with the right to mount, as on the build machine. */
function canMount(path: string): boolean {
  try {
    mount(path);
    execFileSync('umount', [path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function mount(path: string): void {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'ignore' });
}
