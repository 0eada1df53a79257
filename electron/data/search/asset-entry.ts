import { firstDay, lastDay } from '#shared/domain/day-number.ts';
import { compact, fold } from '#shared/domain/fold.ts';
import { parseReference } from '#shared/domain/reference-number.ts';
import type { StoredDocument } from '../storage/table-schema.ts';
import { traitsOf } from './asset-traits.ts';

/**
 * The texts of an asset that many assets share: each is kept once, in a dictionary, and an asset holds its number.
 *
 * - `status`, `type`, `structure`, `site`: codes and ids as the document has them
 * - `label`: designation, brand, model; `details`: supplier and technical characteristics; `holder`; `room`. The parts of
 *   the first two stand each on a line of its own (`text-parts.ts`)
 * - `series`: the reference without its sequence, such as `MND-PCF-26-K7`
 */
export const VALUE_KINDS = [
  'status',
  'type',
  'structure',
  'site',
  'label',
  'details',
  'holder',
  'room',
  'series',
] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** What the search reads of an asset. Texts of `values` are as written; '' where there is none. */
export type AssetEntry = {
  readonly values: Readonly<Record<ValueKind, string>>;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  /** As the columns hold them. */
  readonly traits: number;
  readonly value: number;
  readonly acquired: number;
  readonly end: number;
  readonly returns: number;
  /** Number within its series; 0 when the reference has another form. */
  readonly sequence: number;
  /** The three numbers people read aloud, without separators; null where there is none. */
  readonly reference: string | null;
  readonly inventory: string | null;
  readonly serial: string | null;
  /** Words of every number that is this asset's alone, folded, each also without separators. */
  readonly numbers: string;
  /** The same numbers, only without separators. */
  readonly wholes: string;
  /** Folded. */
  readonly notes: string;
};

/** Shorter characteristics repeat from asset to asset (`16 Go`, `i5`); longer ones with a digit are likely unique. */
const MIN_IDENTIFIER = 8;

/** Reads what is there: a document that lacks something is still found by the rest. */
export function toEntry(document: StoredDocument): AssetEntry {
  const text = (field: string): string => asText(document[field]);
  const { identifiers, details } = sortAttributes(document.attributes);
  const reference = text('reference');
  const parts = parseReference(reference);
  const numbers = [text('serialNumber'), text('inventoryNumber'), ...identifiers].filter(Boolean);
  const wholes = numbers.map(compact);
  const tail = parts ? compact(`${parts.deviceCode}${reference.split('-').at(-2)}`) : '';
  return {
    values: {
      status: text('status'),
      type: text('typeCode'),
      structure: text('structureId'),
      site: text('siteId'),
      label: joinParts(text('designation'), text('brand'), text('model')),
      details: joinParts(text('supplier'), details.filter(Boolean).join(' ')),
      holder: text('holderName'),
      room: text('room'),
      series: parts?.prefix ?? reference,
    },
    updatedAt: Math.max(0, Date.parse(text('updatedAt')) || 0),
    traits: traitsOf(document),
    value: typeof document.acquisitionValue === 'number' ? document.acquisitionValue + 1 : 0,
    acquired: firstDay(text('acquisitionDate')),
    end: lastDay(text(document.nature === 'hardware' ? 'warrantyEnd' : 'expiryDate')),
    returns: document.status === 'on-loan' ? lastDay(text('returnDate')) : 0,
    sequence: parts?.sequence ?? 0,
    reference: compact(reference) || null,
    inventory: compact(text('inventoryNumber')) || null,
    serial: compact(text('serialNumber')) || null,
    numbers: [...new Set([...numbers.flatMap((number) => fold(number).split(' ')), ...wholes, tail])].join(' ').trim(),
    wholes: wholes.join(' '),
    notes: fold(text('notes')),
  };
}

/** Characteristics that name one thing (host name, MAC address, IMEI …) and those that describe it. */
function sortAttributes(attributes: unknown): { readonly identifiers: string[]; readonly details: string[] } {
  const identifiers: string[] = [];
  const details: string[] = [];
  if (typeof attributes !== 'object' || attributes === null) return { identifiers, details };
  for (const value of Object.values(attributes)) {
    const text = asText(value);
    const isIdentifier = text.length >= MIN_IDENTIFIER && /\d/.test(text) && !/\s/.test(text);
    (isIdentifier ? identifiers : details).push(text);
  }
  return { identifiers, details };
}

function asText(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}

function joinParts(...parts: readonly string[]): string {
  return parts
    .map((part) => part.replaceAll('\n', ' '))
    .join('\n')
    .replace(/\n+$/, '');
}
