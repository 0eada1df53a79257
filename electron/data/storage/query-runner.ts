import type { Connection, SqlValue } from '../sqlcipher/connection.ts';
import { type DocumentRow, ROW_COLUMNS, rowsToDocuments, rowsToText } from './document-row.ts';
import { filterInMemory, type Query, runInMemory } from './memory-query.ts';
import { planQuery, type QueryPlan, type SortTerm, toOrderBy } from './query-plan.ts';
import { ODDNESS } from './table-layout.ts';
import type { StoredDocument, TableSchema } from './table-schema.ts';

/** First guess of how many rows must be read to find enough matches, as a multiple of what is wanted. */
const FIRST_READ = 4;
const NEXT_READ = 8;
const MIN_READ = 200;

type OrderedRow = DocumentRow & Readonly<Record<string, SqlValue>>;

/**
 * Answers queries on one table exactly as RxDB's memory storage would (SPEC D2): in SQL where that says the same, with RxDB's
 * own steps over as few documents as possible where it does not. Odd documents are few; they always go through RxDB's steps.
 */
export class QueryRunner {
  readonly #connection: Connection;
  readonly #tableName: string;
  readonly #schema: TableSchema;

  constructor(connection: Connection, tableName: string, schema: TableSchema) {
    this.#connection = connection;
    this.#tableName = tableName;
    this.#schema = schema;
  }

  query(prepared: Query): StoredDocument[] {
    const answer = this.#run(prepared);
    return answer.rows ? rowsToDocuments(answer.rows) : answer.documents;
  }

  /** The same as JSON text; where SQL answers alone, without parsing a document. */
  queryText(prepared: Query): string {
    const answer = this.#run(prepared);
    return answer.rows ? rowsToText(answer.rows) : JSON.stringify(answer.documents);
  }

  count(prepared: Query): number {
    const plan = this.#plan(prepared);
    const oddest = this.#oddest();
    const isWild = oddest === ODDNESS.wild;
    if (isWild || !plan.isWhole)
      return this.#filter(prepared, isWild ? this.#all() : this.#candidates(plan, oddest)).length;
    const { sql, parameters } = plan.where;
    const all = this.#connection.value<number>(`SELECT count(*) FROM ${this.#tableName} WHERE ${sql}`, parameters) ?? 0;
    if (isJudgedBySql(plan, oddest)) return all;
    const wronglyCounted =
      this.#connection.value<number>(
        `SELECT count(*) FROM ${this.#tableName} WHERE odd > 0 AND (${sql})`,
        parameters,
      ) ?? 0;
    return all - wronglyCounted + this.#filter(prepared, this.#odd()).length;
  }

  #run(
    prepared: Query,
  ): { readonly rows: DocumentRow[] } | { readonly rows?: never; readonly documents: StoredDocument[] } {
    const { skip = 0, limit } = prepared.query;
    const plan = this.#plan(prepared);
    const oddest = this.#oddest();
    if (oddest === ODDNESS.wild) return { documents: this.#finish(prepared, this.#all()) };
    if (plan.isWhole && plan.sort && isJudgedBySql(plan, oddest)) {
      if (oddest === ODDNESS.regular || !sortsTexts(plan.sort)) return { rows: this.#rows(plan, limit ?? -1, skip) };
      return { rows: this.#rowsWithDisplaced(plan, plan.sort, limit ?? Number.POSITIVE_INFINITY, skip) };
    }
    if (oddest > 0)
      return {
        documents: this.#finish(prepared, this.#candidates(plan, oddest, skip + (limit ?? Number.POSITIVE_INFINITY))),
      };
    if (plan.sort && limit !== undefined) return { documents: this.#readUntil(prepared, plan, skip, limit) };
    return { documents: this.#finish(prepared, this.#candidates(plan, oddest)) };
  }

  /** Reads in the order of the sort until enough documents match. */
  #readUntil(prepared: Query, plan: QueryPlan, skip: number, limit: number): StoredDocument[] {
    const wanted = skip + limit;
    for (let size = Math.max(MIN_READ, wanted * FIRST_READ); ; size *= NEXT_READ) {
      const rows = this.#rows(plan, size, 0);
      const documents = this.#finish(prepared, rowsToDocuments(rows));
      if (documents.length >= limit || rows.length < size) return documents;
    }
  }

  /** All documents that may match; of the regular ones only the first, when SQL alone can say which these are. */
  #candidates(plan: QueryPlan, oddest: number, wanted = Number.POSITIVE_INFINITY): StoredDocument[] {
    const isCut = plan.isWhole && plan.sort !== undefined && Number.isFinite(wanted);
    const regular = this.#rows(plan, isCut ? wanted : -1, 0, oddest > 0 ? 'odd = 0 AND' : '');
    const documents = rowsToDocuments(regular);
    return oddest > 0 ? documents.concat(this.#odd()) : documents;
  }

  /** SQL chooses the rows; the displaced ones are put into their places here, among as many regular ones as can matter. */
  #rowsWithDisplaced(plan: QueryPlan, sort: readonly SortTerm[], limit: number, skip: number): DocumentRow[] {
    const wanted = skip + limit;
    const columns = [ROW_COLUMNS, ...sort.map(({ field }, index) => `${field.sql} AS ${sortColumn(index)}`)].join();
    const regular = this.#rows(plan, Number.isFinite(wanted) ? wanted : -1, 0, 'odd = 0 AND', columns);
    const displaced = this.#rows(plan, -1, 0, 'odd > 0 AND', columns);
    // Selected just now with the columns of the sort.
    const rows = regular.concat(displaced) as OrderedRow[];
    return rows.sort(bySortColumns(sort)).slice(skip, wanted);
  }

  #rows({ where, sort }: QueryPlan, limit: number, skip: number, only = '', columns = ROW_COLUMNS): DocumentRow[] {
    return this.#connection.all<DocumentRow>(
      `SELECT ${columns} FROM ${this.#tableName} WHERE ${only} (${where.sql})${sort ? ` ORDER BY ${toOrderBy(sort)}` : ''} LIMIT ? OFFSET ?`,
      [...where.parameters, limit, skip],
    );
  }

  #odd(): StoredDocument[] {
    return rowsToDocuments(
      this.#connection.all<DocumentRow>(`SELECT ${ROW_COLUMNS} FROM ${this.#tableName} WHERE odd > 0`),
    );
  }

  #all(): StoredDocument[] {
    return rowsToDocuments(this.#connection.all<DocumentRow>(`SELECT ${ROW_COLUMNS} FROM ${this.#tableName}`));
  }

  #oddest(): number {
    return this.#connection.value<number>(`SELECT max(odd) FROM ${this.#tableName} WHERE odd > 0`) ?? 0;
  }

  #plan(prepared: Query): QueryPlan {
    return planQuery(this.#schema.fields, this.#schema.primaryPath, prepared);
  }

  #filter(prepared: Query, documents: readonly StoredDocument[]): StoredDocument[] {
    return filterInMemory(this.#schema.filled, prepared, documents);
  }

  #finish(prepared: Query, documents: readonly StoredDocument[]): StoredDocument[] {
    return runInMemory(this.#schema.filled, prepared, documents);
  }
}

/** True when the condition is exact for every document of the table. */
function isJudgedBySql({ comparesTexts }: QueryPlan, oddest: number): boolean {
  return oddest === ODDNESS.regular || (oddest === ODDNESS.displaced && !comparesTexts);
}

function sortsTexts(sort: readonly SortTerm[]): boolean {
  return sort.some(({ field }) => field.type === 'string');
}

function sortColumn(index: number): string {
  return `sort_${index}`;
}

/** Compares as JavaScript does, that is in UTF-16; what is missing comes first, as in SQL. */
function bySortColumns(sort: readonly SortTerm[]): (a: OrderedRow, b: OrderedRow) => number {
  const keys = sort.map(({ direction }, index) => ({
    column: sortColumn(index),
    sign: direction === 'DESC' ? -1 : 1,
  }));
  return (a, b) => {
    for (const { column, sign } of keys) {
      const [left, right] = [a[column] ?? null, b[column] ?? null];
      if (left === right) continue;
      if (left === null || right === null) return left === null ? -sign : sign;
      return left < right ? -sign : sign;
    }
    return 0;
  };
}
