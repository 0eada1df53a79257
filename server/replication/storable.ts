import type { RefusalCode } from '#shared/protocol/refusal.ts';

/** Deeper than any document of the register; beyond it, recursion over hostile input would end the process. */
const MAX_DEPTH = 20;

/** NUL cannot be stored in `jsonb`, nor half of a surrogate pair. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this control character is the one looked for
const UNSTORABLE = /\u0000|\p{Surrogate}/u;

type Unstorable = {
  readonly field: string;
  readonly code: Extract<RefusalCode, 'text-unstorable' | 'name-unstorable' | 'number-too-large' | 'too-deep'>;
};

/**
 * What no schema says but the database insists on: finds the first value that `jsonb` would refuse or change.
 * @returns its JSON pointer and the reason, or nothing when the value can be stored as it is
 */
export function findUnstorable(value: unknown, pointer = '', depth = 0): Unstorable | undefined {
  if (typeof value === 'string') {
    return UNSTORABLE.test(value) ? { field: pointer, code: 'text-unstorable' } : undefined;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { field: pointer, code: 'number-too-large' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) return { field: pointer, code: 'too-deep' };
  for (const [key, item] of Object.entries(value)) {
    const here = `${pointer}/${escapePointer(key)}`;
    if (UNSTORABLE.test(key)) return { field: pointer, code: 'name-unstorable' };
    const found = findUnstorable(item, here, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** RFC 6901. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
