/** As much of PouchDB as the bench uses; its packages bring no types. */
declare module 'pouchdb-core' {
  type Row = Readonly<Record<string, unknown>>;
  type Result = { readonly ok: boolean; readonly status?: string; readonly errors?: readonly unknown[] };
  class PouchDB {
    constructor(
      name: string,
      options?: {
        readonly adapter?: string;
        readonly fetch?: (address: string, init: RequestInit) => Promise<Response>;
      },
    );
    static plugin(plugin: unknown): typeof PouchDB;
    readonly replicate: {
      to(target: PouchDB): Promise<Result>;
      from(source: PouchDB): Promise<Result>;
    };
    info(): Promise<{ readonly doc_count: number; readonly update_seq: number }>;
    get(id: string, options?: Row): Promise<Row>;
    put(document: Row): Promise<Row>;
    bulkDocs(documents: readonly unknown[], options?: { readonly new_edits: boolean }): Promise<unknown[]>;
    bulkGet(options: Row): Promise<Row>;
    allDocs(options: Row): Promise<{ readonly rows: readonly { readonly id: string; readonly doc?: Row }[] }>;
    changes(options: Row): Promise<Row>;
    revsDiff(revisions: unknown): Promise<Row>;
    close(): Promise<void>;
    destroy(): Promise<void>;
  }
  export default PouchDB;
}
declare module 'pouchdb-adapter-memory' {
  const plugin: unknown;
  export default plugin;
}
declare module 'pouchdb-adapter-http' {
  const plugin: unknown;
  export default plugin;
}
declare module 'pouchdb-replication' {
  const plugin: unknown;
  export default plugin;
}
