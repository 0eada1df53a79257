import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { JournalValue } from '#shared/domain/journal.ts';
import { parseReference } from '#shared/domain/reference-number.ts';
import { journaledValue, journaledWhole } from '#shared/merge/row-changes.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { shorten } from '../journal/append.ts';
import { digestText } from '../journal/cryptography.ts';
import { readEntries } from '../journal/entries.ts';
import type { Register } from '../register.ts';

export type FoundAuthor = {
  readonly personId: string;
  readonly name: string;
  readonly declaredAt: string;
  readonly deviceId: string;
};

/**
 * Who gave a field of a row this value, by the latest entry of the journal that says so. What a merge or a decision carried
 * over is not its author's.
 */
export function findAuthor(
  register: Register,
  documentId: string,
  field: string,
  value: unknown,
): FoundAuthor | undefined {
  const entry = entriesOf(register, documentId).find(
    ({ kind, changes, reviewId }) =>
      TELLING.has(kind) &&
      reviewId === undefined &&
      changes.some((change) => change.field === field && says(change.to, value)),
  );
  return (
    entry && {
      personId: entry.author.personId,
      name: entry.author.name,
      declaredAt: entry.declaredAt,
      deviceId: entry.deviceId,
    }
  );
}

const TELLING: ReadonlySet<Movement['kind']> = new Set(['creation', 'update', 'status', 'act', 'undo']);

/** Whether the journal's writing of a value is of this one: as it is, as JSON whatever the order of its names, or as a digest. */
function says(written: JournalValue, value: unknown): boolean {
  if (written === shorten(journaledValue(value)) || written === journaledWhole(value, digestText)) return true;
  if (typeof written !== 'string' || typeof value !== 'object') return false;
  try {
    return canonicalJson(JSON.parse(written)) === canonicalJson(value);
  } catch {
    // A text that was cut short, or no JSON.
    return false;
  }
}

/**
 * The code of a desktop, by a number that it gave: every reference and every paper's number holds it (SPEC A2, W1).
 * Undefined for a desktop that has made neither.
 */
export function codeOfDevice(register: Register, deviceId: string): string | undefined {
  const { device } = register.identity.require();
  if (device.id === deviceId) return device.code;
  const codes = numbersOf(register, deviceId).flatMap((number) => parseReference(number)?.deviceCode ?? []);
  return mostFrequent(codes);
}

/** A few numbers of what this desktop made. What two desktops received together bears the number that one of them gave. */
function numbersOf(register: Register, deviceId: string): string[] {
  const [papers, movements, assets] = [register.table('papers'), register.table('movements'), register.table('assets')];
  const ofPapers = register.connection.values<string>(
    `SELECT ${papers.column('number')} FROM ${papers.tableName} WHERE deleted = 0 AND ${papers.column('deviceId')} = ? LIMIT ?`,
    [deviceId, NUMBERS],
  );
  if (ofPapers.length > 0) return ofPapers;
  return register.connection.values<string>(
    `SELECT ${assets.column('reference')} FROM ${assets.tableName} WHERE id IN (
      SELECT ${movements.column('assetId')} FROM ${movements.tableName}
        WHERE deleted = 0 AND ${movements.column('deviceId')} = ? AND ${movements.column('kind')} = 'creation' LIMIT ?)`,
    [deviceId, NUMBERS],
  );
}

const NUMBERS = 20;

function mostFrequent(words: readonly string[]): string | undefined {
  const count = (word: string) => words.filter((one) => one === word).length;
  return [...new Set(words)].sort((a, b) => count(b) - count(a))[0];
}

/** The latest first. */
function entriesOf(register: Register, rowId: string): Movement[] {
  const movements = register.table('movements');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${movements.tableName} WHERE deleted = 0 AND ${movements.column('assetId')} = ?`,
    [rowId],
  );
  return readEntries(register, ids).sort(
    (a, b) => b.declaredAt.localeCompare(a.declaredAt) || b.deviceSequence - a.deviceSequence,
  );
}
