import { LOGICAL_OPERATORS } from 'rxdb';
import {
  type CompiledSelector,
  type Condition,
  compileSelector,
  type Fields,
  isComparable,
  isEquality,
} from './mango-to-sql.ts';
import type { Query } from './memory-query.ts';
import type { ScalarField } from './scalar-field.ts';

/** One key of a sort. */
export type SortTerm = { readonly field: ScalarField; readonly direction: 'ASC' | 'DESC' };

/** How a query runs over regular documents. */
export type QueryPlan = {
  readonly where: Condition;
  /** The condition may ask which of two texts comes first: it tells nothing about displaced documents. */
  readonly comparesTexts: boolean;
  /** The condition is the whole selector: no document needs a look by the matcher. */
  readonly isWhole: boolean;
  /** The whole sort in SQL, or `undefined` where it must be sorted by RxDB's comparator. */
  readonly sort: readonly SortTerm[] | undefined;
};

/** Operators whose answer depends on the order of values. */
const ORDERINGS: ReadonlySet<string> = new Set(['$gt', '$gte', '$lt', '$lte']);

/** Plans a query; `primaryPath` must be part of the sort for the order to be one. */
export function planQuery(fields: Fields, primaryPath: string, prepared: Query): QueryPlan {
  const { isWhole, fixed, ...where } = compileWhere(fields, prepared);
  return {
    where,
    comparesTexts: comparesTexts(prepared.query.selector),
    isWhole,
    sort: compileSort(fields, primaryPath, prepared.query.sort, fixed),
  };
}

export function toOrderBy(sort: readonly SortTerm[]): string {
  return sort.map(({ field, direction }) => `${field.sql} ${direction}`).join(', ');
}

function comparesTexts(selector: unknown): boolean {
  if (typeof selector !== 'object' || selector === null) return false;
  return Object.entries(selector).some(
    ([key, value]) => (ORDERINGS.has(key) && typeof value === 'string') || comparesTexts(value),
  );
}

/**
 * RxDB's memory storage first cuts a range out of an index, with texts padded and numbers forced into their limits. Where
 * every value is regular this range holds all matches; where one is not, it may leave some out, or (when the selector is
 * nothing but the range) let others in, and only RxDB's own steps tell.
 */
function compileWhere(fields: Fields, { query, queryPlan }: Query): CompiledSelector {
  const selector: Readonly<Record<string, unknown>> = query.selector;
  const compiled = compileSelector(fields, selector);
  if (queryPlan.index.every((path) => hasRegularRange(fields, path, selector[path]))) return compiled;
  if (!queryPlan.selectorSatisfiedByIndex) return { ...compiled, isWhole: false };
  // Of the range's conditions only equalities from its beginning on hold for every document in it.
  const end = queryPlan.index.findIndex(
    (path) => !isEquality(selector[path]) || !hasRegularRange(fields, path, selector[path]),
  );
  const equalities = queryPlan.index.slice(0, end).map((path) => [path, selector[path]]);
  return { ...compileSelector(fields, Object.fromEntries(equalities)), isWhole: false };
}

function hasRegularRange(fields: Fields, path: string, matcher: unknown): boolean {
  if (typeof matcher !== 'object' || matcher === null) return matcher === undefined;
  const field = fields.get(path);
  return Object.entries(matcher).every(([operator, operand]) => {
    if (LOGICAL_OPERATORS.has(operator)) return field !== undefined && isComparable(field, operand);
    if (operator !== '$in') return true;
    return field !== undefined && Array.isArray(operand) && operand.every((value) => isComparable(field, value));
  });
}

function compileSort(
  fields: Fields,
  primaryPath: string,
  sort: Query['query']['sort'],
  fixed: CompiledSelector['fixed'],
): readonly SortTerm[] | undefined {
  const terms: SortTerm[] = [];
  for (const part of sort) {
    const [[path, direction] = ['', '']] = Object.entries(part);
    const field = fields.get(path);
    if (!field) return undefined;
    // SQLite sees that of a column, not of an expression, and would sort what the index has in order.
    if (fixed.has(path) && path !== primaryPath) continue;
    terms.push({ field, direction: direction === 'desc' ? 'DESC' : 'ASC' });
    // What comes after the key can decide nothing.
    if (path === primaryPath) return terms;
  }
  return undefined;
}
