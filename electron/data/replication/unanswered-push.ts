import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { PushRow } from '#shared/protocol/replication.ts';
import { isCollectionName } from '#shared/schema/collections.ts';
import type { Meta } from '../meta.ts';
import type { Pushed } from './exchange.ts';

const KEY = 'sync.unanswered';

const Stored = Type.Array(
  Type.Object({
    collection: Type.String(),
    id: Type.String(),
    localSeq: Type.Integer(),
    sent: PushRow,
  }),
);

/**
 * The push whose answer has not come. The endpoint may have committed it, so it is repeated as it was until it is
 * answered (SPEC S5): a later edit sent in its place would meet this desktop's own earlier one as a stranger's.
 */
export function readUnanswered(meta: Meta): readonly Pushed[] {
  const stored = meta.get(KEY);
  if (!Value.Check(Stored, stored)) return [];
  return stored.flatMap(({ collection, id, localSeq, sent }) => {
    if (!isCollectionName(collection)) return [];
    const { assumedMasterState: base, newDocumentState } = sent;
    // Checked above; the type of a wire document says no more.
    const push = { newDocumentState, ...(base && { assumedMasterState: base }) } as Pushed['sent'];
    return [
      {
        row: { collection, id, localSeq, ...(push.assumedMasterState && { base: push.assumedMasterState }) },
        sent: push,
      },
    ];
  });
}

/** Before the first byte is sent: a kill in between must not forget it. */
export function keepUnanswered(meta: Meta, pushed: readonly Pushed[]): void {
  meta.set(
    KEY,
    pushed.map(({ row: { collection, id, localSeq }, sent }) => ({ collection, id, localSeq, sent })),
  );
}

/** Answered, or refused as a whole: nothing of it was committed behind this desktop's back. */
export function forgetUnanswered(meta: Meta): void {
  meta.set(KEY, []);
}
