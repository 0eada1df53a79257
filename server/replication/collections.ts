import { Compile } from 'typebox/compile';
import type { CollectionDefinition } from '#shared/schema/collection.ts';
import type { ErrorSource } from '../validation.ts';

/** A collection as the endpoint serves it. The register's all have `id`; another program's may differ. */
export type ServedCollection = CollectionDefinition & {
  /** Field that holds the primary key; `id` when absent. */
  readonly primaryKey?: string;
};

/** A collection with its schema compiled once. */
export type Collection = {
  readonly name: string;
  readonly primaryKey: string;
  readonly isAppendOnly: boolean;
  readonly isDeletable: boolean;
  /** True where documents name their ministry: it must be the device's (SPEC S6). */
  readonly hasMinistry: boolean;
  /** True for a journal: its rows name the device that wrote them, and no other may. */
  readonly hasAuthorDevice: boolean;
  /** Judges a document without `_deleted`. */
  readonly schema: ErrorSource;
};

export type Collections = ReadonlyMap<string, Collection>;

export function compileCollections(definitions: readonly ServedCollection[]): Collections {
  return new Map(definitions.map((definition) => [definition.name, compileCollection(definition)]));
}

function compileCollection(definition: ServedCollection): Collection {
  const { properties } = definition.document;
  return {
    name: definition.name,
    primaryKey: definition.primaryKey ?? 'id',
    isAppendOnly: definition.appendOnly,
    isDeletable: definition.deletable,
    hasMinistry: 'ministryId' in properties,
    hasAuthorDevice: definition.appendOnly && 'deviceId' in properties,
    schema: Compile(definition.document),
  };
}
