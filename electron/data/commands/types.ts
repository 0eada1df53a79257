import { type KeepsData, keepsData, readTypeContent } from '#shared/domain/equipment-types.ts';
import type { TypeContent } from '#shared/schema/equipment-type.ts';
import type { Register } from '../register.ts';

/** What an equipment type says of its assets; undefined for one that this desktop does not have. */
export function readType(register: Register, code: string): TypeContent | undefined {
  const found = findContent(register, code);
  return found && readTypeContent(found.content);
}

/** Whether assets of a type keep data, by the lists of the register. */
export function dataKeepers(register: Register): KeepsData {
  return (code) => keepsData(code, findContent(register, code)?.content);
}

function findContent(register: Register, code: string): { readonly content?: unknown } | undefined {
  const references = register.table('references');
  const body = register.connection.value<string>(
    `SELECT body FROM ${references.tableName}
      WHERE deleted = 0 AND ${references.column('kind')} = 'equipment-type' AND body->>'$.code' = ?`,
    [code],
  );
  if (body === undefined) return undefined;
  // Read as whatever it is by the caller.
  return JSON.parse(body) as { readonly content?: unknown };
}
