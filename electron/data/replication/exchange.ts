import { diffFields } from '#shared/domain/journal.ts';
import { mergeOf } from '#shared/merge/collections.ts';
import { type Fields, isSame, type MergeResult } from '#shared/merge/three-way.ts';
import { refusalReason } from '#shared/protocol/refusal.ts';
import type { Checkpoint, ExchangeAnswer, PushRow, RowAnswer, WireDocument } from '#shared/protocol/replication.ts';
import { COLLECTIONS, type CollectionName, isCollectionName } from '#shared/schema/collections.ts';
import { noteUsedNumbers } from '../commands/numbering.ts';
import { appendMovement } from '../journal/append.ts';
import type { Register } from '../register.ts';
import { openConflictReview, openRefusalReview } from '../reviews/open.ts';
import { giveWay } from '../reviews/overruled.ts';
import { closeMended } from '../reviews/refusals.ts';
import { keepCheckpoint } from './checkpoint.ts';
import { commonBase } from './common-base.ts';
import { baseOfHealing, goToEpoch } from './epoch.ts';
import { addSetAside, forgetSetAside, isReadable, noteShapes } from './set-aside.ts';
import { forgetUnanswered } from './unanswered-push.ts';
import { REMOTE_CONTEXT, type WaitingRow } from './waiting-rows.ts';
import { toWire } from './wire-document.ts';

export { readCheckpoint } from './checkpoint.ts';

/** A push as it was sent, to be matched with its answers. */
export type Pushed = { readonly row: WaitingRow; readonly sent: PushRow };

/** What one exchange did to this desktop. */
export type ExchangeOutcome = {
  /** Rows that wait no more: accepted, or refused and left to a person. */
  readonly settled: number;
  readonly more: boolean;
};

const APPEND_ONLY: ReadonlySet<string> = new Set(
  COLLECTIONS.filter(({ appendOnly }) => appendOnly).map(({ name }) => name),
);

/** Applies a whole answer in one transaction: a cut before leaves everything waiting, a cut after nothing. */
export function applyAnswer(register: Register, pushed: readonly Pushed[], answer: ExchangeAnswer): ExchangeOutcome {
  if (answer.epoch) return goToEpoch(register, answer.epoch);
  return register.transaction(() => {
    const settled = settlePush(register, pushed, answer);
    applyNews(register, answer.documents, answer.checkpoint, answer.time);
    return { settled, more: answer.more };
  });
}

/** The answers to a push without the news beside them: while the first load runs, what is pulled comes after it. */
export function applyPushAnswer(register: Register, pushed: readonly Pushed[], answer: ExchangeAnswer): number {
  return answer.epoch ? 0 : register.transaction(() => settlePush(register, pushed, answer));
}

/** @returns rows that wait no more */
function settlePush(register: Register, pushed: readonly Pushed[], answer: ExchangeAnswer): number {
  let settled = 0;
  for (const [index, push] of pushed.entries()) {
    const rowAnswer = answer.answers[index];
    if (!rowAnswer) continue;
    if (rowAnswer.outcome !== 'conflict') settled += 1;
    applyRowAnswer(register, push, rowAnswer, answer.time);
  }
  if (settled > 0) closeMended(register);
  // Untaken: its rows wait as before, and go as they are now, in smaller pushes (SPEC S14).
  if (pushed.length > 0) forgetUnanswered(register.meta);
  return settled;
}

/** Rows that the endpoint gives, up to a checkpoint, by network or by hand (SPEC S7, X6). Call inside a transaction. */
export function applyNews(
  register: Register,
  documents: ExchangeAnswer['documents'],
  checkpoint: Checkpoint,
  time: string,
): void {
  let setAside = 0;
  for (const { collection, document, seq } of documents) {
    if (isCollectionName(collection) && isReadable(collection, document)) {
      applyPulled(register, collection, document, seq, time);
    } else setAside += 1;
  }
  addSetAside(register.meta, setAside);
  keepCheckpoint(register, checkpoint);
}

/** A row that no exchange can carry: refused as if the endpoint had answered it. */
export function refuseTooLarge(register: Register, pushed: Pushed): void {
  const answer = { outcome: 'refused', reason: refusalReason('row-too-large-to-send') } as const;
  register.transaction(() => applyRowAnswer(register, pushed, answer, register.instant()));
}

/** SPEC S9: a program that reads more than the one before pulls again what that one had set aside. */
export function startOverAfterUpdate(register: Register): void {
  register.transaction(() => {
    if (noteShapes(register.meta)) startOver(register);
  });
}

/** Everything is pulled again; what waits goes on waiting. */
export function startOver(register: Register): void {
  keepCheckpoint(register, { seq: 0 });
  forgetSetAside(register.meta);
}

/** What one pushed row was answered. Call inside a transaction. */
export function applyRowAnswer(register: Register, { row, sent }: Pushed, answer: RowAnswer, time: string): void {
  const { collection, id } = row;
  const waiting = register.waiting.get(collection, id);
  const isLatest = !waiting || waiting.localSeq === row.localSeq;
  if (answer.outcome === 'refused') {
    // A later edit may have mended it: that one is sent before anybody is asked.
    if (!isLatest) return;
    refuseRow(register, row, answer);
    return;
  }
  if (answer.outcome === 'conflict') {
    if (!isReadable(collection, answer.master)) {
      refuseRow(register, row, { reason: refusalReason('newer-program') });
      return;
    }
    const base = waiting?.isHealing
      ? baseOfHealing(register, answer)
      : baseAfterParcels(
          register,
          { ...row, base: commonBase(row.base, sent.newDocumentState, answer.master) },
          answer.master,
        );
    mergeInto(register, { ...row, base }, answer.master, answer.seq, time);
    return;
  }
  if (isLatest) register.waiting.settle(collection, id, answer.seq, time);
  else register.waiting.rebase({ ...waiting, base: sent.newDocumentState }, answer.seq, time);
}

function refuseRow(
  register: Register,
  { collection, id }: WaitingRow,
  answer: { readonly reason: string; readonly field?: string },
): void {
  register.waiting.refuse(collection, id, answer.reason);
  if (collection !== 'reviews') openRefusalReview(register, collection, id, answer);
}

/** One row that the endpoint has. Call inside a transaction. */
export function applyPulled(
  register: Register,
  collection: CollectionName,
  document: WireDocument,
  seq: number,
  time: string,
): void {
  noteUsedNumbers(register, collection, document);
  const waiting = register.waiting.get(collection, document.id);
  if (waiting) {
    const isNews = !waiting.base || !isSame(waiting.base, document);
    if (isNews) {
      mergeInto(register, { ...waiting, base: baseAfterParcels(register, waiting, document) }, document, seq, time);
    }
    return;
  }
  const current = register.table(collection).get(document.id);
  if (!current || !isSame(toWire(current), document)) writeRemote(register, collection, document);
  register.waiting.settle(collection, document.id, seq, time);
}

type Mergeable = Omit<WaitingRow, 'base'> & { readonly base?: Fields | undefined };

/**
 * A parcel may be at the endpoint before its receipt is here, and before an exchange that began earlier: what it brought
 * there is this desktop's own, and an edit made after it asks nobody (SPEC M2, X3).
 */
function baseAfterParcels(
  register: Register,
  { collection, id, base }: Mergeable,
  theirs: WireDocument,
): Fields | undefined {
  return register.ownParcels
    .sentStates(collection, id)
    .reduce<Fields | undefined>((known, sent) => commonBase(known, sent, theirs), base);
}

/** SPEC S7: a local row that waits meets the endpoint's state; they are merged, and what differs still waits. */
function mergeInto(register: Register, row: Mergeable, master: WireDocument, seq: number, time: string): void {
  const { collection, id } = row;
  const current = register.table(collection).get(id);
  if (!current) return;
  const mine = toWire(current);
  if (isSame(mine, master) || APPEND_ONLY.has(collection)) {
    if (!isSame(mine, master)) writeRemote(register, collection, master);
    register.waiting.settle(collection, id, seq, time);
    return;
  }
  const merge = mergeOf(collection)(row.base, mine, master);
  const { merged } = merge;
  const result = { ...merged, id, _deleted: merged._deleted === true };
  if (isSame(result, master)) {
    writeRemote(register, collection, master);
    register.waiting.settle(collection, id, seq, time);
  } else {
    const waitingSeq = register.waiting.get(collection, id)?.localSeq ?? row.localSeq;
    const localSeq = isSame(result, mine) ? waitingSeq : writeRemote(register, collection, result);
    register.waiting.rebase({ collection, id, localSeq, base: master }, seq, time);
  }
  noteMerge(register, collection, { mine, result }, merge);
}

/** The journal says what the merge changed on this desktop; a review keeps what it could not keep. */
function noteMerge(
  register: Register,
  collection: CollectionName,
  { mine, result }: { readonly mine: WireDocument; readonly result: WireDocument },
  { conflicts, kind }: MergeResult,
): void {
  const { id } = result;
  if (collection === 'reviews') {
    giveWay(register, mine, result);
    return;
  }
  // Two desktops take the same file off with their own device and instant: the endpoint's first stays, nobody is asked.
  if (conflicts.length > 0 && collection !== 'files') {
    openConflictReview(register, collection, id, { kind: kind ?? 'same-field', conflicts });
  }
  if (collection !== 'assets') return;
  const changes = diffFields(mine, result);
  if (changes.length > 0) appendMovement(register, { assetId: id, kind: 'merge', changes });
}

function writeRemote(register: Register, collection: CollectionName, document: WireDocument): number {
  const [write] = register.table(collection).put([document], REMOTE_CONTEXT);
  return write?.seq ?? 0;
}
