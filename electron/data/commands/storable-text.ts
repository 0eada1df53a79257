import { AppError } from '#shared/domain/errors.ts';

/** NUL and half of a surrogate pair: the endpoint's database takes neither, and a journal entry cannot be mended later. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this control character is the one looked for
const UNSTORABLE = /\u0000|\p{Surrogate}/u;

/** The first field with a character that cannot be stored; attributes as `attributes.name`. */
export function findUnstorableText(fields: Readonly<Record<string, unknown>>, prefix = ''): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' && UNSTORABLE.test(value)) return `${prefix}${name}`;
    const inner =
      typeof value === 'object' && value !== null ? findUnstorableText({ ...value }, `${name}.`) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/** Throws `COMMAND_INVALID` with the field. */
export function requireStorableText(fields: Readonly<Record<string, unknown>>): void {
  const field = findUnstorableText(fields);
  if (!field) return;
  throw new AppError('COMMAND_INVALID', 'A text holds a character that cannot be stored', {
    details: { field, problem: 'unstorable-character' },
  });
}
