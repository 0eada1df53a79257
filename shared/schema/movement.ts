import { type Static, Type } from 'typebox';
import { ACT_NAMES } from '../domain/lifecycle.ts';
import { ROLES } from '../domain/roles.ts';
import type { CollectionDefinition } from './collection.ts';
import { Document, Francs, Id, Instant, Line, PartialDate, Word } from './collection.ts';

/** `status` is the plain change of status of the first version; `review` is a decision (SPEC V4). */
export const MOVEMENT_KINDS = ['creation', 'update', 'status', 'merge', 'act', 'undo', 'review'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

const JournalValue = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

/** An intervention on an asset: what failed, what was found, what was done. */
export const Repair = Type.Object(
  {
    fault: Type.Optional(Line(1000)),
    diagnosis: Type.Optional(Line(1000)),
    work: Type.Optional(Line(1000)),
    parts: Type.Optional(Line(1000)),
    cost: Type.Optional(Francs),
    provider: Type.Optional(Line(150)),
    nextDate: Type.Optional(PartialDate),
  },
  { additionalProperties: false },
);
export type Repair = Static<typeof Repair>;

/** One entry of the journal: who changed what, on which device, with the role held at that time. Append-only. */
export const Movement = Document({
  /** The asset; of a decision about another row, that row. */
  assetId: Id,
  kind: Word(MOVEMENT_KINDS),
  /** The device's clock when the act was done. */
  declaredAt: Instant,
  author: Type.Object({ personId: Id, name: Line(150), role: Word(ROLES) }, { additionalProperties: false }),
  deviceId: Id,
  /** Position in this device's journal, from 1 without a gap. */
  deviceSequence: Type.Integer({ minimum: 1 }),
  changes: Type.Array(
    Type.Object({ field: Line(60), from: JournalValue, to: JournalValue }, { additionalProperties: false }),
  ),
  reason: Type.Optional(Line(1000)),
  documentNumber: Type.Optional(Line(100)),
  /** What was done, for entries of kind `act` and for creations made together. */
  act: Type.Optional(Word(ACT_NAMES)),
  /** Groups the entries of one act on several assets: one act, one paper. */
  actId: Type.Optional(Id),
  /** The entry that this one takes back. */
  undoes: Type.Optional(Id),
  /** The review that was decided, or reopened. */
  reviewId: Type.Optional(Id),
  /** Of a consumable: what came in, or, below 0, went out. Its stock is the sum (SPEC A10). */
  quantity: Type.Optional(Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 })),
  /** What a repair was about; the cost in F CFA. */
  repair: Type.Optional(Repair),
  /** Groups the entries of one import, so that it can be found again as a whole. */
  importId: Type.Optional(Id),
  /** Ties the entry to the one before it in this device's journal (SPEC J5). Absent in entries of the first version. */
  chain: Type.Optional(
    Type.Object(
      {
        /** SHA-256 of the entry before, base64url; absent in the first one. */
        previous: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
        /** Ed25519 public key of the device, base64url; in the first signed entry only. */
        key: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
        /** Ed25519 over the entry without this field (`canonicalEntry`), base64url. */
        signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
      },
      { additionalProperties: false },
    ),
  ),
});
export type Movement = Static<typeof Movement>;

export const movements = {
  name: 'movements',
  version: 0,
  document: Movement,
  indexes: [['assetId', 'declaredAt'], ['declaredAt']],
  appendOnly: true,
  deletable: false,
} as const satisfies CollectionDefinition;
