import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { AppError } from '#shared/domain/errors.ts';
import type { ReferenceProblem } from '#shared/domain/reference-data.ts';
import { diffRow } from '#shared/merge/row-changes.ts';
import type { Agent } from '#shared/schema/agent.ts';
import type { Reference } from '#shared/schema/reference.ts';
import type { Site } from '#shared/schema/site.ts';
import type { Structure } from '#shared/schema/structure.ts';
import { hashedId } from '../hashed-id.ts';
import { appendMovement } from '../journal/append.ts';
import { digestText } from '../journal/cryptography.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';

export type ReferenceRows = {
  readonly structures: Structure;
  readonly sites: Site;
  readonly references: Reference;
  readonly agents: Agent;
};
export type ReferenceCollection = keyof ReferenceRows;

/** All rows of a collection of reference data, by id. Hundreds, of holders some thousands. */
export function readRows<Name extends ReferenceCollection>(
  register: Register,
  name: Name,
): Map<string, ReferenceRows[Name]> {
  const table = register.table(name);
  const ids = register.connection.values<string>(`SELECT id FROM ${table.tableName} WHERE deleted = 0`);
  return new Map(
    table.findByIds(ids).map((stored) => {
      const { _deleted, ...row } = toWire(stored);
      // Commands and the exchange check rows before they are written.
      return [row.id, row as unknown as ReferenceRows[Name]];
    }),
  );
}

/** Writes a row and its entry in the journal, which tells who gave which field its value (SPEC R7). Call inside a transaction. */
export function writeRow<Name extends ReferenceCollection>(
  register: Register,
  name: Name,
  row: ReferenceRows[Name],
  before: ReferenceRows[Name] | undefined,
): void {
  register.table(name).put([{ ...row, _deleted: false }], 'command');
  const changes = diffRow({ ...before }, { ...row }, digestText);
  if (changes.length > 0) appendMovement(register, { assetId: row.id, kind: before ? 'update' : 'creation', changes });
}

/** Writes what differs from what is stored; returns whether it did. Call inside a transaction. */
export function putRow<Name extends ReferenceCollection>(
  register: Register,
  name: Name,
  row: ReferenceRows[Name],
  before: ReferenceRows[Name] | undefined,
): boolean {
  if (before && canonicalJson(before) === canonicalJson(row)) return false;
  writeRow(register, name, row, before);
  return true;
}

/**
 * An id that two desktops without a network both give to the same new row, so that they meet on one; another one where
 * it is taken, by a row that has another name by now.
 */
export function newRowId(register: Register, name: ReferenceCollection, parts: readonly string[]): string {
  const id = hashedId(...parts);
  return register.table(name).get(id) ? register.environment.newId() : id;
}

/** Throws `COMMAND_INVALID` with the field and what is wrong with it. */
export function refuse(problem: ReferenceProblem | undefined): void {
  if (!problem) return;
  throw new AppError('COMMAND_INVALID', 'A rule of the reference data stands against this', {
    details: { ...problem },
  });
}

/** A copy without what is empty: an absent field says "unknown", an empty one says nothing. */
export function withoutEmpty<Row extends object>(row: Row): Row {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined && value !== '');
  // Only optional fields may be absent; the schema is checked before the row is written.
  return Object.fromEntries(entries) as Row;
}
