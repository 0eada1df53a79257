import type { Connection, SqlRow, SqlValue } from '../sqlcipher/connection.ts';
import { inParts, JSON_OF_ROWS, type Json, parseDocument, toJson } from './document-row.ts';
import { filterInMemory, type Query, runInMemory } from './memory-query.ts';
import { planQuery, type QueryPlan, type SortTerm, toOrderBy } from './query-plan.ts';
import { ODDNESS } from './table-layout.ts';
import type { StoredDocument, TableSchema } from './table-schema.ts';

/** First guess of how many rows must be read to find enough matches, as a multiple of what is wanted. */
const FIRST_READ = 4;
const NEXT_READ = 8;
const MIN_READ = 200;

/** An SQL query that yields one column of documents, in order. */
type Selection = { readonly sql: string; readonly parameters: readonly SqlValue[] };
type Column = 'body' | 'seq';

/**
 * Answers queries on one table exactly as RxDB's memory storage would (SPEC D2): in SQL where that says the same, with RxDB's
 * own steps over as few documents as possible where it does not. Odd documents are few; they always go through RxDB's steps.
 */
export class QueryRunner {
  readonly #connection: Connection;
  readonly #tableName: string;
  readonly #schema: TableSchema;
  readonly #jsonBySeq: string;

  constructor(connection: Connection, tableName: string, schema: TableSchema) {
    this.#connection = connection;
    this.#tableName = tableName;
    this.#schema = schema;
    this.#jsonBySeq = `SELECT ${JSON_OF_ROWS} FROM json_each(?) CROSS JOIN ${tableName} ON seq = value`;
  }

  query(prepared: Query): StoredDocument[] {
    const answer = this.#run(prepared, 'body');
    return 'sql' in answer ? this.#read(answer) : answer.documents;
  }

  /** The same as JSON, part by part; where SQL answers alone, without parsing a document. */
  *queryJson(prepared: Query): Generator<Json> {
    const answer = this.#run(prepared, 'seq');
    if (!('sql' in answer)) {
      for (const part of inParts(answer.documents)) yield toJson(part);
      return;
    }
    const places = this.#connection.values<number>(answer.sql, answer.parameters);
    for (const part of inParts(places)) {
      const json = this.#connection.value<Json>(this.#jsonBySeq, [JSON.stringify(part)]);
      if (json) yield json;
    }
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

  #run(prepared: Query, column: Column): Selection | { readonly documents: StoredDocument[] } {
    const { skip = 0, limit } = prepared.query;
    const plan = this.#plan(prepared);
    const oddest = this.#oddest();
    if (oddest === ODDNESS.wild) return { documents: this.#finish(prepared, this.#all()) };
    if (plan.isWhole && plan.sort && isJudgedBySql(plan, oddest)) {
      if (oddest === ODDNESS.regular || !sortsTexts(plan.sort))
        return this.#select(plan, limit, skip, { columns: column });
      return this.#selectWithDisplaced(plan, plan.sort, limit, skip, column);
    }
    if (oddest > 0)
      return {
        documents: this.#finish(
          prepared,
          this.#candidates(plan, oddest, limit === undefined ? undefined : skip + limit),
        ),
      };
    if (plan.sort && limit !== undefined) return { documents: this.#readUntil(prepared, plan, skip, limit) };
    return { documents: this.#finish(prepared, this.#candidates(plan, oddest)) };
  }

  /** Reads in the order of the sort until enough documents match. */
  #readUntil(prepared: Query, plan: QueryPlan, skip: number, limit: number): StoredDocument[] {
    const wanted = skip + limit;
    for (let size = Math.max(MIN_READ, wanted * FIRST_READ); ; size *= NEXT_READ) {
      const read = this.#read(this.#select(plan, size));
      const documents = this.#finish(prepared, read);
      if (documents.length >= limit || read.length < size) return documents;
    }
  }

  /** All documents that may match; of the regular ones only the first, when SQL alone can say which these are. */
  #candidates(plan: QueryPlan, oddest: number, wanted?: number): StoredDocument[] {
    const limit = plan.isWhole && plan.sort ? wanted : undefined;
    const documents = this.#read(this.#select(plan, limit, 0, { only: oddest > 0 ? 'odd = 0 AND' : '' }));
    return oddest > 0 ? documents.concat(this.#odd()) : documents;
  }

  /** The displaced documents among as many regular ones as can matter, by keys that SQL orders as JavaScript their texts. */
  #selectWithDisplaced(
    plan: QueryPlan,
    sort: readonly SortTerm[],
    limit: number | undefined,
    skip: number,
    column: Column,
  ): Selection {
    const keys = sort.map(({ field }, index) => `${field.sql} AS key_${index}`).join(', ');
    const given = sort.map((_, index) => `value ->> ${index + 1}`).join(', ');
    const order = sort.map(({ direction }, index) => `key_${index} ${direction}`).join(', ');
    const regular = this.#select(plan, limit === undefined ? undefined : skip + limit, 0, {
      only: 'odd = 0 AND',
      columns: `seq AS place, ${keys}`,
    });
    return {
      sql: `SELECT ${column} FROM (
          SELECT place FROM (SELECT * FROM (${regular.sql}) UNION ALL SELECT value ->> 0, ${given} FROM json_each(?))
          ORDER BY ${order} LIMIT ? OFFSET ?
        ) CROSS JOIN ${this.#tableName} ON seq = place`,
      parameters: [...regular.parameters, JSON.stringify(this.#displacedKeys(plan, keys)), limit ?? -1, skip],
    };
  }

  #displacedKeys({ where }: QueryPlan, keys: string): SqlValue[][] {
    const rows = this.#connection.all<SqlRow>(
      `SELECT seq, ${keys} FROM ${this.#tableName} WHERE odd > 0 AND (${where.sql})`,
      where.parameters,
    );
    return rows.map((row) => Object.values(row).map(toOrderedKey));
  }

  #select(
    { where, sort }: QueryPlan,
    limit: number | undefined,
    skip = 0,
    { only = '', columns = 'body' }: { readonly only?: string; readonly columns?: string } = {},
  ): Selection {
    const order = sort ? ` ORDER BY ${toOrderBy(sort)}` : '';
    return {
      sql: `SELECT ${columns} FROM ${this.#tableName} WHERE ${only} (${where.sql})${order} LIMIT ? OFFSET ?`,
      parameters: [...where.parameters, limit ?? -1, skip],
    };
  }

  #read({ sql, parameters }: Selection): StoredDocument[] {
    return this.#connection.values<string>(sql, parameters).map(parseDocument);
  }

  #odd(): StoredDocument[] {
    return this.#read({ sql: `SELECT body FROM ${this.#tableName} WHERE odd > 0`, parameters: [] });
  }

  #all(): StoredDocument[] {
    return this.#read({ sql: `SELECT body FROM ${this.#tableName}`, parameters: [] });
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

/**
 * UTF-8 puts the characters after the surrogates before the emoji, UTF-16 behind them: each gets the last character of all
 * before it, which no regular or displaced text holds.
 */
function toOrderedKey(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.replace(/[\u{E000}-\u{FFFF}]/gu, '\u{10FFFF}$&') : value;
}
