import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import {
  Checkpoint,
  type ExchangeAnswer,
  ExchangeRequest,
  PATHS,
  PROTOCOL_VERSION,
} from '#shared/protocol/replication.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { type PushedRow, pushRows, refuseTooManyRows } from '../replication/push.ts';
import { onWire, toRowAnswer } from '../replication/row-answer.ts';
import type { StoredDocument } from '../store/documents.ts';
import type { EnrolledDevice } from '../store/enrolment.ts';
import type { PushOutcome } from '../store/store.ts';
import { checkProtocolVersion } from './protocol-version.ts';

/** `ExchangeRequest` with rows left unjudged: a row of a wrong shape is refused alone (SPEC S4). */
const Envelope = Type.Object(
  {
    protocol: ExchangeRequest.properties.protocol,
    checkpoint: Checkpoint,
    limit: ExchangeRequest.properties.limit,
    push: Type.Array(Type.Object({ collection: Type.String(), row: Type.Unknown() })),
  },
  { additionalProperties: false },
);

/** Pushes, then pulls, all collections in one request. */
export function exchangeRoute(app: FastifyInstance, context: Context): void {
  app.post<{ Body: Static<typeof Envelope> }>(
    PATHS.exchange,
    { schema: { body: Envelope }, preValidation: checkProtocolVersion },
    async (request) => answerExchange(context, deviceOf(request), request.body),
  );
}

async function answerExchange(
  context: Context,
  device: EnrolledDevice,
  { checkpoint, limit, push }: Static<typeof Envelope>,
): Promise<ExchangeAnswer> {
  refuseTooManyRows(push.length, '/push');
  const outcomes = await pushRows(context, device, push satisfies readonly PushedRow[]);
  const { maxPageBytes: maxBytes } = context.config;
  const rows = await context.store.pull(device.ministryId, { seq: checkpoint.seq, limit: limit + 1, maxBytes });
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.seq ?? checkpoint.seq;
  // Fewer rows than asked for: all there were, or as many as the bytes allow.
  const isCut = rows.length > limit || (page.length > 0 && (await hasMore(context, device, last)));
  return {
    protocol: PROTOCOL_VERSION,
    answers: outcomes.map(toRowAnswer),
    documents: withoutEcho(page, outcomes).map((row) => ({
      collection: row.collection,
      seq: row.seq,
      document: onWire(row),
    })),
    checkpoint: { seq: last },
    more: isCut,
    time: context.clock().toISOString(),
  };
}

async function hasMore({ store }: Context, { ministryId }: EnrolledDevice, seq: number): Promise<boolean> {
  return (await store.pull(ministryId, { seq, limit: 1 })).length > 0;
}

/** A row that was accepted a moment ago is not sent back: its answer has said the same in a few bytes. */
function withoutEcho(page: readonly StoredDocument[], outcomes: readonly PushOutcome[]): readonly StoredDocument[] {
  const accepted = new Set(outcomes.flatMap((answer) => (answer.outcome === 'accepted' ? [answer.seq] : [])));
  return page.filter(({ seq }) => !accepted.has(seq));
}
