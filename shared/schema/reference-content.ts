import { type Static, type TSchema, Type } from 'typebox';
import { Line, PartialDate, Word } from './collection.ts';
import { TypeContent } from './equipment-type.ts';
import type { ReferenceKind } from './reference.ts';

/** Kinds of references that somebody keeps as lists; the others belong to papers and to the list of assets. */
export const LISTED_KINDS = [
  'equipment-type',
  'brand',
  'supplier',
  'account',
  'institution',
] as const satisfies readonly ReferenceKind[];
export type ListedKind = (typeof LISTED_KINDS)[number];

/** What a reference of kind `supplier` holds in `content`. */
export const SupplierContent = Type.Object(
  {
    /** Identifiant fiscal unique (IFU), as written on the invoice. */
    taxNumber: Type.Optional(Line(30)),
    phone: Type.Optional(Type.String({ pattern: '^01\\d{8}$' })),
  },
  { additionalProperties: false },
);
export type SupplierContent = Static<typeof SupplierContent>;

/** What a reference of kind `institution` holds: ministries merge and change names. */
export const InstitutionContent = Type.Object(
  {
    validFrom: Type.Optional(PartialDate),
    validTo: Type.Optional(PartialDate),
    /** Code of the institution that took its place. */
    replacedBy: Type.Optional(Line(40)),
  },
  { additionalProperties: false },
);
export type InstitutionContent = Static<typeof InstitutionContent>;

export const ACCOUNT_GROUPS = ['durable', 'consumable'] as const;
export type AccountGroup = (typeof ACCOUNT_GROUPS)[number];

/** What a line of the nomenclature (kind `account`) holds. */
export const AccountContent = Type.Object(
  { group: Type.Optional(Word(ACCOUNT_GROUPS)) },
  { additionalProperties: false },
);
export type AccountContent = Static<typeof AccountContent>;

/** A maker is its name and nothing else. */
const NoContent = Type.Object({}, { additionalProperties: false });

export const CONTENT_OF_KIND = {
  'equipment-type': TypeContent,
  brand: NoContent,
  supplier: SupplierContent,
  account: AccountContent,
  institution: InstitutionContent,
} as const satisfies Readonly<Record<ListedKind, TSchema>>;
