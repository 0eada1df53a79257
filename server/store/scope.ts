import type { Connection, Database } from './database.ts';

/**
 * Every statement of the endpoint reads few rows by key, or the next rows in order of sequence: always along an index.
 * The planner learns how large a ministry is only after the fact, and until then prefers to read all its rows to find
 * five hundred (measured: 93 ms instead of 3 at 44,000 rows, and growing). So the other ways are closed to it: keeping all
 * rows of a ministry aside to compare each with each is one of them (500 ms of a push at 3,500 rows). A statement
 * that must go one of them nevertheless (a sort of ten rows) seems endlessly dear to the planner, which would compile it
 * first (`jit`, measured: half a second for a millisecond's work): that is closed as well.
 */
const ALONG_INDEXES = [
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material', 'sort'].map((way) => `enable_${way}`),
  'jit',
]
  .map((setting) => `set_config('${setting}', 'off', true)`)
  .join(', ');

/**
 * Who a transaction acts for. Everything the endpoint reads or writes goes through one of these: from then on the
 * role cannot bypass row-level security, whatever SQL follows. Settings are local to the transaction.
 */
export function asMinistry<T>(
  database: Database,
  ministryId: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return database.transaction(async (connection) => {
    await connection.query(
      `select set_config('role', 'registre_app', true), set_config('registre.ministry', $1, true), ${ALONG_INDEXES}`,
      [ministryId],
    );
    return work(connection);
  });
}

/** Lists and creates ministries, reads the endpoint's own keys; sees no other table. */
export function asAdministrator<T>(database: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  return database.transaction(async (connection) => {
    await connection.query("select set_config('role', 'registre_admin', true)");
    return work(connection);
  });
}

/** Sees which ministry has which serial number, and nothing else (SPEC V2). */
export function asTwinFinder<T>(database: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  return database.transaction(async (connection) => {
    // Several ministries of one number are sorted: in the order of an index, all numbers of the country would be read.
    await connection.query(
      `select set_config('role', 'registre_twins', true), ${ALONG_INDEXES}, set_config('enable_sort', 'on', true)`,
    );
    return work(connection);
  });
}

/** Sees one enrolment code, by its hash, until `enterMinistry` names the ministry it belongs to. */
export function asCodeHolder<T>(
  database: Database,
  codeHash: Buffer,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return database.transaction(async (connection) => {
    await connection.query(
      "select set_config('role', 'registre_app', true), set_config('registre.code_hash', $1, true)",
      [codeHash.toString('hex')],
    );
    return work(connection);
  });
}

export async function enterMinistry(connection: Connection, ministryId: string): Promise<void> {
  await connection.query("select set_config('registre.ministry', $1, true)", [ministryId]);
}
