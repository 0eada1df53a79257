import { fold } from '#shared/domain/fold.ts';
import { findSiteProblem } from '#shared/domain/reference-data.ts';
import { SITE_KINDS, type Site, type SiteKind } from '#shared/schema/site.ts';
import {
  findOne,
  isLike,
  listChanges,
  type Plan,
  type PlannedLine,
  type PlannedWrite,
  planLines,
  Refusal,
  type Workspace,
} from './plan.ts';
import type { FileRow } from './read.ts';

type Sites = Workspace<'sites'>;

/** The territory is the State's: a file names départements and communes, it makes none. */
const GIVEN: readonly SiteKind[] = ['departement', 'commune'];

/** A line is a way down: commune, site, building, room. What is missing on the way is created. */
export function planSites(work: Sites): PlannedLine[] {
  return planLines(work.file.rows, (row) => planSite(work, row), {
    labelOf: (row) =>
      SITE_KINDS.map((kind) => row.get(kind))
        .filter(Boolean)
        .at(-1) ?? '',
  });
}

function planSite(work: Sites, row: FileRow): Plan {
  const levels = SITE_KINDS.filter((kind) => row.get(kind) !== '');
  const deepest = levels.at(-1);
  if (!deepest) throw new Refusal({ field: 'site', problem: 'required' });
  // A line that is refused half way leaves nothing behind.
  const before = new Map(work.rows);
  try {
    const writes: PlannedWrite[] = [];
    let above: Site | undefined;
    for (const kind of levels) {
      const parent: Site | undefined = above;
      const known = findPlace(work, kind, row.get(kind), parent);
      const place = known ?? makePlace(work, kind, row.get(kind), parent);
      above = kind === deepest ? withAliases(place, row) : place;
      // The deepest is what the line is about, whether or not it says anything new of it.
      const write =
        known === above && kind !== deepest ? undefined : work.take(above, findSiteProblem(above, work.rows));
      if (write) writes.push(write);
    }
    const parent = above?.parentId && work.rows.get(above.parentId)?.name;
    const changes = writes.flatMap((write) => listChanges(write));
    return { label: row.get(deepest), ...(parent && { parent }), changes, writes };
  } catch (error) {
    work.rows.clear();
    for (const [id, site] of before) work.rows.set(id, site);
    throw error;
  }
}

function findPlace(work: Sites, kind: SiteKind, text: string, parent: Site | undefined): Site | undefined {
  const isCalled = (site: Site) =>
    site.kind === kind && (isLike(site.name, text) || (site.aliases ?? []).some((alias) => isLike(alias, text)));
  const test = (site: Site) => isCalled(site) && (parent === undefined || site.parentId === parent.id);
  const several = { field: kind, problem: 'ambiguous' } as const;
  const inUse = [...work.rows.values()].filter(({ active }) => active !== false);
  const found = findOne(inUse, [test], several) ?? findOne(work.rows.values(), [test], several);
  if (!found && GIVEN.includes(kind)) throw new Refusal({ field: kind, problem: 'unknown-parent', detail: text });
  return found;
}

function makePlace(work: Sites, kind: SiteKind, name: string, parent: Site | undefined): Site {
  if (!parent) throw new Refusal({ field: kind, problem: 'parent-required' });
  const id = work.newId(['site', parent.id, fold(name)]);
  return { id, ministryId: work.ministryId, kind, name, parentId: parent.id };
}

/** Other spellings are added to those that are known. */
function withAliases(site: Site, row: FileRow): Site {
  const known = new Set([site.name, ...(site.aliases ?? [])].map(fold));
  const added = row
    .get('aliases')
    .split(/[,;|/]/)
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '' && !known.has(fold(alias)));
  return added.length === 0 ? site : { ...site, aliases: [...(site.aliases ?? []), ...new Set(added)] };
}
