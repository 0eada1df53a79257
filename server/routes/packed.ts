import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Compile } from 'typebox/compile';
import { PACKED_PATH, PackedRequest, packAnswer, unpackRequest } from '#shared/protocol/packed/bodies.ts';
import { DICTIONARY, DICTIONARY_NAME } from '#shared/protocol/packed/dictionary.ts';
import { joinFrame, splitFrame } from '#shared/protocol/packed/frame.ts';
import { lift, lower } from '#shared/protocol/packed/lift.ts';
import { digestRows, type SenderFacts, StalePatch, sequencesOf, unpackRows } from '#shared/protocol/packed/rows.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { badRequest, HttpError } from '../http-error.ts';
import { type PushedRow, refuseTooManyRows } from '../replication/push.ts';
import { onWire } from '../replication/row-answer.ts';
import { UntakenExchange } from '../store/answered.ts';
import type { SessionDevice } from '../store/enrolment.ts';
import type { PushOutcome } from '../store/store.ts';
import { findProblem } from '../validation.ts';
import { answerExchange } from './exchange.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
const dictionary = Buffer.from(DICTIONARY);
const Body = Compile(PackedRequest);

type Parameters = { readonly dictionary: string };

/**
 * The exchange as desktops of this version speak it (SPEC S12, S13): deflated with the dictionary that the address names,
 * rows as changes of what both sides know, headers as few as HTTP allows. What cannot be read is refused as JSON.
 */
export function packedRoute(app: FastifyInstance, context: Context): void {
  app.register(async (packed) => {
    packed.removeAllContentTypeParsers();
    packed.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    packed.post<{ Params: Parameters; Body: Buffer | undefined }>(
      PACKED_PATH,
      { compress: false, decompress: false },
      async (request, reply) => {
        if (request.params.dictionary !== DICTIONARY_NAME) {
          throw new HttpError(404, 'SYNC_BAD_REQUEST', 'The dictionary is unknown', '/params/dictionary');
        }
        const device = deviceOf(request);
        const known = [device.ministryId, device.id, device.personId];
        const body = await readBody(context, request.body, known);
        const { rows, ...envelope } = unpackRequest(body);
        if (envelope.client) context.contacts.note(device, envelope.client);
        refuseTooManyRows(rows.length, '/p');
        const answer = await answerExchange(context, device, envelope, () => rebuild(context, device, body));
        const short = packAnswer(answer, envelope.checkpoint.seq);
        return sendShort(reply, context, short && lift(JSON.stringify(short), known));
      },
    );
    packed.addHook('onSend', async (_request, reply) => {
      if (reply.statusCode >= 300) return;
      // A body without a type is a packed one: a portal's page never comes without. Each header costs in every round.
      for (const name of ['content-type', 'cache-control', 'x-content-type-options']) reply.removeHeader(name);
      reply.raw.removeHeader('connection');
    });
  });
}

async function readBody(context: Context, body: Buffer | undefined, known: readonly string[]): Promise<PackedRequest> {
  const value = await inflateBody(context, body ?? Buffer.alloc(0), known);
  if (Body.Check(value)) return value;
  const problem = findProblem(Body, value);
  throw badRequest(problem?.reason ?? 'must have the agreed shape', problem?.field);
}

async function inflateBody({ config }: Context, body: Buffer, known: readonly string[]): Promise<unknown> {
  try {
    const { deflated, tail } = splitFrame(body);
    const text = await inflate(deflated, { dictionary, maxOutputLength: config.maxBodyBytes });
    return JSON.parse(lower({ text: text.toString('utf8'), tail }, known));
  } catch (error) {
    const isTooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) throw new HttpError(413, 'SYNC_TOO_LARGE', 'The body is larger than the endpoint takes');
    throw badRequest('The body cannot be unpacked');
  }
}

/** The rows that the desktop means, or what this very exchange was answered before. @throws HttpError 409 */
async function rebuild(
  { store }: Context,
  device: SessionDevice,
  body: PackedRequest,
): Promise<readonly PushedRow[] | { readonly answered: readonly PushOutcome[] }> {
  const { rows: packed, exchange } = unpackRequest(body);
  const sender = { ministryId: device.ministryId, deviceId: device.id };
  try {
    const masters = new Map((await store.at(device.ministryId, sequencesOf(packed))).map((row) => [row.seq, row]));
    const rows = unpackRows(packed, factsOf(device), digest, (seq) => {
      const master = masters.get(seq);
      return master && { collection: master.collection, document: onWire(master) };
    });
    // Whatever the two programs disagree on shows here, before anything is written.
    if (packed.length > 0 && digestRows(rows, digest) !== body.d) throw new StalePatch();
    return rows;
  } catch (error) {
    if (!(error instanceof StalePatch)) throw badRequest('A row cannot be unpacked', '/p');
    // The exchange itself moved what it built on, when its answer was lost (SPEC S11).
    const answered = exchange ? await store.answered(sender, exchange) : undefined;
    if (answered === 'untaken') throw new UntakenExchange();
    if (answered?.length === packed.length) return { answered };
    throw new HttpError(409, 'SYNC_STALE_PATCH', 'The rows build on states that are over: send them whole', '/p');
  }
}

function factsOf({ ministryId, id, personId, personName, role }: SessionDevice): SenderFacts {
  return { ministryId, deviceId: id, person: { personId, name: personName, role } };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

async function sendShort(
  reply: FastifyReply,
  { clock }: Context,
  answer: { readonly text: string; readonly tail: Uint8Array } | undefined,
): Promise<FastifyReply> {
  reply.header('date', clock().toUTCString());
  if (!answer) return reply.code(204).send();
  return reply.send(Buffer.from(joinFrame(await deflate(answer.text, { dictionary, level: 9 }), answer.tail)));
}
