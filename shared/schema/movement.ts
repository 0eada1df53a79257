import { type Static, Type } from 'typebox';
import { ROLES } from '../domain/roles.ts';
import type { CollectionDefinition } from './collection.ts';
import { Document, Id, Instant, Line, Word } from './collection.ts';

export const MOVEMENT_KINDS = ['creation', 'update', 'status', 'merge'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

const JournalValue = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

/** One entry of the journal: who changed what, on which device, with the role held at that time. Append-only. */
export const Movement = Document({
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
