import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import { FLEET_PATH, FleetAnswer } from '#shared/protocol/fleet.ts';
import { DeviceKeysAnswer, type DeviceKeysRequest, type PublicKeys } from '#shared/protocol/keys.ts';
import {
  EnrolAnswer,
  ExchangeAnswer,
  type ExchangeRequest,
  PATHS,
  PROTOCOL_VERSION,
} from '#shared/protocol/replication.ts';
import { SNAPSHOT_PATHS } from '#shared/protocol/snapshot.ts';
import type { RequestOptions, Transport } from './http-client.ts';

export type Credentials = { readonly server: string; readonly token: string };

export type WireAnswer = {
  readonly answer: ExchangeAnswer;
  readonly sentBytes: number;
  readonly receivedBytes: number;
};

/** The endpoint as the desktop calls it: paths, shapes and versions of `protocol/replication.ts`, nothing of storage. */
export class Endpoint {
  readonly #client: Transport;

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

  async exchange(credentials: Credentials, request: ExchangeRequest, signal: AbortSignal): Promise<WireAnswer> {
    const { body, sentBytes, receivedBytes } = await this.#client.post(addressOf(credentials.server, PATHS.exchange), {
      token: credentials.token,
      body: request,
      signal,
    });
    if (!Value.Check(ExchangeAnswer, body) || (!body.epoch && body.answers.length !== request.push.length)) {
      throw new AppError('SYNC_BAD_ANSWER', 'The exchange answer has not the expected shape');
    }
    return { answer: body, sentBytes, receivedBytes };
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

function addressOf(server: string, path: string): URL {
  const address = parseAddress(server, path);
  if (address?.protocol === 'https:' || address?.protocol === 'http:') return address;
  throw new AppError('COMMAND_INVALID', 'This is not an address', {
    details: { field: 'server', problem: 'address' },
  });
}

/** `URL.canParse` is newer than the oldest Electron this runs in. */
function parseAddress(server: string, path: string): URL | undefined {
  try {
    return new URL(path, server);
  } catch {
    return undefined;
  }
}
