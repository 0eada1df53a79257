import type { Movement } from '#shared/schema/movement.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';
import type { StoredDocument } from '../storage/table-schema.ts';

export function readEntry(register: Register, deviceId: string, deviceSequence: number): Movement | undefined {
  const { table, where } = ofDevice(register);
  const id = register.connection.value<string>(
    `SELECT id FROM ${table.tableName} WHERE ${where} AND ${sequence(register)} = ?`,
    [deviceId, deviceSequence],
  );
  const stored = id === undefined ? undefined : table.get(id);
  return stored && toEntry(stored);
}

/** The devices that wrote in this journal. */
export function devicesOf(register: Register): string[] {
  const table = register.table('movements');
  return register.connection.values<string>(
    `SELECT DISTINCT ${table.column('deviceId')} FROM ${table.tableName} WHERE deleted = 0`,
  );
}

/** The ids of a device's entries in their order. */
export function entryIds(register: Register, deviceId: string): string[] {
  const { table, where } = ofDevice(register);
  return register.connection.values<string>(
    `SELECT id FROM ${table.tableName} WHERE ${where} ORDER BY ${sequence(register)}`,
    [deviceId],
  );
}

export function readEntries(register: Register, ids: readonly string[]): Movement[] {
  return register.table('movements').findByIds(ids).map(toEntry);
}

function ofDevice(register: Register) {
  const table = register.table('movements');
  return { table, where: `deleted = 0 AND ${table.column('deviceId')} = ?` };
}

function sequence(register: Register): string {
  return register.table('movements').column('deviceSequence');
}

/** The entry of a stored document. */
export function toEntry(stored: StoredDocument): Movement {
  const { _deleted, ...entry } = toWire(stored);
  // Commands and the exchange check entries before they are written.
  return entry as unknown as Movement;
}
