import {
  getIndexableStringMonad,
  getQueryMatcher,
  getSortComparator,
  getStartIndexStringFromLowerBound,
  getStartIndexStringFromUpperBound,
  type PreparedQuery,
} from 'rxdb';
import type { FilledSchema, StoredDocument } from './table-schema.ts';

export type Query = PreparedQuery<StoredDocument>;

/**
 * Runs a query as RxDB's memory storage does, step by step and with its own functions: range of the chosen index, filter,
 * stable sort, skip and limit (SPEC D2). Used for what SQL cannot say with the same meaning.
 */
export function runInMemory(
  schema: FilledSchema,
  { query, queryPlan }: Query,
  documents: readonly StoredDocument[],
): StoredDocument[] {
  const found = filterInMemory(schema, { query, queryPlan }, documents);
  if (!queryPlan.sortSatisfiedByIndex) found.sort(getSortComparator(schema, query));
  const skip = query.skip ? query.skip : 0;
  const end = typeof query.limit === 'number' ? skip + query.limit : found.length;
  return skip === 0 && end >= found.length ? found : found.slice(skip, end);
}

/** The documents that match, in the order of the index that RxDB's plan chose. */
export function filterInMemory(
  schema: FilledSchema,
  { query, queryPlan }: Query,
  documents: readonly StoredDocument[],
): StoredDocument[] {
  const { index, startKeys, endKeys, inclusiveStart, inclusiveEnd } = queryPlan;
  const toKey = getIndexableStringMonad(schema, index);
  const lower = getStartIndexStringFromLowerBound(schema, index, startKeys);
  const upper = getStartIndexStringFromUpperBound(schema, index, endKeys);
  const isMatch = queryPlan.selectorSatisfiedByIndex ? () => true : getQueryMatcher(schema, query);
  return documents
    .map((document) => ({ key: toKey(document), document }))
    .filter(({ key }) => (inclusiveStart ? key >= lower : key > lower) && (inclusiveEnd ? key <= upper : key < upper))
    .filter(({ document }) => isMatch(document))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ document }) => document);
}

function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
