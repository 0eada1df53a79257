import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import { type ExchangeAnswer, MAX_ROWS } from '#shared/protocol/replication.ts';
import type { Register } from '../register.ts';
import type { WireAnswer } from './endpoint.ts';
import { type Pushed, refuseTooLarge } from './exchange.ts';
import { Link } from './link.ts';
import { type BatchLimits, type PreparedExchange, prepareExchange } from './prepare-exchange.ts';
import { isCut, isTooLargeForProxy, proxyRefusesAll } from './trouble.ts';
import { forgetUnanswered, readUnanswered } from './unanswered-push.ts';

/** Cuts of one push after which it is asked about, to be divided. */
const MAX_CUTS = 2;

/** How many times smaller than its rows an answer is on the wire, about. */
const PACKED_TIMES = 5;

/**
 * What the next exchange holds, on the line as it was found (SPEC S14). A push without an answer is repeated as it was; one
 * that was cut twice is asked about instead, and where nothing of it was taken its rows go in smaller pushes (S11).
 */
export class Batches {
  readonly #register: Register;
  readonly #link = new Link();
  /** Rows of one push: fewer after a push was found too large. */
  #maxRows = MAX_ROWS;
  #cuts: { readonly exchange: string; readonly count: number } | undefined;
  /** The push under way is to be asked about though no cut was counted: it was sent before, and is too large now. */
  #isDoubtful = false;
  /** False once an endpoint did not understand the question: it is of before there was one. */
  #mayAsk = true;

  constructor(register: Register) {
    this.#register = register;
  }

  next(): PreparedExchange {
    const limits: BatchLimits = {
      maxRows: this.#maxRows,
      pushBytes: this.#link.size('push'),
      pullBytes: this.#link.size('pull'),
      isAsking: this.#isAsking(),
    };
    return prepareExchange(this.#register, limits);
  }

  /** What came through, and in which time. */
  carried({ request, pushed }: PreparedExchange, { receivedBytes, milliseconds }: WireAnswer): void {
    if (request.push.length > 0) this.#link.carried('push', bytesOf(pushed), milliseconds);
    this.#link.carried('pull', receivedBytes * PACKED_TIMES, milliseconds);
  }

  /** The rows that this answer speaks of; none where the endpoint did not understand what it was asked. */
  answered({ request, pushed }: PreparedExchange, answer: ExchangeAnswer): readonly Pushed[] {
    if (answer.epoch) return pushed;
    if (request.settle !== undefined && !answer.untaken && answer.answers.length !== pushed.length) {
      this.#mayAsk = false;
      return [];
    }
    this.#isDoubtful = false;
    if (answer.untaken) this.#link.divide(bytesOf(pushed));
    return pushed;
  }

  /** Everything was exchanged: the line, or what stands before the endpoint, may be another one next time. */
  reset(): void {
    this.#maxRows = MAX_ROWS;
  }

  /** @returns what to do with an exchange that failed: another one at once, or give up for now with an error */
  failed({ request, pushed }: PreparedExchange, error: unknown): 'again' | { readonly error: unknown } {
    const data = toErrorData(error);
    if (isCut(data)) this.#noteCut(request.exchange);
    if (isTooLargeForProxy(data) && request.push.length <= 1) return { error: proxyRefusesAll(error) };
    if (request.settle === undefined) return this.#divide(data, pushed) ? 'again' : { error };
    if (data.code !== 'SYNC_BAD_REQUEST') return { error };
    this.#mayAsk = false;
    return 'again';
  }

  #isAsking(): boolean {
    const push = this.#mayAsk ? readUnanswered(this.#register.meta) : undefined;
    if (!push || push.rows.length < 2) return false;
    return this.#isDoubtful || (this.#cuts?.exchange === push.exchange && this.#cuts.count >= MAX_CUTS);
  }

  #noteCut(exchange: string | undefined): void {
    this.#link.cut();
    if (exchange === undefined) return;
    const before = this.#cuts?.exchange === exchange ? this.#cuts.count : 0;
    this.#cuts = { exchange, count: before + 1 };
  }

  /** SPEC S4: a push that is refused as a whole is halved until the row that is too large stands alone. */
  #divide({ code }: ErrorData, pushed: readonly Pushed[]): boolean {
    if (code !== 'SYNC_TOO_LARGE' && code !== 'SYNC_BAD_REQUEST') return false;
    const [first] = pushed;
    if (code === 'SYNC_TOO_LARGE' && pushed.length > 1) {
      this.#maxRows = Math.ceil(pushed.length / 2);
      // Cut before, it may have been taken then.
      if (this.#mayAsk && this.#cuts?.exchange === readUnanswered(this.#register.meta)?.exchange) {
        this.#isDoubtful = true;
        return true;
      }
    }
    forgetUnanswered(this.#register.meta);
    if (code !== 'SYNC_TOO_LARGE' || !first) return false;
    if (pushed.length === 1) refuseTooLarge(this.#register, first);
    return true;
  }
}

function bytesOf(pushed: readonly Pushed[]): number {
  return pushed.reduce((sum, { sent }) => sum + JSON.stringify(sent).length, 0);
}
