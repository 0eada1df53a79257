import { type Fields, isSame } from '#shared/merge/three-way.ts';

/**
 * The last state that both sides knew, field by field. A field that the endpoint has as this desktop sent it is known to
 * both, whoever wrote it there: an edit made after the sending is then newer than it, not in conflict with it (SPEC M2).
 */
export function commonBase(base: Fields | undefined, sent: Fields, theirs: Fields): Fields {
  const before = base ?? {};
  const fields = new Set([...Object.keys(theirs), ...Object.keys(sent), ...Object.keys(before)]);
  const common = [...fields].map((field): [string, unknown] => {
    const [b, s, t] = [own(before, field), own(sent, field), own(theirs, field)];
    if (isSame(s, t)) return [field, s];
    // Attributes are merged name by name, so their base is found in the same way.
    return [field, isRecord(s) && isRecord(t) ? commonBase(isRecord(b) ? b : {}, s, t) : b];
  });
  return Object.fromEntries(common.filter(([, value]) => value !== undefined));
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
