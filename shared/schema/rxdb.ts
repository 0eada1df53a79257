import type { CollectionDefinition } from './collection.ts';

/** The JSON schema that RxDB wants for a collection (`RxJsonSchema`), as plain data: `shared` holds no RxDB value. */
export type RxCollectionSchema = {
  readonly title: string;
  readonly version: number;
  readonly primaryKey: 'id';
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
  readonly indexes: readonly (readonly string[])[];
};

/** @see https://rxdb.info/rx-schema.html */
export function toRxSchema(definition: CollectionDefinition): RxCollectionSchema {
  // TypeBox schemas are JSON schemas; the round trip drops its non-enumerable marks and makes a copy RxDB may fill in.
  const document: { properties: Record<string, object>; required?: string[] } = JSON.parse(
    JSON.stringify(definition.document),
  );
  return {
    title: definition.name,
    version: definition.version,
    primaryKey: 'id',
    type: 'object',
    properties: document.properties,
    required: document.required ?? [],
    additionalProperties: false,
    indexes: definition.indexes,
  };
}
