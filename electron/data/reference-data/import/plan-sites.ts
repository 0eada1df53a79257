import { fold } from '#shared/domain/fold.ts';
import { findSiteProblem } from '#shared/domain/reference-data.ts';
import { SITE_KINDS, type Site, type SiteKind } from '#shared/schema/site.ts';
import {
  listChanges,
  onlyOne,
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
  const writes: PlannedWrite[] = [];
  try {
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
    // A line that is refused half way leaves nothing behind.
    work.takeBack(writes);
    throw error;
  }
}

function findPlace(work: Sites, kind: SiteKind, text: string, parent: Site | undefined): Site | undefined {
  const keysOf = (site: Site) => [site.name, ...(site.aliases ?? [])].map((name) => `${site.kind} ${fold(name)}`);
  const called = work
    .having('name', keysOf, `${kind} ${fold(text)}`)
    .filter((site) => parent === undefined || site.parentId === parent.id);
  const inUse = called.filter(({ active }) => active !== false);
  const found = onlyOne([inUse, called], { field: kind, problem: 'ambiguous' });
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
