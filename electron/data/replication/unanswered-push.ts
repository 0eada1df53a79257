import { randomUUID } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { PushRow } from '#shared/protocol/replication.ts';
import { isCollectionName } from '#shared/schema/collections.ts';
import type { Meta } from '../meta.ts';
import type { Pushed } from './exchange.ts';

const KEY = 'sync.unanswered';

const Rows = Type.Array(
  Type.Object({
    collection: Type.String(),
    id: Type.String(),
    localSeq: Type.Integer(),
    baseSeq: Type.Optional(Type.Integer()),
    sent: PushRow,
  }),
);
const Stored = Type.Object({ exchange: Type.String(), rows: Rows });

/** A push under its id (SPEC S11). */
export type Push = { readonly exchange: string; readonly rows: readonly Pushed[] };

/**
 * The push whose answer has not come. The endpoint may have committed it, so it is repeated as it was until it is
 * answered (SPEC S5): a later edit sent in its place would meet this desktop's own earlier one as a stranger's.
 */
export function readUnanswered(meta: Meta): Push | undefined {
  const stored = meta.get(KEY);
  if (Value.Check(Stored, stored) && stored.rows.length > 0) {
    return { exchange: stored.exchange, rows: toPushed(stored.rows) };
  }
  // As the program of the first protocol kept it: without an id, which no endpoint has seen.
  if (Value.Check(Rows, stored) && stored.length > 0) return { exchange: randomUUID(), rows: toPushed(stored) };
  return undefined;
}

function toPushed(rows: Static<typeof Rows>): readonly Pushed[] {
  return rows.flatMap(({ collection, id, localSeq, baseSeq, sent }) => {
    if (!isCollectionName(collection)) return [];
    const { assumedMasterState: base, newDocumentState } = sent;
    // Checked above; the type of a wire document says no more.
    const push = { newDocumentState, ...(base && { assumedMasterState: base }) } as Pushed['sent'];
    return [
      {
        row: {
          collection,
          id,
          localSeq,
          ...(push.assumedMasterState && { base: push.assumedMasterState }),
          ...(baseSeq !== undefined && { baseSeq }),
        },
        sent: push,
      },
    ];
  });
}

/** Before the first byte is sent: a kill in between must not forget it. */
export function keepUnanswered(meta: Meta, rows: readonly Pushed[]): Push {
  const exchange = randomUUID();
  meta.set(KEY, {
    exchange,
    rows: rows.map(({ row: { collection, id, localSeq, baseSeq }, sent }) => ({
      collection,
      id,
      localSeq,
      ...(baseSeq !== undefined && { baseSeq }),
      sent,
    })),
  });
  return { exchange, rows };
}

/** Answered, or refused as a whole: nothing of it was committed behind this desktop's back. */
export function forgetUnanswered(meta: Meta): void {
  meta.set(KEY, null);
}
