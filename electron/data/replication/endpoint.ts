import { Value } from 'typebox/value';
import { AppError, toErrorData } from '#shared/domain/errors.ts';
import { FLEET_PATH, FleetAnswer } from '#shared/protocol/fleet.ts';
import { DeviceKeysAnswer, type DeviceKeysRequest, type PublicKeys } from '#shared/protocol/keys.ts';
import { PACKED_PATH, packRequest, unpackAnswer } from '#shared/protocol/packed/bodies.ts';
import { DICTIONARY_NAME } from '#shared/protocol/packed/dictionary.ts';
import type { NumberedRow, SenderFacts } from '#shared/protocol/packed/rows.ts';
import {
  EnrolAnswer,
  ExchangeAnswer,
  type ExchangeRequest,
  PATHS,
  PROTOCOL_VERSION,
} from '#shared/protocol/replication.ts';
import { SNAPSHOT_PATHS } from '#shared/protocol/snapshot.ts';
import type { RequestOptions, Transport } from './http-client.ts';
import { digest, packBody, unpackBody } from './packed-body.ts';

export type Credentials = { readonly server: string; readonly token: string };

export type WireAnswer = {
  readonly answer: ExchangeAnswer;
  /** On the wire, headers included. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** From the first byte to the last. */
  readonly milliseconds: number;
};

export type ExchangeInput = {
  readonly credentials: Credentials;
  readonly request: ExchangeRequest;
  readonly rows: readonly NumberedRow[];
  readonly facts: SenderFacts;
};

/** The endpoint as the desktop calls it: paths, shapes and versions of `protocol/replication.ts`, nothing of storage. */
export class Endpoint {
  readonly #client: Transport;
  /** The endpoint does not know this program's dictionary. */
  #isPlain = false;
  /** It speaks the first version of the protocol. */
  #isFirstVersion = false;

  constructor(client: Transport) {
    this.#client = client;
  }

  async enrol(
    input: {
      readonly server: string;
      readonly code: string;
      readonly deviceName: string;
      readonly secret: string;
      readonly keys: PublicKeys;
    },
    signal: AbortSignal,
  ): Promise<EnrolAnswer> {
    const { code, deviceName, secret, keys } = input;
    const { body } = await this.#client.post(addressOf(input.server, PATHS.enrol), {
      body: { protocol: PROTOCOL_VERSION, code, deviceName, secret, keys },
      signal,
    });
    if (Value.Check(EnrolAnswer, body)) return body;
    throw new AppError('SYNC_BAD_ANSWER', 'The enrolment answer has not the expected shape');
  }

  /**
   * In few bytes where the endpoint understands it (SPEC S12, S13), as JSON where it does not. `rows` are those of the
   * request, with the sequences they build on.
   */
  async exchange({ credentials, request, rows, facts }: ExchangeInput, signal: AbortSignal): Promise<WireAnswer> {
    if (!this.#client.postPacked || this.#isPlain) return this.#exchangePlain(credentials, request, signal);
    try {
      return await this.#exchangePacked({ credentials, request, rows, facts }, signal);
    } catch (error) {
      const { code, details } = toErrorData(error);
      if (code === 'SYNC_STALE_PATCH') {
        return this.#exchangePacked({ credentials, request, rows: rows.map(asWhole), facts, isWhole: true }, signal);
      }
      if (code !== 'SYNC_BAD_REQUEST') throw error;
      // Another dictionary, or an endpoint from before there was one: until this program ends.
      if (details?.status === 404) this.#isPlain = true;
      return this.#exchangePlain(credentials, request, signal);
    }
  }

  async #exchangePacked(
    { credentials, request, rows, facts, isWhole = false }: ExchangeInput & { readonly isWhole?: boolean },
    signal: AbortSignal,
  ): Promise<WireAnswer> {
    const known = [facts.ministryId, facts.deviceId, facts.person.personId];
    const body = await packBody(packRequest(request, rows, facts, digest, isWhole), known);
    const url = addressOf(credentials.server, PACKED_PATH.replace(':dictionary', DICTIONARY_NAME));
    const begun = performance.now();
    const wire = await this.#client.postPacked?.(url, { token: credentials.token, signal }, body);
    if (!wire) throw new AppError('INTERNAL', 'The line carries no packed exchange');
    const time = new Date(wire.date ?? '');
    const nothing = { c: request.checkpoint.seq };
    const packed = wire.body.length === 0 ? nothing : await unpackBody(wire.body, known);
    const answer = Number.isFinite(time.getTime()) ? unpackAnswer(packed, time.toISOString()) : undefined;
    return { answer: checkAnswer(answer, request), ...timed(wire, begun) };
  }

  async #exchangePlain(credentials: Credentials, request: ExchangeRequest, signal: AbortSignal): Promise<WireAnswer> {
    const begun = performance.now();
    const post = (body: unknown) =>
      this.#client.post(addressOf(credentials.server, PATHS.exchange), { token: credentials.token, body, signal });
    const send = async () => {
      if (this.#isFirstVersion) return post(asFirstVersion(request));
      try {
        return await post(request);
      } catch (error) {
        if (toErrorData(error).code !== 'SYNC_SERVER_TOO_OLD') throw error;
        // SPEC S18: what the older endpoint understands. If it is too old even for that, it says so again.
        this.#isFirstVersion = true;
        return post(asFirstVersion(request));
      }
    };
    const wire = await send();
    const answer = Value.Check(ExchangeAnswer, wire.body) ? wire.body : undefined;
    return { answer: checkAnswer(answer, request), ...timed(wire, begun) };
  }

  async tellKeys(credentials: Credentials, request: DeviceKeysRequest, signal: AbortSignal): Promise<DeviceKeysAnswer> {
    const { body } = await this.#client.post(addressOf(credentials.server, PATHS.deviceKeys), {
      token: credentials.token,
      body: request,
      signal,
    });
    if (Value.Check(DeviceKeysAnswer, body)) return body;
    throw new AppError('SYNC_BAD_ANSWER', 'The answer with the keys has not the expected shape');
  }

  async fleet({ server, token }: Credentials, signal: AbortSignal): Promise<FleetAnswer> {
    // A line of the simulation carries none of it.
    if (!this.#client.get) throw new AppError('SYNC_UNREACHABLE', 'This line carries exchanges only');
    const { body } = await this.#client.get(addressOf(server, FLEET_PATH), { token, signal });
    if (Value.Check(FleetAnswer, body)) return body;
    throw new AppError('SYNC_BAD_ANSWER', 'The list of desktops has not the expected shape');
  }

  /** A request of another part of the program; the answer is its own to check. */
  async post({ server, token }: Credentials, path: string, request: Omit<RequestOptions, 'token'>): Promise<unknown> {
    return (await this.#client.post(addressOf(server, path), { ...request, token })).body;
  }

  /**
   * A snapshot from a byte on: the one that was begun, or the newest. Nothing where the endpoint has none, or no snapshots
   * at all.
   */
  async snapshot(
    { server, token }: Credentials,
    begun: { readonly id: string; readonly from: number } | undefined,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Buffer> | undefined> {
    const path = begun ? SNAPSHOT_PATHS.byId.replace(':id', begun.id) : SNAPSHOT_PATHS.latest;
    return this.#client.download?.(addressOf(server, path), { token, from: begun?.from ?? 0, signal });
  }

  /** Text of the wake-up stream. */
  stream(credentials: Credentials, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    return this.#client.stream(addressOf(credentials.server, PATHS.stream), { token: credentials.token, signal });
  }
}

function checkAnswer(answer: ExchangeAnswer | undefined, request: ExchangeRequest): ExchangeAnswer {
  // A question about a push has as many answers as that had rows, which its asker knows.
  const isSpecial = answer?.epoch || answer?.untaken || request.settle !== undefined;
  if (answer && (isSpecial || answer.answers.length === request.push.length)) return answer;
  throw new AppError('SYNC_BAD_ANSWER', 'The exchange answer has not the expected shape');
}

function timed({ sentBytes, receivedBytes }: Omit<WireAnswer, 'answer' | 'milliseconds'>, begun: number) {
  return { sentBytes, receivedBytes, milliseconds: performance.now() - begun };
}

function asWhole({ collection, row }: NumberedRow): NumberedRow {
  return { collection, row };
}

function asFirstVersion({ checkpoint, limit, push }: ExchangeRequest): ExchangeRequest {
  return { protocol: 1, checkpoint, limit, push };
}

/** @throws AppError `COMMAND_INVALID` where the server's address is none */
export function addressOf(server: string, path: string): URL {
  const address = parseAddress(server, path);
  if (address?.protocol === 'https:' || address?.protocol === 'http:') return address;
  throw new AppError('COMMAND_INVALID', 'This is not an address', {
    details: { field: 'server', problem: 'address' },
  });
}

/** `URL.canParse` is newer than the oldest Electron this runs in. */
function parseAddress(server: string, path: string): URL | undefined {
  try {
    const url = new URL(server);
    // An endpoint below a path (`https://host/registre`) stays below it.
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
    url.search = '';
    url.hash = '';
    return url;
  } catch {
    return undefined;
  }
}
