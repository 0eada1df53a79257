import { compact, fold } from '#shared/domain/fold.ts';
import type {
  AssetFilter,
  AssetSort,
  FacetCounts,
  FoundAssets,
  QuestionInput,
  QuestionOutput,
} from '#shared/protocol/data-port.ts';
import type { Register } from '../register.ts';
import type { SqlValue } from '../sqlcipher/connection.ts';

const FACETS = ['status', 'typeCode', 'structureId', 'siteId'] as const;
type Facet = (typeof FACETS)[number];

type Condition = { readonly sql: string; readonly parameters: readonly SqlValue[] };

/** A stretch of the list, by SQL. */
export function findAssets(register: Register, question: QuestionInput<'findAssets'>): FoundAssets {
  const { filter, sort, offset, limit } = question;
  const text = fold(filter.text ?? '');
  const wanted = { filter, limit: offset + limit };
  const { ids, total } = sort ? sortAssets(register, wanted, sort) : searchAssets(register, wanted);
  return {
    revision: register.table('assets').latestCheckpoint().seq,
    total,
    ids: ids.slice(offset),
    terms: text === '' ? [] : text.split(' '),
    corrections: [],
    ...(question.facets && { facets: countFacets(register, { filter }) }),
  };
}

function sortAssets(
  register: Register,
  { filter, limit }: { readonly filter: AssetFilter; readonly limit: number },
  { field, direction }: AssetSort,
): QuestionOutput['searchAssets'] {
  const where = conditionOf(register, filter);
  const assets = register.table('assets');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${assets.tableName} WHERE ${where.sql} ORDER BY ${assets.column(field)} ${direction}, id ${direction} LIMIT ?`,
    [...where.parameters, limit],
  );
  return { ids, total: count(register, where) };
}

/** Ids of the matching assets, best first: an exact reference, serial or inventory number leads. */
export function searchAssets(
  register: Register,
  { filter, limit }: { readonly filter: AssetFilter; readonly limit: number },
): QuestionOutput['searchAssets'] {
  const text = fold(filter.text ?? '');
  const where = conditionOf(register, filter);
  const { tableName } = register.table('assets');
  const total = count(register, where);
  if (!text) {
    const recent = `ORDER BY ${register.table('assets').column('updatedAt')} DESC, id`;
    const rows = register.connection.values<string>(
      `SELECT id FROM ${tableName} WHERE ${where.sql} ${recent} LIMIT ?`,
      [...where.parameters, limit],
    );
    return { ids: rows, total };
  }
  const exact = compact(text);
  const narrowed = conditionOf(register, { ...filter, text: '' });
  const rows = register.connection.values<string>(
    `SELECT k.id FROM asset_search JOIN asset_search_keys k ON k.rowid = asset_search.rowid
      WHERE asset_search MATCH ? AND k.id IN (SELECT id FROM ${tableName} WHERE ${narrowed.sql})
      ORDER BY (k.reference = ? OR k.inventory = ? OR k.serial = ?) IS TRUE DESC, bm25(asset_search, 8, 6, 6, 3, 2, 1), k.id
      LIMIT ?`,
    [matchOf(text), ...narrowed.parameters, exact, exact, exact, limit],
  );
  return { ids: rows, total };
}

/** For every facet, how many assets each of its values leaves under the other filters. */
export function countFacets(
  register: Register,
  { filter }: { readonly filter: AssetFilter },
): QuestionOutput['countFacets'] {
  const counts = FACETS.map((facet) => [facet, countFacet(register, filter, facet)] as const);
  const byFacet = Object.fromEntries(counts) as Record<Facet, FacetCounts>; // one entry per facet, just made
  return { total: count(register, conditionOf(register, filter)), ...byFacet };
}

/** Assets that have one of these numbers already, by the number as `compact` writes it (SPEC I3). */
export function findByNumber(
  register: Register,
  kind: 'serial' | 'inventory',
  numbers: readonly string[],
): Map<string, { readonly id: string; readonly reference: string }> {
  const assets = register.table('assets');
  const rows = register.connection.all<{ number: string; id: string; reference: string }>(
    `SELECT k.${kind} AS number, k.id, ${assets.column('reference')} AS reference
      FROM asset_search_keys k JOIN ${assets.tableName} USING (id)
      WHERE k.${kind} IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(numbers)],
  );
  return new Map(rows.map(({ number, id, reference }) => [number, { id, reference }]));
}

function countFacet(register: Register, filter: AssetFilter, facet: Facet): FacetCounts {
  const { [facet]: _own, ...others } = filter;
  const where = conditionOf(register, others);
  const assets = register.table('assets');
  const rows = register.connection.all<{ value: string; n: number }>(
    `SELECT ${assets.column(facet)} AS value, count(*) AS n FROM ${assets.tableName} WHERE ${where.sql} GROUP BY 1`,
    [...where.parameters],
  );
  return Object.fromEntries(rows.map(({ value, n }) => [value, n]));
}

function count(register: Register, where: Condition): number {
  const sql = `SELECT count(*) FROM ${register.table('assets').tableName} WHERE ${where.sql}`;
  return register.connection.value<number>(sql, [...where.parameters]) ?? 0;
}

function conditionOf(register: Register, filter: AssetFilter): Condition {
  const assets = register.table('assets');
  const parts: Condition[] = [{ sql: 'deleted = 0', parameters: [] }];
  for (const facet of FACETS) {
    const values = filter[facet];
    if (values && values.length > 0) {
      parts.push({ sql: `${assets.column(facet)} IN (${values.map(() => '?').join(', ')})`, parameters: values });
    }
  }
  const text = fold(filter.text ?? '');
  if (text) {
    parts.push({
      sql: `id IN (SELECT k.id FROM asset_search JOIN asset_search_keys k ON k.rowid = asset_search.rowid WHERE asset_search MATCH ?)`,
      parameters: [matchOf(text)],
    });
  }
  return { sql: parts.map(({ sql }) => sql).join(' AND '), parameters: parts.flatMap(({ parameters }) => parameters) };
}

/** Every word must begin a word of the asset; or the whole, without separators, must begin one of its numbers. */
function matchOf(folded: string): string {
  const words = folded.split(' ').map((word) => `"${word}"*`);
  const whole = `"${folded.replaceAll(' ', '')}"*`;
  return words.length === 1 ? words.join('') : `(${words.join(' AND ')}) OR ${whole}`;
}
