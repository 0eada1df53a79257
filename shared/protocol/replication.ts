import { type Static, Type } from 'typebox';
import { ROLES } from '../domain/roles.ts';
import { Id, Line, Word } from '../schema/collection.ts';
import { PublicKeys } from './keys.ts';

/**
 * The boundary between a desktop and the endpoint: JSON over HTTPS, compressed both ways (SPEC S1…).
 * Fastify validates with these schemas; a test pins their hash to PROTOCOL_VERSION.
 */
export const PROTOCOL_VERSION = 2;

/** The oldest version that an endpoint takes rows from; which ones it gives rows to is its configuration (SPEC S18). */
export const OLDEST_PROTOCOL = 1;

/** Largest page of a pull and largest batch of a push, in rows. */
export const MAX_ROWS = 1000;

export const PATHS = {
  health: '/healthz',
  enrol: '/v1/enrol',
  /** A device that was enrolled before there were keys tells its own and gets the endpoint's. */
  deviceKeys: '/v1/device/keys',
  exchange: '/v1/exchange',
  /** Server-sent events that wake clients. */
  stream: '/v1/stream',
  /** Standard RxDB HTTP replication, per collection. */
  pull: '/v1/collections/:collection/pull',
  push: '/v1/collections/:collection/push',
  enrolmentCodes: '/v1/admin/enrolment-codes',
} as const;

/** A document on the wire: any collection's shape, plus RxDB's deletion mark. Its own schema is checked row by row. */
export const WireDocument = Type.Object({ id: Line(100), _deleted: Type.Boolean() }, { additionalProperties: true });
export type WireDocument = { readonly id: string; readonly _deleted: boolean } & Readonly<Record<string, unknown>>;

/** Sequence of the ministry, given in commit order. A pull answers what came after it. 0 asks for everything. */
export const Checkpoint = Type.Object({ seq: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });
export type Checkpoint = Static<typeof Checkpoint>;

/** RxDB's push row: the state the client wants and the master state it believes in (absent for a new document). */
export const PushRow = Type.Object(
  { newDocumentState: WireDocument, assumedMasterState: Type.Optional(WireDocument) },
  { additionalProperties: false },
);
export type PushRow = { readonly newDocumentState: WireDocument; readonly assumedMasterState?: WireDocument };

/** How this desktop stands, for the agency's view of its fleet: sent when it changed. No row, no name. */
export const ClientReport = Type.Object(
  {
    /** Of the program. */
    version: Line(40),
    waiting: Type.Integer({ minimum: 0 }),
    refused: Type.Integer({ minimum: 0 }),
    /** Milliseconds by which the desktop's clock is ahead of the endpoint's (SPEC S17); absent before the first answer. */
    clock: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
);
export type ClientReport = Static<typeof ClientReport>;

/** An epoch and the last sequence that it took over from the one before (SPEC S19). */
export const Epoch = Type.Object({ number: Type.Integer({ minimum: 1 }), seq: Type.Integer({ minimum: 0 }) });
export type Epoch = Static<typeof Epoch>;

export const ExchangeRequest = Type.Object(
  {
    protocol: Type.Integer({ minimum: 1 }),
    checkpoint: Checkpoint,
    /** Most rows wanted back. */
    limit: Type.Integer({ minimum: 1, maximum: MAX_ROWS }),
    push: Type.Array(Type.Object({ collection: Line(40), row: PushRow }, { additionalProperties: false }), {
      maxItems: MAX_ROWS,
    }),
    /** Of a push, and the same when it is repeated: the endpoint answers it the same and writes nothing (SPEC S11). */
    exchange: Type.Optional(Id),
    /** Id of a push that was cut: nothing is pushed, its answers are asked for. If it is not known, it is over (SPEC S11). */
    settle: Type.Optional(Id),
    /** The epoch of the checkpoint and of every sequence the desktop knows (SPEC S19); the first one when absent. */
    epoch: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Most bytes of documents wanted back: what the link carries in about ten seconds (SPEC S14). */
    maxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    client: Type.Optional(ClientReport),
  },
  { additionalProperties: false },
);
export type ExchangeRequest = {
  readonly protocol: number;
  readonly checkpoint: Checkpoint;
  readonly limit: number;
  readonly exchange?: string;
  readonly settle?: string;
  readonly epoch?: number;
  readonly maxBytes?: number;
  readonly client?: ClientReport;
  readonly push: readonly { readonly collection: string; readonly row: PushRow }[];
};

/** The answer to one pushed row, in the order of the request. Every row gets one (SPEC S4). */
export const RowAnswer = Type.Union([
  Type.Object({ outcome: Type.Literal('accepted'), seq: Type.Integer({ minimum: 0 }) }),
  Type.Object({ outcome: Type.Literal('conflict'), master: WireDocument, seq: Type.Integer({ minimum: 0 }) }),
  Type.Object({ outcome: Type.Literal('refused'), reason: Type.String(), field: Type.Optional(Type.String()) }),
]);
export type RowAnswer =
  | { readonly outcome: 'accepted'; readonly seq: number }
  | { readonly outcome: 'conflict'; readonly master: WireDocument; readonly seq: number }
  | { readonly outcome: 'refused'; readonly reason: string; readonly field?: string };

/**
 * Checked by the desktop before a byte of it is applied; a newer endpoint may add fields. Rows accepted from this request
 * are not among `documents`: the checkpoint covers them (SPEC S2).
 */
export const ExchangeAnswer = Type.Object({
  protocol: Type.Integer({ minimum: 1 }),
  answers: Type.Array(RowAnswer),
  documents: Type.Array(
    Type.Object({ collection: Type.String(), seq: Type.Integer({ minimum: 1 }), document: WireDocument }),
  ),
  checkpoint: Checkpoint,
  /** True when the limit cut the answer: ask again at once. */
  more: Type.Boolean(),
  /** Instant of the endpoint, for the receipt and for measuring skew. */
  time: Type.String({ maxLength: 40 }),
  /** Only where the request named another one: nothing was pushed or pulled, go back to its sequence and ask again. */
  epoch: Type.Optional(Epoch),
  /** The endpoint takes this program's pushes but pulls for newer ones only (SPEC S18). */
  mustUpdate: Type.Optional(Type.Boolean()),
  /** Nothing of the push that was asked about, or that comes too late, was taken, nor ever will be (SPEC S11). */
  untaken: Type.Optional(Type.Boolean()),
});
export type ExchangeAnswer = {
  readonly protocol: number;
  readonly answers: readonly RowAnswer[];
  readonly documents: readonly { readonly collection: string; readonly seq: number; readonly document: WireDocument }[];
  readonly checkpoint: Checkpoint;
  readonly more: boolean;
  readonly time: string;
  readonly epoch?: Epoch;
  readonly mustUpdate?: boolean;
  readonly untaken?: boolean;
};

/** RxDB's pull answer. */
export type PullAnswer = { readonly documents: readonly WireDocument[]; readonly checkpoint: Checkpoint };

/** What the stream says: something new is there up to this sequence. The rows themselves come by exchange. */
export type StreamEvent = { readonly seq: number };

export const EnrolRequest = Type.Object(
  {
    protocol: Type.Integer({ minimum: 1 }),
    code: Line(40),
    deviceName: Line(100),
    /** 32 bytes of chance, base64url. The same code and secret within 24 hours get the same answer: the first was lost. */
    secret: Type.Optional(Type.String({ minLength: 43, maxLength: 43, pattern: '^[A-Za-z0-9_-]{43}$' })),
    /** The device's: what it signs and what is sealed to it by a file is known from here on (SPEC X1). */
    keys: Type.Optional(PublicKeys),
  },
  { additionalProperties: false },
);
export type EnrolRequest = Static<typeof EnrolRequest>;

export const EnrolAnswer = Type.Object({
  /** Bearer token; the endpoint keeps only its hash. */
  token: Type.String({ minLength: 40, maxLength: 100 }),
  ministry: Type.Object({ id: Id, acronym: Line(20), name: Line(200) }),
  person: Type.Object({ id: Id, name: Line(150), role: Word(ROLES) }),
  device: Type.Object({
    id: Id,
    code: Type.String({ minLength: 2, maxLength: 4, pattern: '^[0-9A-Z]+$' }),
    name: Line(100),
  }),
  /** The endpoint's, for files that travel by hand. Absent from an endpoint that takes none. */
  endpointKeys: Type.Optional(PublicKeys),
});
export type EnrolAnswer = Static<typeof EnrolAnswer>;

export const EnrolmentCodeRequest = Type.Object(
  {
    /** Acronym or id of a ministry. */
    ministry: Line(40),
    person: Type.Object({ name: Line(150), role: Word(ROLES) }, { additionalProperties: false }),
    note: Type.Optional(Line(200)),
  },
  { additionalProperties: false },
);
export type EnrolmentCodeRequest = Static<typeof EnrolmentCodeRequest>;
export type EnrolmentCodeAnswer = { readonly code: string; readonly expiresAt: string };

/** Every refusal of the endpoint: HTTP status ≥ 400 with this body. `field` is a JSON pointer into the request. */
export type ErrorAnswer = { readonly code: string; readonly message: string; readonly field?: string };
