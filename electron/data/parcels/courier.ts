import { Value } from 'typebox/value';
import { AppError, toErrorData } from '#shared/domain/errors.ts';
import { readPart } from '#shared/parcels/parcel-file.ts';
import type { ParcelCommandOutput } from '#shared/protocol/parcel-port.ts';
import { PARCEL_PATHS, ParcelClosed, ParcelOutcome } from '#shared/protocol/parcels.ts';
import type { Register } from '../register.ts';
import type { Credentials, Endpoint } from '../replication/endpoint.ts';
import { isTooLargeForProxy } from '../replication/trouble.ts';
import { deviceCryptography } from './cryptography.ts';
import { applyAnswerBody } from './take-answer.ts';

/** What a connection does for parcels: ends this desktop's own, and brings those of others (SPEC X3, X5). */
export class Courier {
  readonly #register: Register;
  readonly #endpoint: Endpoint;
  #carrying: Promise<unknown> = Promise.resolve();

  constructor(register: Register, endpoint: Endpoint) {
    this.#register = register;
    this.#endpoint = endpoint;
  }

  /**
   * Before anything is exchanged: what is still in a parcel goes by network now. The endpoint never applies that parcel
   * afterwards, when a later edit would have been undone by it; or it has applied it, and says so.
   */
  async closeOwn(credentials: Credentials, signal: AbortSignal): Promise<void> {
    const { ownParcels } = this.#register;
    if (ownParcels.lastOpen() === 0) return;
    const parcels = ownParcels.open().map(({ number, sha256 }) => ({ number, sha256 }));
    const body = await this.#endpoint.post(credentials, PARCEL_PATHS.close, { body: { parcels }, signal });
    if (!Value.Check(ParcelClosed, body)) {
      throw new AppError('SYNC_BAD_ANSWER', 'The answer about parcels has not the expected shape');
    }
    if (signal.aborted) return;
    // Checked above; the type says more of wire documents than the schema can.
    const { receipts } = body as Pick<Parameters<typeof applyAnswerBody>[1], 'receipts'>;
    applyAnswerBody(this.#register, { receipts, time: this.#register.instant() });
  }

  /** Brings what this desktop carries for others, one file after the other; keeps the answers for them. */
  carry(credentials: Credentials, signal: AbortSignal, isAsked: boolean): Promise<ParcelCommandOutput['sendCarried']> {
    const carrying = this.#carrying.then(() => this.#carryAll(credentials, signal, isAsked));
    this.#carrying = carrying.catch(() => undefined);
    return carrying;
  }

  async #carryAll(
    credentials: Credentials,
    signal: AbortSignal,
    isAsked: boolean,
  ): Promise<ParcelCommandOutput['sendCarried']> {
    const { carriedFiles, traffic } = this.#register;
    let sent = 0;
    for (const sha256 of carriedFiles.toSend()) {
      const octets = carriedFiles.bytes(sha256);
      if (!octets || signal.aborted) break;
      // Others' parcels are as large as files, and wait as files do (SPEC S16).
      if (!traffic.mayTransfer('original', octets.length, isAsked)) break;
      const outcome = await this.#bring(credentials, octets, signal);
      if (signal.aborted) break;
      // It stays for another network, and keeps nobody's back: the next one may be smaller.
      if (!outcome) continue;
      traffic.note(octets.length, 0);
      this.#register.transaction(() => this.#note(sha256, outcome));
      sent += 1;
    }
    return { sent, left: carriedFiles.toSend().length };
  }

  /** Nothing where something in front of the endpoint takes no file as large as this. */
  async #bring(credentials: Credentials, octets: Uint8Array, signal: AbortSignal): Promise<ParcelOutcome | undefined> {
    try {
      const body = await this.#endpoint.post(credentials, PARCEL_PATHS.take, { octets, signal });
      if (Value.Check(ParcelOutcome, body)) return body;
    } catch (error) {
      const data = toErrorData(error);
      if (isTooLargeForProxy(data)) return undefined;
      // No other endpoint will take it either: it must not stand in the way of the next one.
      if (data.code !== 'SYNC_TOO_LARGE') throw error;
      return { state: 'refused', problem: 'too-large' };
    }
    throw new AppError('SYNC_BAD_ANSWER', 'The answer to a parcel has not the expected shape');
  }

  #note(sha256: string, { state, problem, answer = [] }: ParcelOutcome): void {
    const { carriedFiles } = this.#register;
    if (state === 'applied') {
      carriedFiles.note(sha256, 'applied', problem);
      carriedFiles.noteApplied(sha256);
    } else carriedFiles.note(sha256, state === 'refused' ? 'refused' : 'sent', problem ?? state);
    const read = answer.flatMap(({ name, base64 }) => {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      const part = readPart(bytes, deviceCryptography);
      return 'problem' in part ? [] : [{ name, bytes, head: part.head }];
    });
    const [first] = read;
    // The newest answer holds what the one before held, and what came since.
    if (first) carriedFiles.forgetAnswersFor(first.head.facts.device.id);
    for (const { name, bytes, head } of read) {
      carriedFiles.keep(head, { name, bytes }, deviceCryptography.digest(bytes), this.#register.instant());
    }
  }
}
