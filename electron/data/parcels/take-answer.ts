import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import { AnswerBody, type ParcelReceipt } from '#shared/parcels/parcel-body.ts';
import type { ParcelFacts } from '#shared/parcels/parcel-file.ts';
import type { AnswerTaken } from '#shared/protocol/parcel-port.ts';
import type { Epoch, RowAnswer } from '#shared/protocol/replication.ts';
import { unpack } from '#shared/sealing/packed.ts';
import type { Register } from '../register.ts';
import { goToEpoch, readEpoch } from '../replication/epoch.ts';
import { applyNews, applyRowAnswer, type Pushed, readCheckpoint } from '../replication/exchange.ts';
import { forgetUnanswered, readUnanswered } from '../replication/unanswered-push.ts';
import { closeMended } from '../reviews/refusals.ts';
import { endpointKeys, openForDevice } from './device-keys.ts';
import { takeFilesReceived } from './files-told.ts';

/** Every ministry begins in it. */
const FIRST_EPOCH = 1;

/**
 * Takes an answer of the endpoint in: first the receipts, in the order of the parcels, then the news (SPEC X4, X6). All of
 * it in one transaction; what was taken before changes nothing.
 * @throws AppError `COMMAND_INVALID` with the problem: not of the endpoint, for another desktop, altered
 */
export async function takeAnswer(register: Register, facts: ParcelFacts, sealed: Uint8Array): Promise<AnswerTaken> {
  const { device } = register.identity.require();
  if (facts.device.id !== device.id) throw wrong('for-another');
  if (endpointKeys(register)?.signing !== facts.key) throw wrong('not-of-the-endpoint');
  const body = unpack(await openForDevice(register, sealed));
  if (!Value.Check(AnswerBody, body)) throw wrong('newer-program');
  if (body.deviceId !== device.id) throw wrong('altered');
  return register.transaction(() => {
    followEpoch(register, body.epoch);
    // Checked above; the type says more of wire documents than the schema can.
    return applyAnswerBody(register, body as AnswerBody);
  });
}

/** An endpoint that came back from a backup says so by hand as it does by network; what it said before is past (S19). */
function followEpoch(register: Register, epoch: Epoch): void {
  const known = readEpoch(register)?.number ?? FIRST_EPOCH;
  if (epoch.number < known) throw wrong('before-restore');
  if (epoch.number > known) goToEpoch(register, epoch);
}

/** Also what the endpoint tells of parcels over the network. */
export function applyAnswerBody(
  register: Register,
  body: Pick<AnswerBody, 'receipts' | 'files' | 'news' | 'time'>,
): AnswerTaken {
  return register.transaction(() => {
    let settled = 0;
    const received: number[] = [];
    for (const receipt of [...body.receipts].sort((a, b) => a.number - b.number)) {
      if (!register.ownParcels.isOpen(receipt.number)) {
        noteUsedNumber(register, receipt);
        continue;
      }
      settled += applyReceipt(register, receipt);
      received.push(receipt.number);
    }
    if (settled > 0) closeMended(register);
    const files = body.files ? takeFilesReceived(register, body.files, body.time) : 0;
    const news = body.news ? takeNews(register, body.news, body.time) : { state: 'none' as const, documents: 0 };
    return { received, settled, files, news: news.state, documents: news.documents, more: body.news?.more === true };
  });
}

/**
 * News that begin after what this desktop has would leave a hole that nothing ever fills: they wait for those before.
 * News that it has already change nothing; the checkpoint never goes back.
 */
function takeNews(
  register: Register,
  news: NonNullable<AnswerBody['news']>,
  time: string,
): { readonly state: AnswerTaken['news']; readonly documents: number } {
  const { seq } = readCheckpoint(register);
  if (news.after > seq) return { state: 'gap', documents: 0 };
  if (news.checkpoint.seq <= seq) return { state: 'known', documents: 0 };
  const documents = news.documents.filter((row) => row.seq > seq);
  applyNews(register, documents, news.checkpoint, time);
  return { state: 'taken', documents: documents.length };
}

/** The rows of one parcel are answered as those of an exchange are. @returns rows that wait no more */
function applyReceipt(register: Register, { number, sha256, answers, receivedAt }: ParcelReceipt): number {
  const pushed = register.ownParcels.rows(number);
  const isOurs = register.ownParcels.hash(number) === sha256;
  if (!isOurs) {
    // An earlier life of this device used the number, before a backup came back: these rows go with the next parcel.
    register.ownParcels.settle(number, 'void', { at: receivedAt, accepted: 0, conflicts: 0, refused: 0 });
    return 0;
  }
  let settled = 0;
  // Closed by network: its rows wait on, and go that way.
  for (const [index, push] of pushed.entries()) {
    const answer = answers[index];
    if (!answer || isStale(register, push, answer)) continue;
    if (answer.outcome !== 'conflict') settled += 1;
    applyRowAnswer(register, push, answer, receivedAt);
  }
  if (settled > 0) forgetIfAnswered(register, pushed);
  const count = (outcome: RowAnswer['outcome']) => answers.filter((answer) => answer.outcome === outcome).length;
  register.ownParcels.settle(number, answers.length < pushed.length ? 'closed' : 'received', {
    at: receivedAt,
    accepted: count('accepted'),
    conflicts: count('conflict'),
    refused: count('refused'),
  });
  return settled;
}

/** A push whose network answer was lost is answered by the receipt of the parcel that it went on in. */
function forgetIfAnswered(register: Register, pushed: readonly Pushed[]): void {
  const underWay = readUnanswered(register.meta)?.rows ?? [];
  const isAnswered = ({ row }: Pushed) =>
    pushed.some(
      ({ row: { collection, id, localSeq } }) =>
        collection === row.collection && id === row.id && localSeq === row.localSeq,
    );
  if (underWay.some(isAnswered)) forgetUnanswered(register.meta);
}

/** An answer about a state that this desktop knows already, or has got beyond, says nothing of what waits now. */
function isStale(register: Register, { row }: Pushed, answer: RowAnswer): boolean {
  const waiting = register.waiting.get(row.collection, row.id);
  if (answer.outcome === 'refused') return waiting?.localSeq !== row.localSeq || waiting.isRefused;
  // The network's answer was here first: the endpoint has this state, and what came after it there is news, not a conflict.
  if (answer.outcome === 'conflict' && !waiting) return true;
  const known = register.waiting.knownSeq(row.collection, row.id) ?? 0;
  return answer.outcome === 'conflict' ? answer.seq <= known : answer.seq < known;
}

function noteUsedNumber(register: Register, { number, receivedAt }: ParcelReceipt): void {
  if (number > register.ownParcels.lastNumber()) register.ownParcels.skipTo(number, receivedAt);
}

function wrong(problem: string): AppError {
  return new AppError('COMMAND_INVALID', 'This answer is not for this desktop to take', {
    details: { field: 'files', problem },
  });
}
