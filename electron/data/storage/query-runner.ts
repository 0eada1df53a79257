import type { Connection } from '../sqlcipher/connection.ts';
import { type DocumentRow, ROW_COLUMNS, rowsToDocuments, rowsToText } from './document-row.ts';
import { filterInMemory, type Query, runInMemory } from './memory-query.ts';
import { planQuery, type QueryPlan } from './query-plan.ts';
import type { StoredDocument, TableSchema } from './table-schema.ts';

/** First guess of how many rows must be read to find enough matches, as a multiple of what is wanted. */
const FIRST_READ = 4;
const NEXT_READ = 8;
const MIN_READ = 200;

/** Stored oddness of the oddest document: see `Regularity`. */
const WILD = 2;

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
    if (oddest === WILD || !plan.isWhole)
      return this.#filter(prepared, oddest === WILD ? this.#all() : this.#candidates(plan, oddest)).length;
    const { sql, parameters } = plan.where;
    const all = this.#connection.value<number>(`SELECT count(*) FROM ${this.#tableName} WHERE ${sql}`, parameters) ?? 0;
    if (oddest === 0) return all;
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
    if (oddest === WILD) return { documents: this.#finish(prepared, this.#all()) };
    if (oddest > 0)
      return {
        documents: this.#finish(prepared, this.#candidates(plan, oddest, skip + (limit ?? Number.POSITIVE_INFINITY))),
      };
    if (plan.isWhole && plan.orderBy) return { rows: this.#rows(plan, limit ?? -1, skip) };
    if (plan.orderBy && limit !== undefined) return { documents: this.#readUntil(prepared, plan, skip, limit) };
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
    const isCut = plan.isWhole && plan.orderBy !== undefined && Number.isFinite(wanted);
    const regular = this.#rows(plan, isCut ? wanted : -1, 0, oddest > 0 ? 'odd = 0 AND' : '');
    const documents = rowsToDocuments(regular);
    return oddest > 0 ? documents.concat(this.#odd()) : documents;
  }

  #rows({ where, orderBy }: QueryPlan, limit: number, skip: number, only = ''): DocumentRow[] {
    return this.#connection.all<DocumentRow>(
      `SELECT ${ROW_COLUMNS} FROM ${this.#tableName} WHERE ${only} (${where.sql})${orderBy ? ` ORDER BY ${orderBy}` : ''} LIMIT ? OFFSET ?`,
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
