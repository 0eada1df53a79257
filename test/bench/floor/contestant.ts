import { compact, fold } from '#shared/domain/fold.ts';
import type { AssetFacets, AssetFilter, FacetCounts } from '#shared/protocol/asset-list.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { ListContestant } from '../register/measure.ts';
import { summarise } from '../register/ours.ts';
import { PAGE, SIGHT, type Stretch } from '../register/questions.ts';
import { parseRows } from './database.ts';
import type { FloorRegister } from './register-database.ts';

const COLUMNS = { status: 'status', typeCode: 'type', structureId: 'structure', siteId: 'site' } as const;
type Facet = keyof typeof COLUMNS;
// The keys just above.
const FACETS = Object.keys(COLUMNS) as Facet[];

const SORTS: Readonly<Record<string, string>> = {
  updatedAt: 'updated',
  designation: 'designation',
  reference: 'reference',
};

/** Up to so many matches are counted and ranked; of more, the last ones come first and the number is "more than". */
const RANKED = 10_000;
/** A filter that leaves more rows than this is answered in the order of the sort's index, without sorting. */
const SORTED = 5000;

type Condition = { readonly sql: string; readonly parameters: readonly number[] };

/** The register of the floor, asked in SQL. */
export function createFloorContestant(register: FloorRegister): ListContestant {
  const list = (stretch: Stretch): number => readBodies(register, findStretch(register, stretch)).length;
  return {
    refresh: () => Promise.resolve(),
    list: async (stretch) => list(stretch),
    listWithTotal: async (stretch) => ({ rows: list(stretch), total: count(register, stretch.filter) }),
    count: async (filter) => count(register, filter),
    facets: async (filter) => {
      const counted = FACETS.map((facet) => [facet, tally(register, facet, filter)] as const);
      return summarise(Object.fromEntries(counted) as AssetFacets); // one entry per facet, just made
    },
    search: async (text) => search(register, text),
    edit: async (id, text) => {
      const [asset] = parseRows<Asset>([register.pluck('SELECT body FROM assets WHERE id = ?').get([id]) as string]);
      if (!asset) throw new Error('There is no such asset');
      register.put([{ ...asset, notes: text, updatedAt: new Date().toISOString() }]);
      const seqs = findStretch(register, {
        filter: {},
        sort: { field: 'updatedAt', direction: 'desc' },
        offset: 0,
        limit: PAGE,
      });
      const [top] = readBodies(register, seqs);
      if (top?.id !== id || top.notes !== text) throw new Error('The list does not begin with what was edited');
    },
  };
}

function conditionOf(register: FloorRegister, filter: AssetFilter): Condition {
  const parts = FACETS.flatMap((facet) => {
    const values = filter[facet];
    return values ? [{ column: COLUMNS[facet], codes: values.map((value) => register.codeOf(value)) }] : [];
  });
  return {
    sql: parts.map(({ column, codes }) => `${column} IN (${codes.map(() => '?').join(', ')})`).join(' AND ') || 'TRUE',
    parameters: parts.flatMap(({ codes }) => codes),
  };
}

/**
 * SQLite's planner does not know how many rows a value has, so the choice is made here, as one would by hand: many rows are
 * met soon in the order of the sort; few are sorted.
 */
function findStretch(register: FloorRegister, { filter, sort, offset, limit }: Stretch): number[] {
  const { sql, parameters } = conditionOf(register, filter);
  const column = SORTS[sort.field];
  if (!column) throw new Error('The floor has no index for this order');
  const isMany = sql === 'TRUE' || countUpTo(register, sql, parameters, SORTED) >= SORTED;
  const source = isMany ? `assets INDEXED BY by_${column}` : 'assets';
  const rows = register.pluck(
    `SELECT seq FROM ${source} WHERE ${sql} ORDER BY ${isMany ? '' : '+'}${column} ${sort.direction}, seq ${sort.direction} LIMIT ? OFFSET ?`,
  );
  return rows.all([...parameters, limit, offset]) as number[];
}

function readBodies(register: FloorRegister, seqs: readonly number[]): Asset[] {
  const body = register.pluck('SELECT body FROM assets WHERE seq = ?');
  return parseRows(seqs.map((seq) => body.get([seq]) as string));
}

function count(register: FloorRegister, filter: AssetFilter): number {
  const { sql, parameters } = conditionOf(register, filter);
  return register.pluck(`SELECT count(*) FROM assets WHERE ${sql}`).get(parameters) as number;
}

function countUpTo(register: FloorRegister, sql: string, parameters: readonly number[], most: number): number {
  return register
    .pluck(`SELECT count(*) FROM (SELECT 1 FROM assets WHERE ${sql} LIMIT ?)`)
    .get([...parameters, most]) as number;
}

/** How many assets each value of a filter leaves under the other filters. */
function tally(register: FloorRegister, facet: Facet, { [facet]: _own, ...others }: AssetFilter): FacetCounts {
  const { sql, parameters } = conditionOf(register, others);
  const column = COLUMNS[facet];
  // Without another filter the facet's own index is read in its order; with one, that one's rows are few enough to group.
  const source = sql === 'TRUE' ? `assets INDEXED BY by_${column}` : 'assets';
  const rows = register
    .prepare(`SELECT ${column} AS code, count(*) AS n FROM ${source} WHERE ${sql} GROUP BY 1`)
    .all([...parameters]) as { code: number; n: number }[];
  return Object.fromEntries(rows.map(({ code, n }) => [register.wordOf(code), n]));
}

/** Words by their beginnings, numbers by any part; an exact number leads. Typing errors find nothing here. */
function search(register: FloorRegister, text: string): number {
  const words = fold(text).split(' ').filter(Boolean);
  if (words.length === 0) return 0;
  const match = words.map((word) => `"${word}"*`).join(' AND ');
  const total = register
    .pluck('SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ? LIMIT ?)')
    .get([match, RANKED]) as number;
  const order = total < RANKED ? 'bm25(found, 9, 8, 6, 4, 3, 2)' : 'rowid DESC';
  const found = register
    .pluck(`SELECT rowid FROM found WHERE found MATCH ? ORDER BY ${order} LIMIT ?`)
    .all([match, PAGE]) as number[];
  const whole = compact(text);
  const parts =
    whole.length < 3
      ? []
      : (register.pluck('SELECT rowid FROM parts WHERE parts MATCH ? LIMIT ?').all([`"${whole}"`, PAGE]) as number[]);
  const seqs = [...new Set(total < RANKED ? [...found, ...parts] : [...parts, ...found])].slice(0, PAGE);
  return readBodies(register, seqs.slice(0, SIGHT)).length;
}
