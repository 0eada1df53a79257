import { type ExchangeRequest, MAX_ROWS, PROTOCOL_VERSION, type PushRow } from '#shared/protocol/replication.ts';
import type { Register } from '../register.ts';
import { readCheckpoint } from './checkpoint.ts';
import { reportToSend } from './client-report.ts';
import { readEpoch } from './epoch.ts';
import type { Pushed } from './exchange.ts';
import { keepUnanswered, type Push, readUnanswered } from './unanswered-push.ts';
import { toWire } from './wire-document.ts';

/** From here on the endpoint's own limit serves as well: to say it costs bytes in every round. */
const USUAL_PULL_BYTES = 1024 * 1024;

/** Bytes of rows in one exchange: on a bad line a cut costs at most this much. */
const MAX_PUSH_BYTES = 256 * 1024;

/** A request, and the rows whose answers its answer brings: in order. */
export type PreparedExchange = {
  readonly request: ExchangeRequest;
  readonly pushed: readonly Pushed[];
};

/** How much one exchange may hold: rows of a push, and bytes of rows each way (SPEC S14). */
export type BatchLimits = {
  readonly maxRows?: number;
  readonly pushBytes?: number;
  readonly pullBytes?: number;
  /** Asks what became of the unanswered push instead of repeating it (SPEC S11). */
  readonly isAsking?: boolean;
};

/** The push whose answer has not come, as it was, or the question about it; else what waits. And from where to pull. */
export function prepareExchange(register: Register, limits: BatchLimits = {}): PreparedExchange {
  const unanswered = readUnanswered(register.meta);
  const isAsking = limits.isAsking === true && unanswered !== undefined;
  const push = unanswered ?? collectPush(register, limits);
  const pushed = push?.rows ?? [];
  const sent = isAsking ? [] : pushed;
  const epoch = readEpoch(register);
  const client = reportToSend(register, pushed.length);
  return {
    request: {
      protocol: PROTOCOL_VERSION,
      checkpoint: readCheckpoint(register),
      limit: MAX_ROWS,
      push: sent.map(({ row, sent: state }) => ({ collection: row.collection, row: state })),
      ...(push && (isAsking ? { settle: push.exchange } : { exchange: push.exchange })),
      ...(epoch && { epoch: epoch.number }),
      ...(limits.pullBytes !== undefined && limits.pullBytes < USUAL_PULL_BYTES && { maxBytes: limits.pullBytes }),
      ...(client && { client }),
    },
    pushed,
  };
}

function collectPush(register: Register, limits: BatchLimits): Push | undefined {
  const rows = collectWaiting(register, limits);
  return rows.length > 0 ? keepUnanswered(register.meta, rows) : undefined;
}

function collectWaiting(
  register: Register,
  { maxRows = MAX_ROWS, pushBytes = MAX_PUSH_BYTES }: BatchLimits,
): readonly Pushed[] {
  const pushed: Pushed[] = [];
  let bytes = 0;
  for (const row of register.waiting.next(maxRows)) {
    const current = register.table(row.collection).get(row.id);
    if (!current) continue;
    const sent: PushRow = { newDocumentState: toWire(current), ...(row.base && { assumedMasterState: row.base }) };
    bytes += JSON.stringify(sent).length;
    if (pushed.length > 0 && bytes > pushBytes) break;
    pushed.push({ row, sent });
  }
  return pushed;
}
