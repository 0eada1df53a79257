import { readTypeContent } from '#shared/domain/equipment-types.ts';
import type { TypeContent } from '#shared/schema/equipment-type.ts';
import type { Register } from '../register.ts';

/** What an equipment type says of its assets; undefined for one that this desktop does not have. */
export function readType(register: Register, code: string): TypeContent | undefined {
  const references = register.table('references');
  const body = register.connection.value<string>(
    `SELECT body FROM ${references.tableName}
      WHERE deleted = 0 AND ${references.column('kind')} = 'equipment-type' AND body->>'$.code' = ?`,
    [code],
  );
  if (body === undefined) return undefined;
  // Read as whatever it is just below.
  const { content } = JSON.parse(body) as { readonly content?: unknown };
  return readTypeContent(content);
}
