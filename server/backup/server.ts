import { spawn } from 'node:child_process';
import { AppError } from '#shared/domain/errors.ts';
import { ensureRoles } from '../store/migrations/index.ts';
import { DEFAULT_POOL } from '../store/open-store.ts';
import { openPostgres } from '../store/postgres.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from './file.ts';

/**
 * `pg_dump` of a PostgreSQL database, while it is in use: one consistent state. Its role must see all rows (superuser or
 * BYPASSRLS), or `pg_dump` refuses rather than leaving some out.
 * @returns bytes of the file
 */
export function backUpServer(databaseUrl: string, file: string): Promise<number> {
  return writeWhole(file, async (part) => {
    await run('pg_dump', databaseUrl, ['--format=custom', `--file=${part}`]);
    await run('pg_restore', databaseUrl, ['--list', part], { isLocal: true });
  });
}

/** `pg_restore` into an empty database, whole or not at all. The roles that rows are guarded by are made first. */
export async function restoreServer(databaseUrl: string, file: string): Promise<void> {
  const database = openPostgres({ ...DEFAULT_POOL, connectionString: databaseUrl, onIdleError: () => {} });
  try {
    await database.transaction(async (connection) => {
      const [row] = await connection.query("select to_regclass('schema_versions') is not null as taken");
      if (row?.taken) throw new UsageError('There is a register in this database already');
      await ensureRoles(connection);
    });
  } finally {
    await database.close();
  }
  await run('pg_restore', databaseUrl, ['--no-owner', '--single-transaction', '--exit-on-error', file]);
}

/** The password travels in the environment: whoever lists the processes of the machine would read it in an argument. */
function run(
  program: 'pg_dump' | 'pg_restore',
  databaseUrl: string,
  args: readonly string[],
  { isLocal = false } = {},
): Promise<void> {
  const place = new URL(databaseUrl);
  const password = decodeURIComponent(place.password);
  place.password = '';
  return new Promise((resolve, reject) => {
    const child = spawn(program, isLocal ? args : [`--dbname=${place.href}`, ...args], {
      env: { ...process.env, ...(password && { PGPASSWORD: password }) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-2000);
    });
    child.once('error', () =>
      reject(new UsageError(`${program} was not found: PostgreSQL's client programs are needed`)),
    );
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new AppError('STORE_IO', `${program} ended with ${code}: ${said.trim()}`)),
    );
  });
}
