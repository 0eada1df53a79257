import { type Static, Type } from 'typebox';
import { ParcelReceipt } from '../parcels/parcel-body.ts';
import type { PartProblem } from '../parcels/parcel-file.ts';

/** Parcels between a desktop that has a connection and the endpoint (SPEC X3, X5). Files travel as they are: octets. */
export const PARCEL_PATHS = {
  /** One file of anybody's parcel; answered with what became of it. */
  take: '/v1/parcels',
  /** A device's own parcels whose rows all went by network: they are not to be applied any more. */
  close: '/v1/parcels/close',
} as const;

/** Largest file taken, bytes: a part of 100 MB and its head. */
export const MAX_PARCEL_FILE = 101 * 1024 * 1024;

/** Why a file is no part of a parcel that this endpoint takes. */
export type ParcelProblem =
  | PartProblem
  | 'not-a-parcel'
  | 'unknown-device'
  /** Signed with another key than the device's. */
  | 'other-key'
  | 'sealed-to-another'
  /** Bytes that are not those of the file they are said to be of (SPEC F2). */
  | 'wrong-bytes'
  /** No row that the endpoint has describes the file. */
  | 'not-described'
  /** Another parcel of this number was applied: the desktop's register was restored from a backup. */
  | 'number-taken';

/** What became of a file. `answer`: files for the device, to be carried back to it. */
export const ParcelOutcome = Type.Object({
  state: Type.Union([
    Type.Literal('refused'),
    /** Other parts of it are missing. */
    Type.Literal('incomplete'),
    /** An earlier parcel of the device is missing. */
    Type.Literal('waiting'),
    Type.Literal('applied'),
  ]),
  problem: Type.Optional(Type.String({ maxLength: 40 })),
  /** Numbers of the parts, or of the parcel, that are missing. */
  missing: Type.Optional(Type.Array(Type.Integer())),
  answer: Type.Optional(Type.Array(Type.Object({ name: Type.String({ maxLength: 200 }), base64: Type.String() }))),
});
export type ParcelOutcome = Static<typeof ParcelOutcome>;

export const ParcelClosing = Type.Object(
  {
    parcels: Type.Array(
      Type.Object(
        { number: Type.Integer({ minimum: 1 }), sha256: Type.String({ minLength: 43, maxLength: 43 }) },
        { additionalProperties: false },
      ),
      { maxItems: 1000 },
    ),
  },
  { additionalProperties: false },
);
export type ParcelClosing = Static<typeof ParcelClosing>;

/** Of each parcel asked about: the answers to its rows where it was applied before, none where it was closed now. */
export const ParcelClosed = Type.Object({ receipts: Type.Array(ParcelReceipt) });
