import { type Act, type PaperKind, ruleOf } from '#shared/domain/lifecycle.ts';
import { actOf } from '#shared/papers/lines.ts';
import type { QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { RecentAct } from '#shared/protocol/papers.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { toEntry } from '../journal/entries.ts';
import type { Register } from '../register.ts';

/** Entries looked through for the latest acts. */
const ENTRIES = 2000;

/** The latest acts whose papers are of this kind, each once, the latest first; an act that was taken back has none. */
export function recentActs(
  register: Register,
  { kind, assetId, limit }: QuestionInput<'recentActs'>,
): QuestionOutput['recentActs'] {
  const acts = new Map<string, RecentAct>();
  const undone = new Set<string>();
  for (const entry of latestEntries(register, assetId)) {
    if (entry.undoes !== undefined) undone.add(entry.undoes);
    const act = actOf(entry);
    if (!act || !entry.actId || undone.has(entry.id) || !producesPaper(act, kind)) continue;
    const known = acts.get(entry.actId);
    if (known) acts.set(entry.actId, { ...known, count: known.count + 1 });
    else if (acts.size < limit) acts.set(entry.actId, describeAct(entry, act, entry.actId));
  }
  return [...acts.values()];
}

function latestEntries(register: Register, assetId: string | undefined): Movement[] {
  const movements = register.table('movements');
  const ofAsset = assetId === undefined ? '' : `AND ${movements.column('assetId')} = ?`;
  const ids = register.connection.values<string>(
    `SELECT id FROM ${movements.tableName} WHERE deleted = 0 ${ofAsset}
      ORDER BY ${movements.column('declaredAt')} DESC, id DESC LIMIT ?`,
    [...(assetId === undefined ? [] : [assetId]), ENTRIES],
  );
  const order = new Map(ids.map((id, index) => [id, index]));
  const entries = movements.findByIds(ids).map(toEntry);
  return entries.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

function producesPaper(act: Act, kind: PaperKind | undefined): boolean {
  return kind === undefined ? ruleOf(act).papers.length > 0 : ruleOf(act).papers.includes(kind);
}

function describeAct(entry: Movement, act: Act, actId: string): RecentAct {
  const holder = entry.changes.find(({ field }) => field === 'holderName')?.to;
  return {
    actId,
    act,
    declaredAt: entry.declaredAt,
    count: 1,
    author: entry.author.name,
    ...(typeof holder === 'string' && { holder }),
    ...(entry.documentNumber && { documentNumber: entry.documentNumber }),
    papers: ruleOf(act).papers,
  };
}
