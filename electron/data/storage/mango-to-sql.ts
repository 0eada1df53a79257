import type { SqlValue } from '../sqlcipher/connection.ts';
import { isRegularValue, type ScalarField } from './scalar-field.ts';

export type Fields = ReadonlyMap<string, ScalarField>;

/** An SQL condition. Where it is NULL the document does not match. */
export type Condition = { readonly sql: string; readonly parameters: readonly SqlValue[] };

/** What of a selector has an SQL form: every match fulfils the condition; with `isWhole` only matches do. */
export type CompiledSelector = Condition & {
  readonly isWhole: boolean;
  /** Paths at which all that fulfil the condition hold one and the same value. */
  readonly fixed: ReadonlySet<string>;
};

type Selector = Readonly<Record<string, unknown>>;

const TRUE: Condition = { sql: '1', parameters: [] };
/** Longest list that becomes parameters; a longer one travels as one JSON text. */
const MAX_LIST_PARAMETERS = 32;

/**
 * Turns a Mango selector into SQL over regular documents (see `Regularity`), as far as SQL says exactly the same as RxDB's
 * matcher: declared scalar fields against values of their own type. The rest is left to the matcher.
 */
export function compileSelector(fields: Fields, selector: Selector): CompiledSelector {
  const parts = Object.entries(selector).flatMap(([key, value]) => splitPart(key, value));
  const compiled = parts.map(([key, value]) => compilePart(fields, key, value));
  const known = compiled.filter((part) => part !== undefined);
  const fixed = parts.filter(([, value], index) => compiled[index] && isEquality(value)).map(([key]) => key);
  return { ...join(known, 'AND', TRUE), isWhole: known.length === compiled.length, fixed: new Set(fixed) };
}

export function isEquality(matcher: unknown): boolean {
  return typeof matcher === 'object' && matcher !== null && Object.keys(matcher).join() === '$eq';
}

/** A conjunction is as good as its parts, so that what has SQL form narrows the search even beside what has none. */
function splitPart(key: string, value: unknown): [string, unknown][] {
  if (key === '$and' && Array.isArray(value) && value.length > 0 && value.every(isSelector)) {
    return value.flatMap((part) => Object.entries(part).flatMap(([innerKey, inner]) => splitPart(innerKey, inner)));
  }
  if (key.startsWith('$') || !isSelector(value)) return [[key, value]];
  const operators = Object.entries(value);
  if (operators.length < 2 || !operators.every(([operator]) => operator.startsWith('$'))) return [[key, value]];
  // `$options` belongs to its `$regex`.
  if (operators.some(([operator]) => operator === '$options')) return [[key, value]];
  return operators.map(([operator, operand]) => [key, { [operator]: operand }]);
}

/** The whole selector, or nothing: for what stands below a disjunction or a negation. */
function compileWhole(fields: Fields, selector: Selector): Condition | undefined {
  const { isWhole, sql, parameters } = compileSelector(fields, selector);
  return isWhole ? { sql, parameters } : undefined;
}

function compilePart(fields: Fields, key: string, value: unknown): Condition | undefined {
  if (key === '$or') return compileAll(fields, value, 'OR');
  if (key === '$nor') return negate(compileAll(fields, value, 'OR'));
  const field = fields.get(key);
  return field && isSelector(value) ? compileOperators(field, value) : undefined;
}

function compileAll(fields: Fields, selectors: unknown, glue: 'AND' | 'OR'): Condition | undefined {
  if (!Array.isArray(selectors) || selectors.length === 0 || !selectors.every(isSelector)) return undefined;
  const parts = selectors.map((selector) => compileWhole(fields, selector));
  return parts.every((part) => part !== undefined) ? join(parts, glue, TRUE) : undefined;
}

function compileOperators(field: ScalarField, operators: Selector): Condition | undefined {
  const parts = Object.entries(operators).map(([operator, operand]) => compileOperator(field, operator, operand));
  if (parts.length === 0 || !parts.every((part) => part !== undefined)) return undefined;
  return join(parts, 'AND', TRUE);
}

const COMPARISONS: Readonly<Record<string, string>> = {
  $eq: '=',
  $ne: 'IS NOT',
  $gt: '>',
  $gte: '>=',
  $lt: '<',
  $lte: '<=',
};

function compileOperator(field: ScalarField, operator: string, operand: unknown): Condition | undefined {
  if (Object.hasOwn(COMPARISONS, operator)) return compileComparison(field, operator, operand);
  switch (operator) {
    case '$in':
      return compileList(field, operand);
    case '$nin':
      return negate(compileList(field, operand));
    case '$exists':
      return typeof operand === 'boolean'
        ? { sql: `${field.sql} IS ${operand ? 'NOT ' : ''}NULL`, parameters: [] }
        : undefined;
    case '$not':
      return isSelector(operand) ? negate(compileOperators(field, operand)) : undefined;
    default:
      return undefined;
  }
}

function compileComparison(field: ScalarField, operator: string, operand: unknown): Condition | undefined {
  if (!isComparable(field, operand)) return undefined;
  // As a literal, so that SQLite sees at once that the leading column of every index is fixed.
  if (typeof operand === 'boolean')
    return { sql: `${field.sql} ${COMPARISONS[operator]} ${operand ? 1 : 0}`, parameters: [] };
  return { sql: `${field.sql} ${COMPARISONS[operator]} ?`, parameters: [operand] };
}

function compileList(field: ScalarField, list: unknown): Condition | undefined {
  if (!Array.isArray(list)) return undefined;
  const values: SqlValue[] = [];
  for (const value of list) {
    if (!isComparable(field, value)) return undefined;
    values.push(typeof value === 'boolean' ? Number(value) : value);
  }
  if (values.length > MAX_LIST_PARAMETERS) {
    return { sql: `${field.sql} IN (SELECT value FROM json_each(?))`, parameters: [JSON.stringify(values)] };
  }
  return { sql: `${field.sql} IN (${values.map(() => '?').join(', ')})`, parameters: values };
}

/**
 * A value that SQL compares with regular documents as RxDB does. Below every indexed text the empty one is as good: it is
 * no document's value and stands before all.
 */
export function isComparable(field: ScalarField, value: unknown): value is string | number | boolean {
  return isRegularValue(field, value) || (value === '' && field.type === 'string');
}

function negate(condition: Condition | undefined): Condition | undefined {
  return condition && { sql: `NOT coalesce(${condition.sql}, 0)`, parameters: condition.parameters };
}

function join(parts: readonly Condition[], glue: 'AND' | 'OR', empty: Condition): Condition {
  const [first] = parts;
  if (!first) return empty;
  if (parts.length === 1) return first;
  return {
    sql: parts.map(({ sql }) => (glue === 'OR' || / OR /.test(sql) ? `(${sql})` : sql)).join(` ${glue} `),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function isSelector(value: unknown): value is Selector {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RegExp) &&
    !(value instanceof Date)
  );
}
