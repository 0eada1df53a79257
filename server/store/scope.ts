import type { Connection, Database } from './database.ts';

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
      "select set_config('role', 'registre_app', true), set_config('registre.ministry', $1, true)",
      [ministryId],
    );
    return work(connection);
  });
}

/** Lists and creates ministries; sees no other table. */
export function asAdministrator<T>(database: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  return database.transaction(async (connection) => {
    await connection.query("select set_config('role', 'registre_admin', true)");
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
