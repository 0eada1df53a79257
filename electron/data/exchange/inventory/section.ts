import { tidyLine } from '../cells.ts';

/**
 * A part of an agent's inventory. Agents of three products and many ages write the same names with other types: numbers
 * as text, one object where a list is meant, `"1"` for true. These readers take what is there and never throw.
 */
export type Section = Readonly<Record<string, unknown>>;

export function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only own fields: `__proto__` in a file is data. */
function own(section: Section, name: string): unknown {
  return Object.hasOwn(section, name) ? section[name] : undefined;
}

export function readSection(parent: Section, name: string): Section {
  const value = own(parent, name);
  if (Array.isArray(value)) return value.find(isSection) ?? {};
  return isSection(value) ? value : {};
}

export function readSections(parent: Section, name: string): readonly Section[] {
  const value = own(parent, name);
  if (Array.isArray(value)) return value.filter(isSection);
  return isSection(value) ? [value] : [];
}

/** A tidy text; numbers become text, nothing becomes undefined. */
export function readText(section: Section, name: string): string | undefined {
  const value = own(section, name);
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return tidyLine(String(value)) || undefined;
}

/** A finite number ≥ 0, also from text. */
export function readNumber(section: Section, name: string): number | undefined {
  const value = own(section, name);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}

const TRUE: ReadonlySet<string> = new Set(['true', '1', 'yes', 'oui', 'on']);

export function readFlag(section: Section, name: string): boolean {
  return TRUE.has(String(own(section, name) ?? '').toLowerCase());
}

/** Names of a list such as `ips`. */
export function readTexts(section: Section, name: string): readonly string[] {
  const value = own(section, name);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list
    .filter((item): item is string => typeof item === 'string')
    .map(tidyLine)
    .filter(Boolean);
}
