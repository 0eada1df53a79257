import { readTypeContent } from '#shared/domain/equipment-types.ts';
import type { ReferenceProblem } from '#shared/domain/reference-data.ts';
import type { Reference } from '#shared/schema/reference.ts';
import type { Register } from '../register.ts';

/**
 * SPEC R4: what assets hold keeps its meaning. Once assets of a type have a characteristic, it keeps its key and its kind;
 * once there are any, the type keeps its nature.
 */
export function findUseProblem(register: Register, before: Reference, after: Reference): ReferenceProblem | undefined {
  const [old, next] = [readTypeContent(before.content), readTypeContent(after.content)];
  if (old.nature !== next.nature && isUsed(register, before.code)) return { field: 'nature', problem: 'nature-in-use' };
  const kept = new Map([...next.attributes, ...(next.retired ?? [])].map((attribute) => [attribute.key, attribute]));
  for (const { key, kind, label } of [...old.attributes, ...(old.retired ?? [])]) {
    const now = kept.get(key);
    if (now?.kind === kind || !isUsed(register, before.code, key)) continue;
    return {
      field: 'attributes',
      problem: now ? 'attribute-kind-in-use' : 'attribute-in-use',
      detail: label,
    };
  }
  return undefined;
}

function isUsed(register: Register, typeCode: string, attribute?: string): boolean {
  const assets = register.table('assets');
  const type = `${assets.column('typeCode')} = ?`;
  const found = register.connection.get<{ found: number }>(
    attribute === undefined
      ? `SELECT 1 AS found FROM ${assets.tableName} WHERE deleted = 0 AND ${type} LIMIT 1`
      : `SELECT 1 AS found FROM ${assets.tableName}
          WHERE deleted = 0 AND ${type} AND json_extract(body, '$.attributes.' || ?) IS NOT NULL LIMIT 1`,
    attribute === undefined ? [typeCode] : [typeCode, attribute],
  );
  return found !== undefined;
}
