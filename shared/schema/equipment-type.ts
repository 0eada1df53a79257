import { type Static, Type } from 'typebox';
import { NATURES } from './asset.ts';
import { Line, Word } from './collection.ts';

export const ATTRIBUTE_KINDS = ['text', 'number', 'boolean', 'date', 'choice'] as const;
export type AttributeKind = (typeof ATTRIBUTE_KINDS)[number];

/** One characteristic that the assets of a type have. `key` names it in `attributes` of an asset, for ever. */
export const AttributeDefinition = Type.Object(
  {
    key: Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }),
    label: Line(80),
    kind: Word(ATTRIBUTE_KINDS),
    /** Printed after a number. */
    unit: Type.Optional(Line(20)),
    /** Of a choice. */
    choices: Type.Optional(Type.Array(Line(80), { minItems: 1, maxItems: 50, uniqueItems: true })),
    isRequired: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type AttributeDefinition = Static<typeof AttributeDefinition>;

/** What a reference of kind `equipment-type` holds in `content`; an absent one is hardware without characteristics. */
export const TypeContent = Type.Object(
  {
    nature: Word(NATURES),
    /** Keeps data of its own: leaves the State's hands only wiped. */
    storesData: Type.Optional(Type.Boolean()),
    /** Default of the assets of this type; empty unless an administrator gave one. */
    lifetimeMonths: Type.Optional(Type.Integer({ minimum: 1, maximum: 1200 })),
    attributes: Type.Array(AttributeDefinition, { maxItems: 60 }),
    /** No longer asked for, kept so that the values that assets have of them keep a name. */
    retired: Type.Optional(Type.Array(AttributeDefinition, { maxItems: 60 })),
  },
  { additionalProperties: false },
);
export type TypeContent = Static<typeof TypeContent>;
