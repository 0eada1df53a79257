import type { RowAnswer, WireDocument } from '#shared/protocol/replication.ts';
import type { PushOutcome } from '../store/store.ts';
import { toWireDocument } from './wire.ts';

/** The answer to one pushed row as it travels. */
export function toRowAnswer(outcome: PushOutcome): RowAnswer {
  if (outcome.outcome === 'accepted') return { outcome: 'accepted', seq: outcome.seq };
  if (outcome.outcome === 'refused') return outcome;
  return { outcome: 'conflict', master: onWire(outcome.master), seq: outcome.master.seq };
}

export function onWire(master: Parameters<typeof toWireDocument>[0]): WireDocument {
  // What is stored passed the collection's schema: it has its primary key, and `_deleted` is set here.
  return toWireDocument(master) as WireDocument;
}
