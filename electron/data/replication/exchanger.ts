import { AppError } from '#shared/domain/errors.ts';
import type { NumberedRow, SenderFacts } from '#shared/protocol/packed/rows.ts';
import type { ExchangeAnswer } from '#shared/protocol/replication.ts';
import type { Courier } from '../parcels/courier.ts';
import type { Register } from '../register.ts';
import { Batches } from './batches.ts';
import { readCheckpoint } from './checkpoint.ts';
import { noteClock, noteReported } from './client-report.ts';
import type { Credentials, Endpoint, WireAnswer } from './endpoint.ts';
import { applyAnswer, applyPushAnswer, type Pushed } from './exchange.ts';
import type { PreparedExchange } from './prepare-exchange.ts';

/** Rounds in a row that may move nothing before it counts as trouble. */
const MAX_IDLE_ROUNDS = 3;

type Options = {
  readonly register: Register;
  readonly endpoint: Endpoint;
  readonly courier: Courier;
  readonly signal: AbortSignal;
  readonly credentials: () => Credentials;
  /** After every round: whether to stop here though there is more (SPEC S16). */
  readonly isPaused: () => boolean;
  readonly onRound: () => void;
};

type Moved = { readonly hasMoved: boolean; readonly more: boolean };

/** Exchanges with the endpoint, one after the other, and counts what they cost. */
export class Exchanger {
  readonly #options: Options;
  readonly #batches: Batches;
  #sent = 0;
  #received = 0;
  #hasProgressed = false;

  constructor(options: Options) {
    this.#options = options;
    this.#batches = new Batches(options.register);
  }

  /** Bytes on the wire since the process started, headers included. */
  get bytes(): { readonly sent: number; readonly received: number } {
    return { sent: this.#sent, received: this.#received };
  }

  /** Bytes that came by other ways than an exchange. */
  noteReceived(bytes: number): void {
    this.#received += bytes;
    this.#options.register.traffic.note(0, bytes);
    this.#hasProgressed = true;
  }

  /** Whether anything arrived, on either side, since this was last asked. */
  takeProgress(): boolean {
    const hasProgressed = this.#hasProgressed;
    this.#hasProgressed = false;
    return hasProgressed;
  }

  /** Rounds until both sides have everything. */
  async untilEqual(): Promise<void> {
    const { register, onRound, isPaused } = this.#options;
    let idleRounds = 0;
    for (;;) {
      const { hasMoved, more } = await this.#round(register);
      idleRounds = hasMoved ? 0 : idleRounds + 1;
      if (!more && register.waiting.count() === 0) return;
      if (idleRounds > MAX_IDLE_ROUNDS)
        throw new AppError('SYNC_BAD_ANSWER', 'The exchanges move nothing', { action: 'contact' });
      onRound();
      // The day's bytes may be used up under way; what waits goes on waiting.
      if (isPaused()) return;
    }
  }

  /** Everything was exchanged: the next batches are as large as the line takes. */
  succeed(): void {
    this.#batches.reset();
  }

  /**
   * One push of what waits, while the first load runs or is paused. Nothing is pulled: that comes after the load.
   * @param seq the load's, which the endpoint has given: nothing before it is asked for
   * @returns whether anything moved
   */
  async pushOnly(seq: number): Promise<boolean> {
    const { register, courier, credentials, signal, onRound } = this.#options;
    await courier.closeOwn(credentials(), signal);
    const { request, pushed } = this.#batches.next();
    // One row is the least that can be asked for; it comes again after the load.
    const prepared = { request: { ...request, checkpoint: { seq }, limit: 1, maxBytes: 1 }, pushed };
    const { hasMoved } = await this.#exchange(prepared, (rows, answer) => {
      const settled = applyPushAnswer(register, rows, answer);
      return { hasMoved: settled > 0 || answer.untaken === true, more: false };
    });
    onRound();
    return hasMoved;
  }

  async #round(register: Register): Promise<Moved> {
    const { courier, credentials, signal } = this.#options;
    await courier.closeOwn(credentials(), signal);
    const prepared = this.#batches.next();
    return this.#exchange(prepared, (pushed, answer) => {
      const { settled, more } = applyAnswer(register, pushed, answer);
      if (answer.mustUpdate && register.waiting.count() === 0) {
        throw new AppError('SYNC_MUST_UPDATE', 'Everything was sent; to receive, this program must be updated');
      }
      return { hasMoved: settled > 0 || readCheckpoint(register).seq > prepared.request.checkpoint.seq, more };
    });
  }

  async #exchange(
    prepared: PreparedExchange,
    apply: (pushed: readonly Pushed[], answer: ExchangeAnswer) => Moved,
  ): Promise<Moved> {
    const { register, endpoint, credentials, signal } = this.#options;
    const { request, pushed } = prepared;
    const rows = request.push.length > 0 ? pushed.map(toNumbered) : [];
    try {
      const wire = await endpoint.exchange(
        { credentials: credentials(), request, rows, facts: senderOf(register) },
        signal,
      );
      this.#note(wire, prepared);
      const moved = apply(this.#batches.answered(prepared, wire.answer), wire.answer);
      if (moved.hasMoved) this.#hasProgressed = true;
      return moved;
    } catch (error) {
      const next = this.#batches.failed(prepared, error);
      if (next === 'again') return { hasMoved: true, more: true };
      throw next.error;
    }
  }

  /** Bytes and times of an exchange: what is counted (SPEC S16), how wide the line is (S14), how wrong the clock (S17). */
  #note(wire: WireAnswer, prepared: PreparedExchange): void {
    const { register } = this.#options;
    const { answer, sentBytes, receivedBytes, milliseconds } = wire;
    this.#sent += sentBytes;
    this.#received += receivedBytes;
    register.traffic.note(sentBytes, receivedBytes);
    noteClock(register, answer.time, milliseconds);
    if (!answer.epoch) noteReported(register, prepared.request.client);
    this.#batches.carried(prepared, wire);
  }
}

function toNumbered({ row: { collection, baseSeq }, sent }: Pushed): NumberedRow {
  return { collection, row: sent, ...(baseSeq !== undefined && { baseSeq }) };
}

function senderOf(register: Register): SenderFacts {
  const { ministry, device, person } = register.identity.require();
  const { id: personId, name, role } = person;
  return { ministryId: ministry.id, deviceId: device.id, person: { personId, name, role } };
}
