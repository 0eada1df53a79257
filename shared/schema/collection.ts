import { type Static, type TObject, type TProperties, Type } from 'typebox';

/** One replicated collection: its document shape and what RxDB, the store and the endpoint must know of it. */
export type CollectionDefinition<Document extends TObject = TObject> = {
  readonly name: string;
  /** Raised with every change of shape; RxDB and the exchange both carry it. */
  readonly version: number;
  readonly document: Document;
  /** Field paths of secondary indexes, each a list; the primary key `id` is implied at their end. */
  readonly indexes: readonly (readonly string[])[];
  /** True for the journal and its like: a row is written once and never changed (SPEC J1). */
  readonly appendOnly: boolean;
  /** True where a row may be deleted. Assets never are: they leave through the lifecycle (SPEC A3). */
  readonly deletable: boolean;
};

/** UUIDv7, made offline. Lower case, 36 characters. */
export const Id = Type.String({ minLength: 36, maxLength: 36, pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
/** Instant in UTC as written by the device: `2026-11-23T10:26:00.000Z`. Declared, never used for ordering. */
export const Instant = Type.String({
  minLength: 24,
  maxLength: 24,
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
});
/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an unknown date is an absent field. */
export const PartialDate = Type.String({ maxLength: 10, pattern: '^\\d{4}(-\\d\\d(-\\d\\d)?)?$' });
/** Integer F CFA; an unknown amount is an absent field. */
/** The highest amount that a record takes, in F CFA. */
export const MAX_FRANCS = 999_999_999_999;
export const Francs = Type.Integer({ minimum: 0, maximum: MAX_FRANCS });

/** A line of text: 1 to `maxLength` characters (UTF-16 code units). */
export function Line(maxLength: number) {
  return Type.String({ minLength: 1, maxLength });
}

/** One of some words. The longest gives the `maxLength` that RxDB asks of an indexed string. */
export function Word<const Words extends readonly [string, ...string[]]>(words: Words) {
  const maxLength = Math.max(...words.map((word) => word.length));
  return Type.Unsafe<Words[number]>(Type.String({ enum: [...words], maxLength }));
}

/** A document: `id` and `ministryId` come first in every collection, unknown fields are refused. */
export function Document<Properties extends TProperties>(properties: Properties) {
  return Type.Object({ id: Id, ministryId: Id, ...properties }, { additionalProperties: false });
}

export type DocumentOf<Definition extends CollectionDefinition> = Static<Definition['document']>;
