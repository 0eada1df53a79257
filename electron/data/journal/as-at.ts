import { replayChanges } from '#shared/domain/journal.ts';
import type { QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { Movement } from '#shared/schema/movement.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';
import { toEntry } from './entries.ts';

/**
 * The register as it stood at an instant, by reference: the assets that were in it then, with what the journal tells of
 * later acts taken back (SPEC J6). Instants are those the devices declared.
 */
export function registerAt(register: Register, question: QuestionInput<'registerAt'>): QuestionOutput['registerAt'] {
  const { at, offset, limit } = question;
  const assets = register.table('assets');
  const then = `FROM ${assets.tableName} WHERE deleted = 0 AND ${assets.column('createdAt')} <= ?`;
  const ids = register.connection.values<string>(
    `SELECT id ${then} ORDER BY ${assets.column('reference')}, id LIMIT ? OFFSET ?`,
    [at, limit, offset],
  );
  return {
    total: register.connection.value<number>(`SELECT count(*) ${then}`, [at]) ?? 0,
    assets: assets.findByIds(ids).map((stored) => {
      const { _deleted, ...asset } = toWire(stored);
      // Commands and the exchange check assets before they are written.
      return assetAt(register, asset as unknown as Asset, at);
    }),
  };
}

/** One asset as it stood at an instant when it was in the register. */
export function assetAt(register: Register, asset: Asset, at: string): Asset {
  const later = entriesAfter(register, asset.id, at).filter(({ kind }) => kind !== 'creation');
  const before = later.reduce<Readonly<Record<string, unknown>>>(
    (fields, { changes }) => replayChanges(fields, changes, 'backward'),
    asset,
  );
  // The changes were made to an asset; taken back they give one.
  return before as Asset;
}

/** The latest first. */
function entriesAfter(register: Register, assetId: string, at: string): Movement[] {
  const movements = register.table('movements');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${movements.tableName}
      WHERE deleted = 0 AND ${movements.column('assetId')} = ? AND ${movements.column('declaredAt')} > ?`,
    [assetId, at],
  );
  const entries = movements.findByIds(ids).map(toEntry);
  return entries.sort((a, b) => compare(b.declaredAt, a.declaredAt) || b.deviceSequence - a.deviceSequence);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
