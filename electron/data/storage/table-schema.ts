import {
  fillWithDefaultSettings,
  getPrimaryFieldOfPrimaryKey,
  getSchemaByObjectPath,
  getStringLengthOfIndexNumber,
  type RxDocumentData,
  type RxJsonSchema,
} from 'rxdb';
import { AppError } from '#shared/domain/errors.ts';
import type { ScalarField } from './scalar-field.ts';

/** A document as stored: its fields, and RxDB's `_rev`, `_deleted`, `_meta`, `_attachments`. */
export type StoredDocument = RxDocumentData<Record<string, unknown>>;
/** A schema as RxDB completes it: with the fields above and `_deleted` leading every index. */
export type FilledSchema = RxJsonSchema<StoredDocument>;
/** A schema as the program writes it (`toRxSchema`), or as RxDB completed it. */
export type DocumentSchema = {
  readonly version: number;
  readonly primaryKey: unknown;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly indexes?: readonly (string | readonly string[])[];
};

/** Fields that have a column of their own. */
const COLUMNS: Readonly<Record<string, string>> = { _deleted: 'deleted', '_meta.lwt': 'lwt' };
const SAFE_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SCALARS: readonly string[] = ['string', 'number', 'integer', 'boolean'];

type SchemaPart = {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly maxLength?: number;
};

/** What a document table knows of its collection's schema: key, indexes, and the fields SQL can work with. */
export class TableSchema {
  readonly filled: FilledSchema;
  readonly primaryPath: string;
  readonly indexes: readonly (readonly string[])[];
  readonly fields: ReadonlyMap<string, ScalarField>;

  /** @throws AppError STORE_ATTACHMENTS_UNSUPPORTED (SPEC D4) */
  constructor(schema: DocumentSchema) {
    if ('attachments' in schema && schema.attachments) throw attachmentsUnsupported();
    this.filled = fill(schema);
    this.primaryPath = getPrimaryFieldOfPrimaryKey(this.filled.primaryKey);
    // RxDB completes every index to a list of paths.
    this.indexes = (this.filled.indexes ?? []) as readonly (readonly string[])[];
    this.fields = this.#collectFields();
  }

  get version(): number {
    return this.filled.version;
  }

  /**
   * The SQL expression of a field, as the indexes have it.
   * @throws AppError INTERNAL for a path SQL cannot name
   */
  column(path: string): string {
    const own = path === this.primaryPath ? 'id' : COLUMNS[path];
    if (own) return own;
    if (!path.split('.').every(isSafeKey))
      throw new AppError('INTERNAL', 'This field has no SQL form', { details: { path } });
    return `body->>'$.${path}'`;
  }

  #collectFields(): ReadonlyMap<string, ScalarField> {
    const fields = new Map<string, ScalarField>();
    const indexed = new Set(this.indexes.flat());
    const visit = (part: SchemaPart, keys: readonly string[]): void => {
      for (const [key, child] of Object.entries(part.properties ?? {})) {
        if (!isSafeKey(key)) continue;
        const path = [...keys, key];
        if (child.type === 'object') visit(child, path);
        else if (SCALARS.includes(String(child.type)) && !Array.isArray(child.type)) {
          fields.set(path.join('.'), this.#field(path, child, indexed));
        }
      }
    };
    // RxDB's type of a schema is deeper than what is read of it here.
    visit(this.filled as SchemaPart, []);
    return fields;
  }

  #field(keys: readonly string[], part: SchemaPart, indexed: ReadonlySet<string>): ScalarField {
    const path = keys.join('.');
    // Checked against SCALARS by the caller.
    const type = part.type as ScalarField['type'];
    const field = { path, keys, type, sql: this.column(path) };
    return indexed.has(path) ? { ...field, index: this.#indexKind(path, type, part) } : field;
  }

  #indexKind(path: string, type: ScalarField['type'], part: SchemaPart): NonNullable<ScalarField['index']> {
    if (type === 'boolean') return 'boolean';
    if (type === 'string') return { maxLength: part.maxLength ?? 0 };
    const { minimum, maximum, multiplier } = getStringLengthOfIndexNumber(getSchemaByObjectPath(this.filled, path));
    return { minimum, maximum, multiplier };
  }
}

export function attachmentsUnsupported(): AppError {
  return new AppError('STORE_ATTACHMENTS_UNSUPPORTED', 'Files travel apart: a document has no attachments', {
    action: 'contact',
  });
}

/** The prototype's names would be found on every object by RxDB's reader of paths. */
function isSafeKey(key: string): boolean {
  return SAFE_KEY.test(key) && !(key in Object.prototype);
}

function fill(schema: DocumentSchema): FilledSchema {
  // The two are one JSON document; RxDB's type also follows the documents' type, which only the caller knows.
  const given = schema as unknown as FilledSchema;
  return '_meta' in schema.properties
    ? given
    : fillWithDefaultSettings(given as unknown as RxJsonSchema<Record<string, unknown>>);
}
