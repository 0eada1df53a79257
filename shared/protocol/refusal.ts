/**
 * Every reason for which a pushed row is refused (SPEC S4, S8). The text travels, so that a program that does not know a
 * reason can still show it; a program that does reads the code back and says it in the words of the trade. `{name}` stands
 * for one word, `{rest}` for anything. What begins alike stands with the narrower one first.
 */
export const REFUSAL_REASONS = {
  'role-creates': 'role {role} may not create assets',
  'role-status': 'role {role} may not change the status',
  'role-changes': 'role {role} may not change assets',
  'role-collection': 'role {role} may not write {collection}',
  'role-writes': 'role {role} may not write',
  'other-ministry': 'belongs to another ministry',
  'other-device': 'was written by another device',
  'other-person': 'was written by another person',
  'other-role': 'was written in another role',
  'never-deleted': 'rows of this collection are never deleted',
  'append-only': 'append-only: this row exists already and cannot change',
  'same-reference': 'another asset has this reference',
  'asset-rule': 'breaks a rule of assets: {problem}',
  'file-changed': 'a file does not change: add another',
  'file-added-person': 'was added by another person',
  'file-added-role': 'was added in another role',
  'file-added-device': 'was added on another device',
  'file-removed-person': 'was taken off by another person',
  'unknown-collection': 'unknown collection',
  'newer-program': 'the endpoint has this row in a form of a newer program',
  'row-too-large': 'row is larger than {bytes} bytes',
  'row-too-large-to-send': 'the row is too large for the endpoint',
  'text-unstorable': 'text holds a character that cannot be stored',
  'name-unstorable': 'name holds a character that cannot be stored',
  'number-too-large': 'number is too large',
  'too-deep': 'value is nested too deeply',
  'bad-key': 'primary key must be a text of 1 to 100 characters',
  missing: 'is missing',
  'unknown-field': 'is not a known field',
  'too-long': 'must not have more than {count} characters',
  'not-a-row': 'must be a row',
  /** What a schema says of a value, in its own words; and whatever a newer endpoint says. */
  shape: '{rest}',
} as const;

export type RefusalCode = keyof typeof REFUSAL_REASONS;

type Details = Readonly<Record<string, string>>;

/** The reason as it travels. */
export function refusalReason(code: RefusalCode, details: Details = {}): string {
  return REFUSAL_REASONS[code].replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? '');
}

/** The code of a reason, and what it names. A reason that is not known is one of shape. */
export function readRefusal(reason: string): { readonly code: RefusalCode; readonly details: Details } {
  for (const [code, pattern] of PATTERNS) {
    const match = pattern.exec(reason);
    if (match) return { code, details: { ...match.groups } };
  }
  return { code: 'shape', details: { rest: reason } };
}

// The keys of the table.
const PATTERNS = (Object.entries(REFUSAL_REASONS) as [RefusalCode, string][]).map(
  ([code, text]) => [code, patternOf(text)] as const,
);

function patternOf(text: string): RegExp {
  const escaped = text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  const named = escaped.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'rest' ? '(?<rest>.*)' : `(?<${name}>\\S+)`,
  );
  return new RegExp(`^${named}$`, 's');
}
