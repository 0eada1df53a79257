import { type TSchema, Type } from 'typebox';
import { FILE_PATHS, KnownFilesAnswer, TUS } from '#shared/protocol/files.ts';
import { FLEET_PATH, FleetAnswer } from '#shared/protocol/fleet.ts';
import { DeviceKeysAnswer } from '#shared/protocol/keys.ts';
import { PACKED_PATH } from '#shared/protocol/packed/bodies.ts';
import { PARCEL_PATHS, ParcelClosed, ParcelOutcome } from '#shared/protocol/parcels.ts';
import {
  Checkpoint,
  EnrolAnswer,
  ExchangeAnswer,
  ExchangeRequest,
  PATHS,
  PushRow,
  WireDocument,
} from '#shared/protocol/replication.ts';
import { SNAPSHOT_PATHS } from '#shared/protocol/snapshot.ts';
import { OPERATION_PATHS } from '../routes/operation.ts';

/** What the routes themselves do not say: what each is for, who may ask, and what it answers. */
export type Operation = {
  readonly summary: string;
  /** Whose bearer token is asked for. */
  readonly security: 'device' | 'administrator' | 'metrics' | 'deviceOrAdministrator' | 'none';
  /** Where the route judges less than the protocol says, or reads bytes: a media type. */
  readonly body?: TSchema | string;
  /** JSON, or a media type. */
  readonly answer?: TSchema | string;
  /** 200 when absent. */
  readonly status?: number;
};

const BYTES = 'application/octet-stream';
const Status = Type.Object({ status: Type.String() });

/** By method and address, as the routes are registered. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  [`GET ${OPERATION_PATHS.health}`]: { summary: 'Alive', security: 'none', answer: Status },
  [`GET ${OPERATION_PATHS.ready}`]: {
    summary:
      'Ready: the database answers, is of this version, and no stop was asked for; 503 with the reason otherwise',
    security: 'none',
    answer: Status,
  },
  [`GET ${OPERATION_PATHS.metrics}`]: { summary: 'Metrics for Prometheus', security: 'metrics', answer: 'text/plain' },
  [`GET ${OPERATION_PATHS.api}`]: {
    summary: 'This document',
    security: 'none',
    answer: Type.Object({}, { additionalProperties: true }),
  },
  [`POST ${PATHS.enrol}`]: {
    summary: 'A one-time code makes a device of a desktop',
    security: 'none',
    answer: EnrolAnswer,
  },
  [`POST ${PATHS.enrolmentCodes}`]: {
    summary: 'A one-time code for one device of one person',
    security: 'administrator',
    answer: Type.Object({ code: Type.String(), expiresAt: Type.String() }),
    status: 201,
  },
  [`GET ${FLEET_PATH}`]: {
    summary: 'The desktops: of all ministries for the administrator and the agency, of one for its administrators',
    security: 'deviceOrAdministrator',
    answer: FleetAnswer,
  },
  [`POST ${PATHS.exchange}`]: {
    summary: 'Pushes, then pulls, all collections; an answer per pushed row',
    security: 'device',
    body: ExchangeRequest,
    answer: ExchangeAnswer,
  },
  [`POST ${PACKED_PATH}`]: {
    summary: 'The exchange as desktops speak it: rows as changes, deflated with the dictionary that the address names',
    security: 'device',
    body: BYTES,
    answer: BYTES,
  },
  [`POST ${PATHS.deviceKeys}`]: {
    summary: 'A device tells its public keys, once',
    security: 'device',
    answer: DeviceKeysAnswer,
  },
  [`GET ${PATHS.pull}`]: {
    summary: 'Standard RxDB replication: rows of one collection after a sequence',
    security: 'device',
    answer: Type.Object({ documents: Type.Array(WireDocument), checkpoint: Checkpoint }),
  },
  [`POST ${PATHS.push}`]: {
    summary: 'Standard RxDB replication: answers the masters of rows in conflict',
    security: 'device',
    body: Type.Array(PushRow),
    answer: Type.Array(WireDocument),
  },
  [`GET ${PATHS.stream}`]: {
    summary: 'Server-sent events: the sequence of the ministry, at once and whenever it grows',
    security: 'device',
    answer: 'text/event-stream',
  },
  [`POST ${FILE_PATHS.known}`]: {
    summary: 'Which of these files the endpoint has',
    security: 'device',
    answer: KnownFilesAnswer,
  },
  [`GET ${FILE_PATHS.file}`]: { summary: 'Bytes of a file, from any on (range)', security: 'device', answer: BYTES },
  [`OPTIONS ${FILE_PATHS.uploads}`]: { summary: 'What this endpoint knows of tus', security: 'device', status: 204 },
  [`POST ${FILE_PATHS.uploads}`]: {
    summary: 'Begins the upload of a file (tus), or says how far it is',
    security: 'device',
    body: TUS.mediaType,
    status: 201,
  },
  [`HEAD ${FILE_PATHS.upload}`]: { summary: 'How far an upload is (tus)', security: 'device' },
  [`PATCH ${FILE_PATHS.upload}`]: {
    summary: 'The next bytes of an upload (tus)',
    security: 'device',
    body: TUS.mediaType,
    status: 204,
  },
  [`GET ${SNAPSHOT_PATHS.latest}`]: {
    summary: 'The latest snapshot of the ministry, from any byte on; 503 while it is made',
    security: 'device',
    answer: BYTES,
  },
  [`GET ${SNAPSHOT_PATHS.byId}`]: {
    summary: 'One snapshot, from any byte on',
    security: 'device',
    answer: BYTES,
  },
  [`POST ${PARCEL_PATHS.take}`]: {
    summary: 'A part of a parcel of any device; answers what is carried back',
    security: 'device',
    body: BYTES,
    answer: ParcelOutcome,
  },
  [`POST ${PARCEL_PATHS.close}`]: {
    summary: 'Parcels whose rows went by network meanwhile',
    security: 'device',
    answer: ParcelClosed,
  },
};
