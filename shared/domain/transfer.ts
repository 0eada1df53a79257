import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { assetFields } from '../schema/asset.ts';
import { Id, Instant, Line } from '../schema/collection.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * What one institution hands to another travels as a file beside the paper: the sender's records, and back the receiver's
 * receipt. Neither side needs a network, and neither reads the other's register (SPEC A13).
 */

/** Fields that go along. Where the asset is, who holds it and what it is tied to stay with the sender. */
export const TRAVELLING_FIELDS = [
  'typeCode',
  'designation',
  'brand',
  'model',
  'serialNumber',
  'serialAbsenceReason',
  'physicalState',
  'acquisitionDate',
  'commissioningDate',
  'acquisitionValue',
  'supplier',
  'warrantyEnd',
  'fundingSource',
  'procurementReference',
  'invoiceReference',
  'receptionReference',
  'lifetimeMonths',
  'notes',
  'attributes',
] as const satisfies readonly (keyof typeof assetFields)[];

const Institution = Type.Object({ id: Id, name: Line(200) }, { additionalProperties: false });

/** Ed25519 of the device over the rest of the file, and its public key, base64url. */
const Seal = Type.Object(
  {
    key: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
  },
  { additionalProperties: false },
);

const TransferAsset = Type.Object(
  {
    id: Id,
    reference: Line(40),
    inventoryNumber: assetFields.inventoryNumber,
    ...Type.Pick(Type.Object(assetFields), TRAVELLING_FIELDS).properties,
  },
  { additionalProperties: false },
);
export type TransferAsset = Static<typeof TransferAsset>;

export const Transfer = Type.Object(
  {
    format: Type.Literal('registre-transfer'),
    version: Type.Literal(1),
    /** The act of the sender's journal. */
    id: Id,
    from: Institution,
    /** As the sender named it. */
    to: Line(200),
    documentNumber: Line(100),
    reason: Type.Optional(Line(1000)),
    sentAt: Instant,
    sentBy: Line(150),
    assets: Type.Array(TransferAsset, { minItems: 1, maxItems: 500 }),
    seal: Seal,
  },
  { additionalProperties: false },
);
export type Transfer = Static<typeof Transfer>;

export const TransferReceipt = Type.Object(
  {
    format: Type.Literal('registre-transfer-receipt'),
    version: Type.Literal(1),
    transferId: Id,
    /** The sender, as its file named it. */
    to: Institution,
    from: Institution,
    documentNumber: Line(100),
    receivedAt: Instant,
    receivedBy: Line(150),
    assets: Type.Array(
      Type.Object({ id: Id, reference: Line(40), newReference: Line(40) }, { additionalProperties: false }),
      {
        minItems: 1,
        maxItems: 500,
      },
    ),
    seal: Seal,
  },
  { additionalProperties: false },
);
export type TransferReceipt = Static<typeof TransferReceipt>;

/** Why a file is neither. */
export type TransferFileProblem = 'not-a-transfer' | 'newer-version' | 'altered';

/** What the seal is over. */
export function sealedText({ seal: _seal, ...rest }: Transfer | TransferReceipt): string {
  return canonicalJson(rest);
}

/** Reads a file that somebody brought. `verify` tells whether a signature is that of the key over the text. */
export function readTransferFile(
  text: string,
  verify: (key: string, text: string, signature: string) => boolean,
): { readonly file: Transfer | TransferReceipt } | { readonly problem: TransferFileProblem } {
  const value = parse(text);
  if (isNewer(value)) return { problem: 'newer-version' };
  if (!Value.Check(Transfer, value) && !Value.Check(TransferReceipt, value)) return { problem: 'not-a-transfer' };
  const { key, signature } = value.seal;
  return verify(key, sealedText(value), signature) ? { file: value } : { problem: 'altered' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Newer = Type.Object({
  format: Type.Union([Type.Literal('registre-transfer'), Type.Literal('registre-transfer-receipt')]),
  version: Type.Integer({ minimum: 2 }),
});

function isNewer(value: unknown): boolean {
  return Value.Check(Newer, value);
}
