import { fold } from '#shared/domain/fold.ts';
import type { ImportField } from '#shared/domain/import-fields.ts';
import { HEADERS } from '../words/header-words.ts';

/** One word that leaves no doubt, wherever it stands in a header. */
const TELLING: ReadonlyMap<string, ImportField> = new Map([
  ['marque', 'brand'],
  ['modele', 'model'],
  ['fournisseur', 'supplier'],
  ['detenteur', 'holderName'],
  ['inventaire', 'inventoryNumber'],
  ['designation', 'designation'],
]);

const FIELD_BY_HEADER: ReadonlyMap<string, ImportField> = new Map(
  // The record above has exactly the fields as keys; `Object.entries` forgets that.
  (Object.entries(HEADERS) as [ImportField, readonly string[]][]).flatMap(([field, names]) =>
    names.map((name) => [name, field] as const),
  ),
);
const PHRASES = [...FIELD_BY_HEADER].filter(([name]) => name.includes(' ')).sort(([a], [b]) => b.length - a.length);

const SMALL_WORDS: ReadonlySet<string> = new Set([
  'de',
  'd',
  'du',
  'des',
  'la',
  'le',
  'les',
  'l',
  'en',
  'a',
  'au',
  'aux',
  'et',
  'the',
  'of',
  'to',
  'ou',
  'par',
  'qu',
  'to',
]);
const NUMBER_WORDS: ReadonlySet<string> = new Set(['n', 'no', 'num', 'numero', 'nr', 'nro']);

/** `N° de série` → `numero serie`; `Valeur d'acquisition (F CFA)` → `valeur acquisition`; `Asset Tag` → `asset tag`. */
export function canonical(header: string): string {
  const words = fold(header.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '))
    .split(' ')
    .filter((word) => word !== '' && !SMALL_WORDS.has(word));
  // `N°` before a noun is a number; the `n` of `S/N` is not.
  if (words.length > 1 && NUMBER_WORDS.has(words[0] ?? '') && words[1] !== 's') words[0] = 'numero';
  return words.join(' ');
}

/** A longer cell is no header: a note, or a quote that did not close. */
const MAX_HEADER = 150;

export type HeaderMatch = {
  readonly field: ImportField /** 0 is word for word, more is further away. */;
  readonly distance: number;
};

/** The field that a header most likely means. */
export function findHeaderField(header: string): HeaderMatch | undefined {
  if (header.length > MAX_HEADER) return undefined;
  const name = canonical(header);
  const exact = FIELD_BY_HEADER.get(name);
  if (exact) return { field: exact, distance: 0 };
  const halves = header.split('/').map((half) => FIELD_BY_HEADER.get(canonical(half)));
  if (halves[0]) return { field: halves[0], distance: 1 };
  const words = name.split(' ');
  if (words.length > 6) return undefined;
  const phrase = PHRASES.find(([known]) => ` ${name} `.includes(` ${known} `));
  if (phrase) return { field: phrase[1], distance: words.length - phrase[0].split(' ').length };
  const telling = words.map((word) => TELLING.get(word)).find(Boolean);
  return telling && { field: telling, distance: words.length };
}

/** Fields that take several columns: what they say is put together. */
const JOINED: ReadonlySet<ImportField> = new Set(['notes']);

/**
 * Proposes a field for each header; a field goes to the header that is nearest to it, so that `Location` wins over
 * `Checked Out To: Location`. Headers without a field are shown without one: nothing is left out unseen.
 */
export function proposeFields(
  headers: readonly string[],
  taken: ReadonlySet<ImportField>,
): ReadonlyMap<string, ImportField> {
  const matches = headers.flatMap((header) => {
    const match = findHeaderField(header.replace(/ \(\d+\)$/, ''));
    return match ? [{ header, ...match }] : [];
  });
  const proposed = new Map<string, ImportField>();
  const used = new Set<ImportField>(taken);
  for (const { header, field } of [...matches].sort((a, b) => a.distance - b.distance)) {
    if (used.has(field) && !JOINED.has(field)) continue;
    used.add(field);
    proposed.set(header, field);
  }
  return proposed;
}
