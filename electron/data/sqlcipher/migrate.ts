import { AppError } from '#shared/domain/errors.ts';
import type { Connection } from './connection.ts';

/** One numbered step of the file's shape. `up` runs in one transaction together with the new number (SPEC K5). */
export type Migration = {
  readonly version: number;
  readonly name: string;
  up(connection: Connection): void;
};

/** The number of the last migration that ran on this file; 0 for an empty one. SQLite keeps it in the file's header. */
export function fileVersion(connection: Connection): number {
  return connection.value<number>('PRAGMA user_version') ?? 0;
}

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/**
 * Refuses a file from a newer program, before anything is written to it.
 * @throws AppError STORE_NEWER_VERSION
 */
export function assertNotNewer(version: number, migrations: readonly Migration[]): void {
  const supported = newestVersion(migrations);
  if (version <= supported) return;
  throw new AppError('STORE_NEWER_VERSION', 'The register file comes from a newer version of the program', {
    details: { version, supported },
    action: 'update',
  });
}

/** Runs what is missing, in order, each in its own transaction. */
export function migrate(connection: Connection, migrations: readonly Migration[]): void {
  const from = fileVersion(connection);
  assertNotNewer(from, migrations);
  for (const migration of migrations) {
    if (migration.version <= from) continue;
    connection.transaction(() => {
      migration.up(connection);
      connection.exec(`PRAGMA user_version = ${migration.version}`);
    });
  }
}
