import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Id, Line, Word } from '../schema/collection.ts';
import { AssetFilter, AssetSort, GROUP_FIELDS } from './asset-list.ts';

/** The part of the data port that is about saved views of the list; `data-port.ts` takes it in. */

/** Columns that a list may show, in the order in which they are offered. */
export const LIST_COLUMNS = [
  'reference',
  'inventoryNumber',
  'designation',
  'nature',
  'typeCode',
  'brand',
  'model',
  'serialNumber',
  'status',
  'physicalState',
  'structureId',
  'siteId',
  'room',
  'holderName',
  'acquisitionDate',
  'acquisitionValue',
  'supplier',
  'end',
  'returnDate',
  'updatedAt',
] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

const view = {
  /** Structures and sites stand for all that is below them. */
  filter: AssetFilter,
  sort: Type.Optional(AssetSort),
  /** In their order; none: those that a list has by itself. */
  columns: Type.Optional(Type.Array(Word(LIST_COLUMNS), { minItems: 1, maxItems: 20, uniqueItems: true })),
  groupBy: Type.Optional(Word(GROUP_FIELDS)),
} as const;

/** A list as somebody likes it. */
export const ListSettings = Type.Object(view, { additionalProperties: false });
export type ListSettings = Static<typeof ListSettings>;

/** What a reference of kind `saved-view` holds in `content`. */
export const ViewContent = Type.Object(
  { ...view, author: Type.Object({ id: Id, name: Line(150) }, { additionalProperties: false }) },
  { additionalProperties: false },
);
export type ViewContent = Static<typeof ViewContent>;

/** Undefined where a newer program wrote it. */
export function readViewContent(content: unknown): ViewContent | undefined {
  return Value.Check(ViewContent, content) ? content : undefined;
}

export const VIEW_COMMANDS = {
  /** Keeps a view under a name for the whole ministry; with an id, in the place of that one. */
  saveView: Type.Object(
    { id: Type.Optional(Id), label: Line(80), settings: ListSettings },
    { additionalProperties: false },
  ),
  removeView: Type.Object({ id: Id }, { additionalProperties: false }),
} as const;

export type ViewCommandOutput = {
  saveView: { readonly id: string };
  removeView: null;
};
