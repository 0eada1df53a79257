import { canonicalJson } from '../../domain/canonical-json.ts';
import { diffFields, type FieldChange } from '../../domain/journal.ts';
import { canonicalEntry } from '../../domain/journal-chain.ts';
import { isSame } from '../../merge/three-way.ts';
import type { Movement } from '../../schema/movement.ts';
import type { PushRow, WireDocument } from '../replication.ts';

/** Who sends, as both sides know it. */
export type SenderFacts = {
  readonly ministryId: string;
  readonly deviceId: string;
  readonly person: { readonly personId: string; readonly name: string; readonly role: string };
};

/** A row as it is pushed, with the sequence of its base where that is known. */
export type NumberedRow = { readonly collection: string; readonly row: PushRow; readonly baseSeq?: number };

/**
 * A row on the wire (SPEC S12), told apart by what it begins with:
 * - the sequence of the state that both know, `updatedAt` (0: unchanged), the fields set, the fields taken away
 * - 0: an entry of the journal without what follows from the row and from the entry before it
 * - a collection: the row whole
 */
export type PackedRow =
  | readonly [number, string | 0, Fields, (readonly string[])?]
  | readonly [0, string, string, string, Fields?]
  | readonly [string, WireDocument, WireDocument?];

type Fields = Readonly<Record<string, unknown>>;
type Digest = (text: string) => string;
type MasterAt = (seq: number) => { readonly collection: string; readonly document: WireDocument } | undefined;

/** The state that a patch was made on is not the endpoint's any more: the rows are to be sent whole. */
export class StalePatch extends Error {}

/** What of an entry follows from the rows before it. */
type Before = {
  readonly entry?: Movement | undefined;
  readonly patched?: { readonly id: string; readonly changes: readonly FieldChange[] } | undefined;
};

/** @param digest SHA-256, base64url; @param isWhole nothing is left to be followed from anything */
export function packRows(
  rows: readonly NumberedRow[],
  facts: SenderFacts,
  digest: Digest,
  isWhole = false,
): PackedRow[] {
  if (isWhole) return rows.map(packWhole);
  let before: Before = {};
  return rows.map((numbered) => {
    const { collection, row } = numbered;
    const packed = packPatch(numbered) ?? packEntry(numbered, before, facts, digest) ?? packWhole(numbered);
    before = follow(before, collection, row);
    return packed;
  });
}

/** @throws StalePatch */
export function unpackRows(
  packed: readonly PackedRow[],
  facts: SenderFacts,
  digest: Digest,
  masterAt: MasterAt,
): { readonly collection: string; readonly row: PushRow }[] {
  let before: Before = {};
  return packed.map((item) => {
    const unpacked = unpackRow(item, before, facts, digest, masterAt);
    before = follow(before, unpacked.collection, unpacked.row);
    return unpacked;
  });
}

/** The sequences that a push builds on. */
export function sequencesOf(packed: readonly PackedRow[]): number[] {
  return packed.flatMap(([first]) => (typeof first === 'number' && first > 0 ? [first] : []));
}

/** A digest of all rows as they are to be: what both sides rebuilt must be the same. */
export function digestRows(rows: readonly { readonly row: PushRow }[], digest: Digest): string {
  return digest(rows.map(({ row }) => canonicalJson(row.newDocumentState)).join('\n')).slice(0, 8);
}

function follow(before: Before, collection: string, { newDocumentState, assumedMasterState }: PushRow): Before {
  if (collection === 'movements') {
    const { _deleted, ...entry } = newDocumentState;
    // Whether it is one is judged by the endpoint's checks; here only what it says is carried on.
    return { ...before, entry: entry as unknown as Movement };
  }
  if (collection !== 'assets' || !assumedMasterState) return { entry: before.entry };
  const { _deleted, ...now } = newDocumentState;
  const { _deleted: _, ...then } = assumedMasterState;
  return { entry: before.entry, patched: { id: newDocumentState.id, changes: diffFields(then, now) } };
}

function packPatch({ row, baseSeq }: NumberedRow): PackedRow | undefined {
  const { newDocumentState: now, assumedMasterState: then } = row;
  if (!then || baseSeq === undefined || baseSeq < 1) return undefined;
  const names = Object.keys(now).filter((name) => now[name] !== undefined);
  const isInstant = typeof now.updatedAt === 'string';
  const isSet = (name: string) => !(Object.hasOwn(then, name) && isSame(now[name], then[name]));
  const set = names.filter((name) => isSet(name) && !(isInstant && name === 'updatedAt'));
  const unset = Object.keys(then).filter((name) => now[name] === undefined && then[name] !== undefined);
  const isMoved = isInstant && now.updatedAt !== then.updatedAt;
  const fields = Object.fromEntries(set.map((name) => [name, now[name]]));
  const instant = isMoved ? String(now.updatedAt) : 0;
  return unset.length > 0 ? [baseSeq, instant, fields, unset] : [baseSeq, instant, fields];
}

/** One letter each, as deflate carries a name anew in every row. */
const ENTRY_FIELDS = [
  'assetId',
  'changes',
  'kind',
  'author',
  'deviceId',
  'ministryId',
  'deviceSequence',
  'chain',
] as const;

function packEntry(
  { collection, row }: NumberedRow,
  before: Before,
  facts: SenderFacts,
  digest: Digest,
): PackedRow | undefined {
  if (collection !== 'movements' || row.assumedMasterState) return undefined;
  const { newDocumentState: document } = row;
  const { id, declaredAt, chain, ...rest } = document;
  const signature = isRecord(chain) ? chain.signature : undefined;
  if (typeof declaredAt !== 'string' || typeof signature !== 'string') return undefined;
  const derived = deriveEntry(before, facts, digest);
  const link: Fields = isRecord(chain) ? chain : {};
  const { signature: _, ...own } = link;
  const fields = { ...rest, chain: own };
  // What is derived and not there is said too: as null, which no field of an entry holds.
  const kept = [...new Set([...Object.keys(fields), ...Object.keys(derived)])].flatMap((name): [string, unknown][] => {
    const mine = name in fields ? fields[name as keyof typeof fields] : undefined;
    if (isSame(mine, derived[name])) return [];
    return [[shorten(name), mine === undefined ? null : mine]];
  });
  const packed: PackedRow =
    kept.length > 0 ? [0, id, declaredAt, signature, Object.fromEntries(kept)] : [0, id, declaredAt, signature];
  return isSame(unpackEntry(packed, before, facts, digest), document) ? packed : undefined;
}

/** What an entry is expected to hold: that of the act just before it, by the sender, next in the sender's journal. */
function deriveEntry({ entry, patched }: Before, facts: SenderFacts, digest: Digest): Fields {
  return {
    ministryId: facts.ministryId,
    deviceId: facts.deviceId,
    author: facts.person,
    kind: 'update',
    _deleted: false,
    ...(patched && { assetId: patched.id, changes: patched.changes }),
    ...(entry && { deviceSequence: Number(entry.deviceSequence) + 1 }),
    chain: entry ? { previous: digest(canonicalEntry(entry)) } : {},
  };
}

function unpackEntry(
  [, id, declaredAt, signature, fields = {}]: readonly [unknown, unknown, unknown, unknown, unknown?] | PackedRow,
  before: Before,
  facts: SenderFacts,
  digest: Digest,
): WireDocument {
  const own = isRecord(fields) ? Object.entries(fields).map(([name, value]) => [lengthen(name), value] as const) : [];
  const all = { ...deriveEntry(before, facts, digest), ...Object.fromEntries(own) };
  const present = Object.entries(all).filter(([name, value]) => value !== null && name !== 'chain');
  const chain = isRecord(all.chain) ? all.chain : {};
  // Its shape is judged by the endpoint's checks like that of any pushed row.
  return { id, declaredAt, ...Object.fromEntries(present), chain: { ...chain, signature } } as unknown as WireDocument;
}

function packWhole({ collection, row }: NumberedRow): PackedRow {
  const { newDocumentState, assumedMasterState } = row;
  return assumedMasterState ? [collection, newDocumentState, assumedMasterState] : [collection, newDocumentState];
}

function unpackRow(
  item: PackedRow,
  before: Before,
  facts: SenderFacts,
  digest: Digest,
  masterAt: MasterAt,
): { readonly collection: string; readonly row: PushRow } {
  const [first, second, third, fourth] = item;
  if (typeof first === 'string') {
    // Judged row by row, like every pushed row (SPEC S4).
    const whole = {
      newDocumentState: second as WireDocument,
      ...(third ? { assumedMasterState: third as WireDocument } : {}),
    };
    return { collection: first, row: whole };
  }
  if (first === 0)
    return { collection: 'movements', row: { newDocumentState: unpackEntry(item, before, facts, digest) } };
  const master = masterAt(first);
  if (!master) throw new StalePatch();
  const unset = new Set(Array.isArray(fourth) ? fourth : []);
  const kept = Object.entries(master.document).filter(([name]) => !unset.has(name));
  const now = {
    ...Object.fromEntries(kept),
    ...(isRecord(third) ? third : {}),
    ...(typeof second === 'string' && { updatedAt: second }),
  };
  return {
    collection: master.collection,
    // The master was a document, and the checks judge what the patch made of it.
    row: { newDocumentState: now as unknown as WireDocument, assumedMasterState: master.document },
  };
}

const SHORT: ReadonlyMap<string, string> = new Map(
  ENTRY_FIELDS.map((name, at) => [name, String.fromCharCode(97 + at)]),
);
const LONG: ReadonlyMap<string, string> = new Map([...SHORT].map(([name, letter]) => [letter, name]));

function shorten(name: string): string {
  return SHORT.get(name) ?? name;
}

function lengthen(name: string): string {
  return LONG.get(name) ?? name;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
