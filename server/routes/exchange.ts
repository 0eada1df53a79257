import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import {
  Checkpoint,
  type Epoch,
  type ExchangeAnswer,
  ExchangeRequest,
  PATHS,
  PROTOCOL_VERSION,
} from '#shared/protocol/replication.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { HttpError } from '../http-error.ts';
import { type PushedRow, pushRows, refuseTooManyRows } from '../replication/push.ts';
import { onWire, toRowAnswer } from '../replication/row-answer.ts';
import { UntakenExchange } from '../store/answered.ts';
import type { StoredDocument } from '../store/documents.ts';
import type { SessionDevice } from '../store/enrolment.ts';
import type { PushOutcome } from '../store/store.ts';
import { checkProtocolVersion } from './protocol-version.ts';

/** `ExchangeRequest` with rows left unjudged: a row of a wrong shape is refused alone (SPEC S4). */
const Envelope = Type.Object(
  {
    protocol: ExchangeRequest.properties.protocol,
    checkpoint: Checkpoint,
    limit: ExchangeRequest.properties.limit,
    push: Type.Array(Type.Object({ collection: Type.String(), row: Type.Unknown() })),
    exchange: ExchangeRequest.properties.exchange,
    settle: ExchangeRequest.properties.settle,
    epoch: ExchangeRequest.properties.epoch,
    maxBytes: ExchangeRequest.properties.maxBytes,
    client: ExchangeRequest.properties.client,
  },
  { additionalProperties: false },
);

/** The first version whose desktops know of epochs. */
const FIRST_WITH_EPOCHS = 2;

/** Pushes, then pulls, all collections in one request. */
export function exchangeRoute(app: FastifyInstance, context: Context): void {
  app.post<{ Body: Static<typeof Envelope> }>(
    PATHS.exchange,
    { schema: { body: Envelope }, preValidation: checkProtocolVersion },
    async (request) => {
      const { push, ...envelope } = request.body;
      refuseTooManyRows(push.length, '/push');
      return answerExchange(context, deviceOf(request), envelope, async () => push satisfies readonly PushedRow[]);
    },
  );
}

/** @param rows read only once the epoch is known to be the endpoint's; or what they were answered before */
export async function answerExchange(
  context: Context,
  device: SessionDevice,
  envelope: Omit<Static<typeof Envelope>, 'push'>,
  rows: () => Promise<readonly PushedRow[] | { readonly answered: readonly PushOutcome[] }>,
): Promise<ExchangeAnswer> {
  const { protocol, checkpoint, limit, epoch, maxBytes: wanted } = envelope;
  const { standing } = device;
  if (protocol >= FIRST_WITH_EPOCHS && (epoch ?? 1) !== standing.epoch.number) {
    return answerEpoch(context, checkpoint, standing.epoch);
  }
  if (checkpoint.seq > standing.seq) {
    throw new HttpError(
      409,
      'SYNC_CHECKPOINT_AHEAD',
      'This endpoint has not yet given that sequence',
      '/checkpoint/seq',
    );
  }
  const outcomes = await pushOrSettle(context, device, envelope, rows);
  if (outcomes === 'untaken') return answerUntaken(context, checkpoint);
  const mustUpdate = protocol < context.config.oldestPullProtocol;
  const maxBytes = Math.min(wanted ?? Number.POSITIVE_INFINITY, context.config.maxPageBytes);
  const from = { seq: checkpoint.seq, limit: limit + 1, maxBytes };
  const found = mustUpdate ? [] : await context.store.pull(device.ministryId, from);
  const page = found.slice(0, limit);
  const last = page.at(-1)?.seq ?? checkpoint.seq;
  // Fewer rows than asked for: all there were, or as many as the bytes allow.
  const isCut = found.length > limit || (page.length > 0 && (await hasMore(context, device, last)));
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
    ...(mustUpdate && { mustUpdate }),
  };
}

/** What the rows of this exchange, or of the one that it asks about, were answered. */
async function pushOrSettle(
  context: Context,
  device: SessionDevice,
  { exchange, settle }: Pick<Static<typeof Envelope>, 'exchange' | 'settle'>,
  rows: Parameters<typeof answerExchange>[3],
): Promise<readonly PushOutcome[] | 'untaken'> {
  if (settle !== undefined) {
    const sender = { ministryId: device.ministryId, deviceId: device.id };
    return context.store.settle(sender, settle, context.clock());
  }
  try {
    const push = await rows();
    return 'answered' in push ? push.answered : await pushRows(context, device, push, exchange ? { exchange } : {});
  } catch (error) {
    if (error instanceof UntakenExchange) return 'untaken';
    throw error;
  }
}

/** SPEC S11: as few bytes as can be, for a line that carries few. */
function answerUntaken({ clock }: Context, checkpoint: Checkpoint): ExchangeAnswer {
  return {
    protocol: PROTOCOL_VERSION,
    answers: [],
    documents: [],
    checkpoint,
    more: true,
    time: clock().toISOString(),
    untaken: true,
  };
}

/** SPEC S19: sequences of another epoch say nothing here. Nothing is written or read before the desktop went back. */
function answerEpoch({ clock }: Context, checkpoint: Checkpoint, epoch: Epoch): ExchangeAnswer {
  return {
    protocol: PROTOCOL_VERSION,
    answers: [],
    documents: [],
    checkpoint: { seq: Math.min(checkpoint.seq, epoch.seq) },
    more: true,
    time: clock().toISOString(),
    epoch,
  };
}

async function hasMore({ store }: Context, { ministryId }: SessionDevice, seq: number): Promise<boolean> {
  return (await store.pull(ministryId, { seq, limit: 1 })).length > 0;
}

/** A row that this very request wrote is not sent back: its answer has said the same in a few bytes (SPEC S11). */
function withoutEcho(page: readonly StoredDocument[], outcomes: readonly PushOutcome[]): readonly StoredDocument[] {
  const accepted = new Set(
    outcomes.flatMap((answer) => (answer.outcome === 'accepted' && answer.isNew ? [answer.seq] : [])),
  );
  return page.filter(({ seq }) => !accepted.has(seq));
}
