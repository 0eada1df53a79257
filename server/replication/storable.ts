/** Deeper than any document of the register; beyond it, recursion over hostile input would end the process. */
const MAX_DEPTH = 20;

/** NUL cannot be stored in `jsonb`, nor half of a surrogate pair. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this control character is the one looked for
const UNSTORABLE = /\u0000|\p{Surrogate}/u;

/**
 * What no schema says but the database insists on: finds the first value that `jsonb` would refuse or change.
 * @returns its JSON pointer and the reason, or nothing when the value can be stored as it is
 */
export function findUnstorable(value: unknown, pointer = '', depth = 0): { field: string; reason: string } | undefined {
  if (typeof value === 'string') {
    return UNSTORABLE.test(value)
      ? { field: pointer, reason: 'text holds a character that cannot be stored' }
      : undefined;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { field: pointer, reason: 'number is too large' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) return { field: pointer, reason: 'value is nested too deeply' };
  for (const [key, item] of Object.entries(value)) {
    const here = `${pointer}/${escapePointer(key)}`;
    if (UNSTORABLE.test(key)) return { field: pointer, reason: 'name holds a character that cannot be stored' };
    const found = findUnstorable(item, here, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** RFC 6901. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
