import { type Depreciation, depreciationAt } from '#shared/domain/depreciation.ts';
import { AppError } from '#shared/domain/errors.ts';
import { type PaperKind, ruleOf } from '#shared/domain/lifecycle.ts';
import type { FactValue, PaperLine } from '#shared/papers/compose.ts';
import type { Placeholder } from '#shared/papers/fields.ts';
import { dayOf, instantsOf } from '#shared/papers/format.ts';
import { paperRule } from '#shared/papers/kinds.ts';
import {
  type AssetFacts,
  actOf,
  aroundAct,
  assetLine,
  GONE,
  isMovement,
  movementLine,
  quantityOf,
  sharedValues,
  withCustodyOf,
} from '#shared/papers/lines.ts';
import type { PaperRequest, PaperSource } from '#shared/papers/request.ts';
import { PAPER_WORDS } from '#shared/papers/words.ts';
import { MAX_FOUND } from '#shared/protocol/asset-list.ts';
import { ASSET_STATUSES, type Asset } from '#shared/schema/asset.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { requireAsset } from '../commands/assets.ts';
import { assetAt } from '../journal/as-at.ts';
import { toEntry } from '../journal/entries.ts';
import type { Register } from '../register.ts';
import { gatherDesktop } from './gather-desktop.ts';
import { Names } from './names.ts';

/** Most lines of one paper; beyond, a structure or a type has to be chosen. */
export const MAX_PAPER_LINES = 5000;
/** Most entries of the journal looked through for one: corrections of records are not printed. */
const MAX_READ_ENTRIES = 50_000;

type Values = Readonly<Partial<Record<Placeholder, FactValue>>>;

/** What the register says for a paper. */
export type Gathered = {
  readonly lines: readonly PaperLine[];
  readonly values: Values;
  /** As they stand on the paper. */
  readonly assets: readonly Asset[];
  readonly names: Names;
  readonly subject: string;
  readonly scope?: string;
  readonly actId?: string;
};

/** @throws AppError COMMAND_NOT_FOUND, COMMAND_INVALID with the field that does not fit */
export function gather(register: Register, { kind, source }: Pick<PaperRequest, 'kind' | 'source'>): Gathered {
  const rule = paperRule(kind);
  if (!rule.sources.includes(source.type)) throw invalid('source', 'impossible');
  const names = new Names(register);
  if (source.type === 'period') return gatherPeriod(register, names, source);
  if (source.type === 'desktop') return gatherDesktop(register, names);
  const { facts: found, ...rest } = gatherAssets(register, names, source);
  const facts = source.type === 'act' ? found : found.map((fact) => withLastAct(register, kind, fact));
  if (facts.length === 0) throw invalid('source', 'nothing-found');
  if (rule.isSingle && facts.length > 1) throw invalid('source', 'one-only');
  const [first] = facts;
  const day = source.type === 'scope' && source.at !== undefined ? source.at : dayOf(register.instant());
  const lines =
    rule.lines === 'movement' && first
      ? lifeOf(register, names, first.asset)
      : facts.map((fact) => assetLine({ ...fact, depreciation: depreciationOf(fact.asset, names, day) }, names));
  return {
    names,
    lines,
    values: { ...sharedValues(facts, names), ...rest.values },
    assets: facts.map(({ asset }) => asset),
    subject: rest.subject ?? subjectOf(facts),
    ...(rest.scope && { scope: rest.scope }),
    ...(source.type === 'act' && { actId: source.actId }),
  };
}

function depreciationOf(asset: Asset, names: Names, day: string): Depreciation | undefined {
  return depreciationAt(
    { ...asset, lifetimeMonths: asset.lifetimeMonths ?? names.lifetimeOfType(asset.typeCode) },
    day,
  );
}

type GatheredAssets = {
  readonly facts: readonly AssetFacts[];
  readonly values?: Values;
  readonly subject?: string;
  readonly scope?: string;
};

function gatherAssets(
  register: Register,
  names: Names,
  source: Exclude<PaperSource, { type: 'period' | 'desktop' }>,
): GatheredAssets {
  switch (source.type) {
    case 'act':
      return { facts: factsOfAct(register, source.actId) };
    case 'assets':
      return {
        facts: source.assetIds.map((id) => ({ asset: requireAsset(register, id) })),
        values: { périmètre: `Sélection de ${source.assetIds.length} matériel(s)` },
      };
    case 'holder': {
      const facts = heldBy(register, source.holderName).map((asset) => ({ asset }));
      return { facts, subject: source.holderName };
    }
    case 'scope': {
      const at = source.at === undefined ? undefined : instantsOf(source.at, source.at).last;
      const scope = describeScope(names, source);
      const facts = inScope(register, names, source, at).map((asset) => ({ asset }));
      return {
        facts,
        scope,
        subject: scope,
        values: { périmètre: scope, 'arrêté au': source.at ?? dayOf(register.instant()) },
      };
    }
  }
}

/** Every asset of the act as it left it; a later correction of what the asset is shows, a later act does not. */
function factsOfAct(register: Register, actId: string): AssetFacts[] {
  const entries = register.journalIndex.ofAct(actId);
  if (entries.length === 0) throw new AppError('COMMAND_NOT_FOUND', 'There is no such act on this desktop');
  return entries.map((entry) => {
    const now = requireAsset(register, entry.assetId);
    const then = assetAt(register, now, entry.declaredAt);
    return { ...aroundAct(withCustodyOf(now, then), entry), entry };
  });
}

/** With the act that made the asset what it is, where that act asks for a paper of this kind. */
function withLastAct(register: Register, kind: PaperKind, { asset }: AssetFacts): AssetFacts {
  const movements = register.table('movements');
  const [id] = register.connection.values<string>(
    `SELECT id FROM ${movements.tableName}
      WHERE deleted = 0 AND ${movements.column('assetId')} = ? AND ${movements.column('kind')} IN ('creation', 'act', 'undo')
      ORDER BY ${movements.column('declaredAt')} DESC, ${movements.column('deviceSequence')} DESC LIMIT 1`,
    [asset.id],
  );
  const entry = id === undefined ? undefined : movements.findByIds([id]).map(toEntry)[0];
  const act = entry && actOf(entry);
  if (!entry || !act || !ruleOf(act).papers.includes(kind)) return { asset };
  const { before } = aroundAct(asset, entry);
  return { asset, entry, ...(before && { before }) };
}

/** By the index of texts, then exactly. */
function heldBy(register: Register, holderName: string): Asset[] {
  const { ids } = register.assetList.find({
    filter: { text: holderName },
    sort: { field: 'reference', direction: 'asc' },
    offset: 0,
    limit: MAX_FOUND,
  });
  return ids
    .map((id) => requireAsset(register, id))
    .filter((asset) => asset.holderName === holderName && !GONE.has(asset.status));
}

type Scope = Extract<PaperSource, { type: 'scope' }>;

function inScope(register: Register, names: Names, scope: Scope, at: string | undefined): Asset[] {
  const fits = scopeFilter(names, scope);
  const found: Asset[] = [];
  for (const asset of at === undefined ? currentAssets(register, names, scope) : assetsAt(register, at)) {
    if (fits(asset)) found.push(asset);
    if (found.length > MAX_PAPER_LINES) throw invalid('source', 'too-many');
  }
  return found;
}

function scopeFilter(names: Names, { structureId, siteId, typeCode, status }: Scope): (asset: Asset) => boolean {
  const structures = structureId === undefined ? undefined : names.structuresBelow(structureId);
  const sites = siteId === undefined ? undefined : names.sitesBelow(siteId);
  const statuses: ReadonlySet<string> = new Set(status ?? ASSET_STATUSES.filter((known) => !GONE.has(known)));
  return (asset) =>
    statuses.has(asset.status) &&
    (structures?.has(asset.structureId) ?? true) &&
    (sites?.has(asset.siteId ?? '') ?? true) &&
    (typeCode === undefined || asset.typeCode === typeCode);
}

/** In the order of their references. */
function* currentAssets(
  register: Register,
  names: Names,
  { structureId, siteId, typeCode, status }: Scope,
): Generator<Asset> {
  const filter = {
    ...(structureId && { structureId: [...names.structuresBelow(structureId)] }),
    ...(siteId && { siteId: [...names.sitesBelow(siteId)] }),
    ...(typeCode && { typeCode: [typeCode] }),
    status: status ?? ASSET_STATUSES.filter((known) => !GONE.has(known)),
  };
  for (let offset = 0; ; offset += MAX_FOUND) {
    const { ids } = register.assetList.find({
      filter,
      sort: { field: 'reference', direction: 'asc' },
      offset,
      limit: MAX_FOUND,
    });
    for (const id of ids) yield requireAsset(register, id);
    if (ids.length < MAX_FOUND) return;
  }
}

/** Only what was changed since is taken back: the rest stood then as it stands now. */
function* assetsAt(register: Register, at: string): Generator<Asset> {
  const [assets, movements] = [register.table('assets'), register.table('movements')];
  const changed = new Set(
    register.connection.values<string>(
      `SELECT DISTINCT ${movements.column('assetId')} FROM ${movements.tableName}
        WHERE deleted = 0 AND ${movements.column('declaredAt')} > ?`,
      [at],
    ),
  );
  const ids = register.connection.values<string>(
    `SELECT id FROM ${assets.tableName} WHERE deleted = 0 AND ${assets.column('createdAt')} <= ?
      ORDER BY ${assets.column('reference')}, id`,
    [at],
  );
  for (const id of ids) {
    const asset = requireAsset(register, id);
    yield changed.has(id) ? assetAt(register, asset, at) : asset;
  }
}

/** Custody and status, the oldest first. */
function lifeOf(register: Register, names: Names, asset: Asset): PaperLine[] {
  const movements = register.table('movements');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${movements.tableName} WHERE deleted = 0 AND ${movements.column('assetId')} = ?`,
    [asset.id],
  );
  const entries = movements.findByIds(ids).map(toEntry).filter(isMovement).sort(byTime);
  return entries.map((entry) => movementLine({ asset, entry }, names));
}

function gatherPeriod(register: Register, names: Names, source: Extract<PaperSource, { type: 'period' }>): Gathered {
  if (source.from > source.to) throw invalid('source', 'bad-date');
  const structures = source.structureId === undefined ? undefined : names.structuresBelow(source.structureId);
  const facts = entriesBetween(register, source.from, source.to).flatMap((entry) => {
    // An entry may tell of another row: a structure, a holder (SPEC R7).
    if (!register.table('assets').get(entry.assetId)) return [];
    const asset = requireAsset(register, entry.assetId);
    return !structures || touches(entry, asset, structures) ? [{ asset, entry }] : [];
  });
  if (facts.length === 0) throw invalid('source', 'nothing-found');
  if (facts.length > MAX_PAPER_LINES) throw invalid('source', 'too-many');
  const scope = source.structureId === undefined ? ALL : names.structure(source.structureId);
  return {
    names,
    lines: facts.map((fact) => movementLine(fact, names)),
    values: { périmètre: scope, du: source.from, au: source.to, ...quantities(facts) },
    assets: [],
    subject: scope,
    scope,
  };
}

function entriesBetween(register: Register, from: string, to: string): Movement[] {
  const { first, last } = instantsOf(from, to);
  const movements = register.table('movements');
  const declaredAt = movements.column('declaredAt');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${movements.tableName} WHERE deleted = 0 AND ${declaredAt} >= ? AND ${declaredAt} <= ?
      ORDER BY ${declaredAt}, id LIMIT ?`,
    [first, last, MAX_READ_ENTRIES + 1],
  );
  if (ids.length > MAX_READ_ENTRIES) throw invalid('source', 'too-many');
  return movements.findByIds(ids).map(toEntry).filter(isMovement).sort(byTime);
}

/** Where the asset is now, or where this very entry took it from or brought it to. */
function touches({ changes }: Movement, asset: Asset, structures: ReadonlySet<string>): boolean {
  const moved = changes.filter(({ field }) => field === 'structureId').flatMap(({ from, to }) => [from, to]);
  return [asset.structureId, ...moved].some((id) => typeof id === 'string' && structures.has(id));
}

function quantities(facts: readonly { readonly asset: Asset; readonly entry: Movement }[]): Values {
  const count = { in: 0, out: 0 };
  const amount = { in: 0, out: 0 };
  for (const { asset, entry } of facts) {
    const step = quantityOf(entry);
    if (step === 0) continue;
    count[step > 0 ? 'in' : 'out'] += 1;
    amount[step > 0 ? 'in' : 'out'] += asset.acquisitionValue ?? 0;
  }
  return {
    'nombre d’entrées': count.in,
    'nombre de sorties': count.out,
    'montant des entrées': amount.in,
    'montant des sorties': amount.out,
  };
}

const ALL = 'Ensemble du ministère';

function describeScope(names: Names, { structureId, siteId, typeCode, status }: Scope): string {
  const statuses = status?.map((known) => PAPER_WORDS.status[known]).join(', ');
  return [
    structureId === undefined ? ALL : names.structure(structureId),
    siteId && names.site(siteId),
    typeCode && names.type(typeCode),
    statuses,
  ]
    .filter(Boolean)
    .join(' – ')
    .slice(0, 500);
}

/** Whom or what it is about: the holder, the one asset, or how many. */
function subjectOf(facts: readonly AssetFacts[]): string {
  const [first] = facts;
  if (!first) return '';
  if (facts.length === 1) return `${first.asset.designation} (${first.asset.reference})`.slice(0, 300);
  const holders = new Set(facts.map(({ asset }) => asset.holderName));
  const [holder] = holders;
  const count = `${facts.length} matériels`;
  return (holders.size === 1 && holder ? `${holder} – ${count}` : count).slice(0, 300);
}

function byTime(a: Movement, b: Movement): number {
  if (a.declaredAt !== b.declaredAt) return a.declaredAt < b.declaredAt ? -1 : 1;
  return a.deviceSequence - b.deviceSequence;
}

function invalid(field: string, problem: string): AppError {
  return new AppError('COMMAND_INVALID', 'No paper can be made of this', { details: { field, problem } });
}
