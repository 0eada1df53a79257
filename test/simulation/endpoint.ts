import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, InjectOptions } from 'fastify';
import type { Role } from '#shared/domain/roles.ts';
import { PATHS } from '#shared/protocol/replication.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { createApp } from '../../server/app.ts';
import { loadEndpointKeys } from '../../server/auth/endpoint-keys.ts';
import { DEFAULT_CONFIG } from '../../server/config.ts';
import { compileCollections } from '../../server/replication/collections.ts';
import { findOrMakeSnapshot } from '../../server/snapshot/find.ts';
import { readWholeSnapshot } from '../../server/snapshot/serve.ts';
import type { Connection, Database, Row } from '../../server/store/database.ts';
import type { StoredDocument } from '../../server/store/documents.ts';
import { addMinistry, type Ministry } from '../../server/store/enrolment.ts';
import { openNextEpoch } from '../../server/store/epoch.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { pglite } from '../support/endpoint-database.ts';
import type { Receiver, WireAnswer, WireRequest } from './line.ts';

const ADMIN_TOKEN = 'administrator-of-the-simulation';

/** Where a transaction of the endpoint breaks: nothing is committed, or all of it and nobody hears. */
export type Break = 'before-commit' | 'after-commit';

/**
 * The real endpoint on an embedded PostgreSQL, which breaks when it is told to. One database serves many histories, each
 * with ministries of its own: opening one costs more than a history.
 */
export class SimulatedEndpoint implements Receiver {
  #store: Store;
  #app: FastifyInstance;
  readonly #breaks: BreakingDatabase;
  /** Instant of the endpoint, in milliseconds since 1970. */
  now: () => number = () => Date.now();
  readonly #listeners = new Set<(ministryId: string, seq: number) => void>();

  private constructor(store: Store, app: FastifyInstance, breaks: BreakingDatabase) {
    this.#store = store;
    this.#app = app;
    this.#breaks = breaks;
    this.#listen();
  }

  static async open(): Promise<SimulatedEndpoint> {
    const breaks = new BreakingDatabase(await pglite.open());
    const store = await openStore(breaks);
    const endpoint: SimulatedEndpoint = new SimulatedEndpoint(
      store,
      await startApp(store, () => new Date(endpoint.now())),
      breaks,
    );
    return endpoint;
  }

  #listen(): void {
    this.#store.onCommit((ministryId, seq) => {
      for (const listener of this.#listeners) listener(ministryId, seq);
    });
  }

  onCommit(listener: (ministryId: string, seq: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  handle(request: WireRequest): Promise<WireAnswer> {
    return this.#breaks.expose(() => this.#inject(request));
  }

  /** The transaction after so many others of the next requests breaks. */
  breakTransaction(kind: Break, after: number): void {
    this.#breaks.plan = { kind, after };
  }

  /** What was planned and has not happened does not happen any more. */
  mend(): void {
    this.#breaks.plan = undefined;
  }

  /** Ends the program and starts another on the same database. */
  async restart(): Promise<void> {
    await this.#app.close();
    this.#app = await startApp(this.#store, () => new Date(this.now()));
  }

  /** Keeps what these ministries have, as a backup does: the rows, not who may send them. */
  async backUp(ministries: readonly string[]): Promise<Backup> {
    return await this.#store.database.transaction(async (connection) => {
      const tables: BackedUpTable[] = [];
      for (const [name, key] of BACKED_UP) {
        const rows = await connection.query(`select * from ${name} where ${key} = any($1::uuid[])`, [ministries]);
        tables.push({ name, key, rows });
      }
      return { ministries, tables };
    });
  }

  /** The disk is lost: a new endpoint goes on from the backup, in another epoch (SPEC S19). */
  async restore({ ministries, tables }: Backup): Promise<void> {
    await this.#app.close();
    const [last] = await this.#query('select max(epoch) as epoch from ministries where id = any($1::uuid[])', [
      ministries,
    ]);
    await this.#store.database.transaction(async (connection) => {
      // Devices and people point at their ministry, and stay.
      await connection.execute('set local session_replication_role = replica');
      for (const { name, key, rows } of tables) {
        const own = await writableColumns(connection, name);
        await connection.query(`delete from ${name} where ${key} = any($1::uuid[])`, [ministries]);
        await connection.query(
          `insert into ${name} (${own}) select ${own} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
          [JSON.stringify(rows.map(toJsonRow))],
        );
      }
    });
    await openNextEpoch(this.#store.database);
    // Epochs are told apart by the second in which they begin: two of a history may lie in one of the machine's.
    await this.#query('update ministries set epoch = greatest(epoch, $2) where id = any($1::uuid[])', [
      ministries,
      Number(last?.epoch) + 1,
    ]);
    // A program tells of no sequence twice. A real backup comes back into an empty place, where none has told of any yet.
    this.#store = await openStore(this.#breaks);
    this.#listen();
    this.#app = await startApp(this.#store, () => new Date(this.now()));
  }

  async addMinistry(): Promise<Ministry> {
    const id = randomUUID();
    const ministry = { id, acronym: `T${id.slice(0, 8).toUpperCase()}`, name: 'Ministère' };
    await addMinistry(this.#store.database, ministry);
    return ministry;
  }

  /** A one-time code for a person, as an administrator asks for it. */
  async enrolmentCode(ministryId: string, person: { readonly name: string; readonly role: Role }): Promise<string> {
    const body = { ministry: ministryId, person };
    const request = { path: PATHS.enrolmentCodes, token: ADMIN_TOKEN, text: JSON.stringify(body) };
    const { status, text } = await this.#inject(request);
    if (status !== 201) throw new Error(`No enrolment code: ${text}`);
    return String(JSON.parse(text).code);
  }

  /** Rows of a ministry whose last change came after a sequence. */
  rows(ministryId: string, seq = 0): Promise<readonly StoredDocument[]> {
    return this.#store.pull(ministryId, { seq, limit: 1_000_000 });
  }

  async #inject({ path, method = 'POST', token, headers, text, octets }: WireRequest): Promise<WireAnswer> {
    const isText = !octets && method === 'POST';
    const asked: InjectOptions = {
      method,
      url: path,
      headers: {
        ...(method === 'POST' && { 'content-type': isText ? 'application/json' : 'application/octet-stream' }),
        ...headers,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...((isText || octets) && { payload: octets ? Buffer.from(octets) : text }),
    };
    // An answer that was begun ends nowhere where the database ends under it.
    const answer = await this.#app.inject(asked).catch(() => undefined);
    if (!answer) return { status: 500, headers: {}, text: '', isBroken: true };
    const { statusCode: status, rawPayload } = answer;
    // What the framework calls headers are Node's own.
    const answered = answer.headers as IncomingHttpHeaders;
    const isJson = String(answered['content-type']).startsWith('application/json');
    return {
      status,
      headers: answered,
      ...(isJson ? { text: rawPayload.toString('utf8') } : { text: '', octets: rawPayload }),
    };
  }

  /** Hashes of the files that the endpoint has of a ministry, in order. */
  async files(ministryId: string): Promise<readonly string[]> {
    const rows = await this.#query('select hash from files where ministry_id = $1', [ministryId]);
    return rows.map(({ hash }) => String(hash)).sort();
  }

  /** The bytes under a hash, as they lie in the database. */
  async file(ministryId: string, hash: string): Promise<Buffer | undefined> {
    const rows = await this.#query(
      `select c.data from files f left join file_chunks c on c.ministry_id = f.ministry_id and c.content_id = f.content_id
        where f.ministry_id = $1 and f.hash = $2 order by c.position`,
      [ministryId, hash],
    );
    // `bytea` is a Buffer or its parent class; a file without a byte has no chunk.
    return rows.length === 0
      ? undefined
      : Buffer.concat(rows.map(({ data }) => (data as Uint8Array) ?? Buffer.alloc(0)));
  }

  /** A disk forgets the bytes of a file. */
  async loseFile(ministryId: string, hash: string): Promise<void> {
    await this.#query(
      `with gone as (delete from files where ministry_id = $1 and hash = $2 returning content_id)
       delete from file_chunks c using gone where c.ministry_id = $1 and c.content_id = gone.content_id`,
      [ministryId, hash],
    );
  }

  /** The newest snapshot of a ministry as a file; nothing where it has no rows. */
  async snapshotFile(ministryId: string): Promise<Buffer | undefined> {
    const maker = {
      store: this.#store,
      keys: await loadEndpointKeys(this.#store.database),
      collections: compileCollections(COLLECTIONS),
      clock: () => new Date(this.now()),
    };
    const snapshot = await findOrMakeSnapshot(maker, ministryId, { minimum: 1 });
    if (!snapshot || snapshot === 'pending') return undefined;
    return readWholeSnapshot(maker, ministryId, snapshot);
  }

  /** Newer ones took the place of the snapshots of a ministry. */
  async dropSnapshots(ministryId: string): Promise<void> {
    await this.#query('delete from snapshot_chunks where ministry_id = $1', [ministryId]);
    await this.#query('delete from snapshots where ministry_id = $1', [ministryId]);
  }

  #query(sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
    return this.#store.database.transaction((connection) => connection.query(sql, [...values]));
  }

  async close(): Promise<void> {
    await this.#app.close();
    await this.#store.close();
  }
}

/** What a backup of a history brings back, and by which column. Who is enrolled stays: this is about rows. */
const BACKED_UP = [
  ['ministries', 'id'],
  ['documents', 'ministry_id'],
  ['exchanges', 'ministry_id'],
  ['parcel_parts', 'ministry_id'],
  ['parcels', 'ministry_id'],
  ['twin_searches', 'ministry_id'],
  ['files', 'ministry_id'],
  ['file_uploads', 'ministry_id'],
  ['file_chunks', 'ministry_id'],
  ['snapshots', 'ministry_id'],
  ['snapshot_chunks', 'ministry_id'],
] as const satisfies readonly (readonly [table: string, key: string])[];

type BackedUpTable = { readonly name: string; readonly key: string; readonly rows: readonly Row[] };
export type Backup = { readonly ministries: readonly string[]; readonly tables: readonly BackedUpTable[] };

async function writableColumns(connection: Connection, table: string): Promise<string> {
  const rows = await connection.query(
    "select column_name from information_schema.columns where table_name = $1 and is_generated = 'NEVER'",
    [table],
  );
  return rows.map(({ column_name: name }) => `"${name}"`).join(', ');
}

/** Bytes as PostgreSQL reads them back from JSON. */
function toJsonRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value,
    ]),
  );
}

async function startApp(store: Store, clock: () => Date): Promise<FastifyInstance> {
  const unlimited = { enrolmentTries: 1e9, deviceRequestsPerMinute: 1e9, failedTokens: 1e9, snapshotMinimum: 1 };
  const config = { ...DEFAULT_CONFIG, ...unlimited, adminToken: ADMIN_TOKEN };
  const app = await createApp({ store, collections: COLLECTIONS, config, clock, log: false });
  await app.ready();
  return app;
}

/** Breaks for requests of desktops only: not for whoever sets the scene or looks on, nor for what a program does by the clock. */
class BreakingDatabase implements Database {
  readonly #exposed = new AsyncLocalStorage<true>();
  plan: { readonly kind: Break; readonly after: number } | undefined;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const kind = this.#due();
    const result = await this.#database.transaction(async (connection) => {
      const done = await work(connection);
      if (kind === 'before-commit') throw new Error('The database ended before the commit');
      return done;
    });
    if (kind === 'after-commit') throw new Error('The database ended after the commit');
    return result;
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  expose<T>(work: () => Promise<T>): Promise<T> {
    return this.#exposed.run(true, work);
  }

  #due(): Break | undefined {
    const { plan } = this;
    if (!plan || !this.#exposed.getStore()) return undefined;
    this.plan = plan.after > 0 ? { kind: plan.kind, after: plan.after - 1 } : undefined;
    return plan.after > 0 ? undefined : plan.kind;
  }
}
