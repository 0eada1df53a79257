import { createHash } from 'node:crypto';
import type { TSchema } from 'typebox';
import type { WireDocument } from '#shared/protocol/replication.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import type { Meta } from '../meta.ts';
import { hasShape } from '../port/shape.ts';

const SET_ASIDE = 'sync.setAside';
const KNOWN_SHAPES = 'sync.knownShapes';

const SCHEMAS: ReadonlyMap<string, TSchema> = new Map(COLLECTIONS.map(({ name, document }) => [name, document]));

/** Changes whenever this program reads other collections, or the same ones otherwise. */
const SHAPES = createHash('sha256')
  .update(JSON.stringify(COLLECTIONS.map(toRxSchema)))
  .digest('hex');

/**
 * Whether this program can read a pulled row. One that it cannot, from a newer program, is set aside and counted, so that
 * it never stands in the way of the others (SPEC S9).
 */
export function isReadable(collection: string, { _deleted, ...body }: WireDocument): boolean {
  const schema = SCHEMAS.get(collection);
  return schema !== undefined && hasShape(schema, body);
}

export function countSetAside(meta: Meta): number {
  const count = meta.get(SET_ASIDE);
  return typeof count === 'number' ? count : 0;
}

export function addSetAside(meta: Meta, rows: number): void {
  if (rows > 0) meta.set(SET_ASIDE, countSetAside(meta) + rows);
}

export function forgetSetAside(meta: Meta): void {
  if (countSetAside(meta) > 0) meta.set(SET_ASIDE, 0);
}

/** True once after an update that reads more: what was set aside must be pulled again. */
export function noteShapes(meta: Meta): boolean {
  const before = meta.get(KNOWN_SHAPES);
  if (before === SHAPES) return false;
  meta.set(KNOWN_SHAPES, SHAPES);
  return before !== undefined;
}
