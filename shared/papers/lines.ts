import type { Depreciation } from '../domain/depreciation.ts';
import { type FieldChange, replayChanges } from '../domain/journal.ts';
import type { Act } from '../domain/lifecycle.ts';
import type { Asset, AssetStatus, HolderKind } from '../schema/asset.ts';
import type { Movement } from '../schema/movement.ts';
import type { PaperAsset } from '../schema/paper.ts';
import type { FactValue, PaperFacts, PaperLine } from './compose.ts';
import type { Placeholder } from './fields.ts';
import { dayOf, SEVERAL } from './format.ts';
import { PAPER_ATTRIBUTES, PAPER_WORDS, wordFor } from './words.ts';

/** What an id or a code is called. */
export type PaperNames = {
  structure(id: string): string;
  /** The acronym, or the name where there is none. */
  shortStructure(id: string): string;
  site(id: string): string;
  type(code: string): string;
  keepsData(typeCode: string): boolean;
};

/** An asset on a paper, with what the act of the paper made of it. */
export type AssetFacts = {
  readonly asset: Asset;
  /** Before the act; absent where the paper tells no act. */
  readonly before?: Asset | undefined;
  readonly entry?: Movement | undefined;
  /** On the day of the paper, where value, date and duration are known (SPEC L2). */
  readonly depreciation?: Depreciation | undefined;
};

type Values = PaperFacts['values'];

export function assetLine({ asset, before, entry, depreciation }: AssetFacts, names: PaperNames): PaperLine {
  const former = before && entry?.kind !== 'creation' ? before : undefined;
  return {
    storesData: names.keepsData(asset.typeCode),
    cells: known({
      ...identityCells(asset, names),
      brandModel: [asset.brand, asset.model].filter(Boolean).join(' '),
      characteristics: characteristics(asset),
      physicalState: wordFor(PAPER_WORDS.physicalState, asset.physicalState),
      status: PAPER_WORDS.status[asset.status],
      structure: names.structure(asset.structureId),
      site: asset.siteId && names.site(asset.siteId),
      room: asset.room,
      place: placeOf(asset, names),
      holder: holderOf(asset),
      formerHolder: former && holderOf(former),
      formerPlace: former && placeOf(former, names),
      acquisitionDate: asset.acquisitionDate,
      commissioningDate: asset.commissioningDate,
      acquisitionMode: wordFor(PAPER_WORDS.acquisitionMode, asset.acquisitionMode),
      supplier: asset.supplier,
      warrantyEnd: asset.warrantyEnd,
      unit: asset.unit ?? 'unité',
      quantity: entry?.quantity === undefined ? 1 : Math.abs(entry.quantity),
      value: asset.acquisitionValue,
      cumulatedDepreciation: depreciation?.cumulated,
      netValue: depreciation?.net,
      reason: entry?.reason,
      documentNumber: entry?.documentNumber,
      wipingMethod: asset.wiping?.method,
      wipingDate: asset.wiping?.date,
      wipingBy: asset.wiping?.by,
      notes: asset.notes,
    }),
  };
}

/** One line of the life of an asset, or of the journal. */
export function movementLine(
  { asset, entry }: { readonly asset: Asset; readonly entry: Movement },
  names: PaperNames,
): PaperLine {
  const { before, after } = sidesOf(entry);
  const step = quantityOf(entry);
  // What one piece of a consumable cost is not known.
  const amount = entry.quantity === undefined ? asset.acquisitionValue : undefined;
  return {
    storesData: names.keepsData(asset.typeCode),
    cells: known({
      ...identityCells(asset, names),
      movementDate: entry.declaredAt,
      movement: nameMovement(entry),
      formerHolder: sideHolder(before),
      formerPlace: sidePlace(before, names),
      newHolder: sideHolder(after),
      newPlace: sidePlace(after, names),
      reason: entry.reason,
      documentNumber: entry.documentNumber,
      author: entry.author.name,
      quantityIn: step > 0 ? step : undefined,
      quantityOut: step < 0 ? -step : undefined,
      amountIn: step > 0 ? amount : undefined,
      amountOut: step < 0 ? amount : undefined,
    }),
  };
}

/** What a paper about these assets says of all of them: a value that they share, or where to look. */
export function sharedValues(facts: readonly AssetFacts[], names: PaperNames): Values {
  const each = facts.map((fact) => ({ ...assetValues(fact.asset, names), ...actValues(fact, names) }));
  const shared: [string, FactValue][] = [];
  for (const placeholder of new Set(each.flatMap((values) => Object.keys(values)))) {
    // The keys of values are placeholders.
    const found = new Set(each.map((values) => values[placeholder as Placeholder]));
    const [first] = found;
    // Several people do not sign as one.
    if (found.size > 1 && placeholder.startsWith('nom ')) continue;
    if (found.size > 1) shared.push([placeholder, SEVERAL]);
    else if (first !== undefined) shared.push([placeholder, first]);
  }
  return Object.fromEntries(shared);
}

/** What an act may change of an asset; the rest says what it is. */
const ACTED: ReadonlySet<string> = new Set([
  'status',
  'physicalState',
  'structureId',
  'siteId',
  'room',
  'holderKind',
  'holderName',
  'returnDate',
  'destinationStructureId',
  'wiping',
] satisfies (keyof Asset)[]);

/** What the asset is, where and in whose hands it was. */
export function withCustodyOf(asset: Asset, then: Asset): Asset {
  const fields = [
    ...Object.entries(asset).filter(([field]) => !ACTED.has(field)),
    ...Object.entries(then).filter(([field]) => ACTED.has(field)),
  ];
  // Both are assets, and every field comes from one of them.
  return Object.fromEntries(fields) as Asset;
}

/** The asset as an act left it, and as it found it, whatever came after. */
export function aroundAct(
  asset: Asset,
  { changes, kind }: Movement,
): { readonly asset: Asset; readonly before?: Asset } {
  // The changes of an asset's entry, made to that asset, give one.
  const after = replayChanges(asset, changes, 'forward') as Asset;
  if (kind === 'creation') return { asset: after };
  return { asset: after, before: replayChanges(after, changes, 'backward') as Asset };
}

export function toPaperAsset(asset: Asset): PaperAsset {
  const { id, reference, status, physicalState, structureId, siteId, room, holderKind, holderName, inventoryNumber } =
    asset;
  return {
    id,
    reference,
    status,
    structureId,
    ...(physicalState && { physicalState }),
    ...(siteId && { siteId }),
    ...(holderKind && { holderKind }),
    ...(room && { room }),
    ...(holderName && { holderName }),
    ...(inventoryNumber && { inventoryNumber }),
  };
}

/** What the entry brings into the books (1 for an asset), or, below 0, takes out of them; 0 otherwise. */
export function quantityOf(entry: Movement): number {
  if (entry.quantity !== undefined) return entry.quantity;
  if (entry.kind === 'creation') return 1;
  const status = entry.changes.find(({ field }) => field === 'status');
  if (!status || isGone(status.from) === isGone(status.to)) return 0;
  return isGone(status.to) ? -1 : 1;
}

/** True for what changes where an asset is, who answers for it or what may be done with it; false for a correction. */
export function isMovement({ kind, changes }: Movement): boolean {
  if (kind === 'creation' || kind === 'act' || kind === 'undo') return true;
  return changes.some(({ field }) => CUSTODY.has(field));
}

const CUSTODY: ReadonlySet<string> = new Set(['status', 'structureId', 'siteId', 'room', 'holderKind', 'holderName']);

/** Statuses of what is no longer in the books. */
export const GONE: ReadonlySet<string> = new Set(['ceded', 'destroyed', 'transferred'] satisfies AssetStatus[]);

function isGone(status: unknown): boolean {
  return typeof status === 'string' && GONE.has(status);
}

export function holderOf({
  holderKind,
  holderName,
}: {
  readonly holderKind?: HolderKind | undefined;
  readonly holderName?: string | undefined;
}): string | undefined {
  if (holderKind === 'agent') return holderName;
  const kind = wordFor(PAPER_WORDS.holderKind, holderKind);
  if (!kind) return holderName;
  return holderName ? `${kind} : ${holderName}` : kind;
}

function personOf({ holderKind, holderName }: Asset): string | undefined {
  return holderKind === 'agent' ? holderName : undefined;
}

function identityCells(asset: Asset, names: PaperNames) {
  return {
    reference: asset.reference,
    inventoryNumber: asset.inventoryNumber,
    designation: asset.designation,
    type: names.type(asset.typeCode),
    serialNumber: serialOf(asset),
    unitPrice: asset.acquisitionValue,
  };
}

function assetValues(asset: Asset, names: PaperNames): Values {
  return known({
    référence: asset.reference,
    'n° d’inventaire': asset.inventoryNumber,
    désignation: asset.designation,
    type: names.type(asset.typeCode),
    marque: asset.brand,
    modèle: asset.model,
    'n° de série': serialOf(asset),
    caractéristiques: characteristics(asset),
    état: wordFor(PAPER_WORDS.physicalState, asset.physicalState),
    statut: PAPER_WORDS.status[asset.status],
    'structure d’affectation': names.structure(asset.structureId),
    site: asset.siteId && names.site(asset.siteId),
    bureau: asset.room,
    détenteur: holderOf(asset),
    'nom du détenteur': personOf(asset),
    'date d’acquisition': asset.acquisitionDate,
    'date de mise en service': asset.commissioningDate,
    'mode d’acquisition': wordFor(PAPER_WORDS.acquisitionMode, asset.acquisitionMode),
    valeur: asset.acquisitionValue,
    fournisseur: asset.supplier,
    'fin de garantie': asset.warrantyEnd,
    observations: asset.notes,
    'retour prévu': asset.returnDate,
    'effacement : méthode': asset.wiping?.method,
    'effacement : date': asset.wiping?.date,
    'effacement : auteur': asset.wiping?.by,
  });
}

function actValues({ asset, before, entry }: AssetFacts, names: PaperNames): Values {
  if (!entry) return {};
  return known({
    mouvement: nameMovement(entry),
    // Entries of one act are milliseconds apart.
    'date du mouvement': dayOf(entry.declaredAt),
    motif: entry.reason,
    pièce: entry.documentNumber,
    'ancienne structure': before && names.structure(before.structureId),
    'ancien site': before?.siteId && names.site(before.siteId),
    'ancien bureau': before?.room,
    'ancien détenteur': before && holderOf(before),
    'nom de l’ancien détenteur': before && personOf(before),
    destination: asset.destinationStructureId && names.structure(asset.destinationStructureId),
    panne: entry.repair?.fault,
    prestataire: entry.repair?.provider,
  });
}

/** What was done: a registration is an entry, whether it was made alone or in a series; a counter-entry is no act. */
export function actOf({ kind, act }: Movement): Act | undefined {
  if (kind === 'creation') return 'entry';
  return kind === 'act' ? act : undefined;
}

export function nameMovement({ kind, act }: Movement): string {
  if (kind === 'creation') return PAPER_WORDS.act.entry;
  if (kind === 'undo')
    return act ? `${PAPER_WORDS.movementKind.undo} (${PAPER_WORDS.act[act]})` : PAPER_WORDS.movementKind.undo;
  return act ? PAPER_WORDS.act[act] : PAPER_WORDS.movementKind[kind];
}

function serialOf({ serialNumber, serialAbsenceReason }: Asset): string | undefined {
  return serialNumber ?? (serialAbsenceReason && PAPER_WORDS.serialAbsenceReason[serialAbsenceReason]);
}

function characteristics({ attributes }: Asset): string | undefined {
  const said = Object.entries(PAPER_ATTRIBUTES).flatMap(([name, print]) => {
    const value = attributes?.[name];
    return value === undefined || typeof value === 'boolean' || value === '' ? [] : [print(String(value))];
  });
  return said.join(', ') || undefined;
}

function placeOf(
  {
    structureId,
    siteId,
    room,
  }: { readonly structureId: string; readonly siteId?: string | undefined; readonly room?: string | undefined },
  names: PaperNames,
): string {
  return [names.shortStructure(structureId), siteId && names.site(siteId), room].filter(Boolean).join(', ');
}

type Side = Readonly<Record<string, FieldChange['to']>>;

function sidesOf({ changes }: Movement): { readonly before: Side; readonly after: Side } {
  return {
    before: Object.fromEntries(changes.map(({ field, from }) => [field, from])),
    after: Object.fromEntries(changes.map(({ field, to }) => [field, to])),
  };
}

function sideHolder({ holderName, holderKind }: Side): string | undefined {
  if (typeof holderName === 'string') return holderName;
  return typeof holderKind === 'string' ? PAPER_WORDS.holderKind[holderKind as HolderKind] : undefined;
}

function sidePlace({ structureId, siteId, room }: Side, names: PaperNames): string | undefined {
  const parts = [
    typeof structureId === 'string' && names.shortStructure(structureId),
    typeof siteId === 'string' && names.site(siteId),
    typeof room === 'string' && room,
  ];
  return parts.filter(Boolean).join(', ') || undefined;
}

/** Without what is absent. */
function known<Key extends string>(
  values: Readonly<Partial<Record<Key, FactValue | undefined>>>,
): Readonly<Partial<Record<Key, FactValue>>> {
  // What is left has a value.
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<Record<Key, FactValue>>;
}
