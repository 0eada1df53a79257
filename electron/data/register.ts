import { v7 as uuidv7 } from 'uuid';
import { dayInBenin } from '#shared/domain/day-number.ts';
import { COLLECTIONS, type CollectionName } from '#shared/schema/collections.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import { IdentityStore } from './identity-store.ts';
import { readEntry } from './journal/entries.ts';
import { JournalIndex } from './journal/journal-index.ts';
import { JournalSigner } from './journal/signer.ts';
import { InterventionIndex } from './links/intervention-index.ts';
import { LinkIndex } from './links/link-index.ts';
import { StockIndex } from './links/stock-index.ts';
import { Meta } from './meta.ts';
import { PaperIndex } from './papers/paper-index.ts';
import { CarriedFiles } from './parcels/carried-files.ts';
import { OwnParcels } from './parcels/own-parcels.ts';
import { Traffic } from './replication/traffic.ts';
import { REMOTE_CONTEXT, WaitingRows } from './replication/waiting-rows.ts';
import { AssetIndex } from './search/asset-index.ts';
import { AssetList } from './search/asset-list.ts';
import { FirstLetters } from './search/first-letters.ts';
import type { Connection } from './sqlcipher/connection.ts';
import { DocumentStore } from './storage/document-store.ts';
import type { DocumentTable } from './storage/document-table.ts';

/** What the register takes from the world: tests pass their own. */
export type Environment = {
  /** Milliseconds since 1970, by the device's clock: declared time, never an order. */
  readonly now: () => number;
  /** UUIDv7. */
  readonly newId: () => string;
};

export const realEnvironment: Environment = { now: () => Date.now(), newId: () => uuidv7() };

/**
 * An open register: the tables of every collection on one encrypted file, and what must be written in the same
 * transaction as a document (SPEC J3): the asset index and the mark that a row waits for the endpoint.
 */
export class Register {
  readonly connection: Connection;
  readonly store: DocumentStore;
  readonly environment: Environment;
  readonly meta: Meta;
  readonly identity: IdentityStore;
  readonly journalSigner: JournalSigner;
  readonly journalIndex: JournalIndex;
  readonly paperIndex: PaperIndex;
  readonly linkIndex: LinkIndex;
  readonly stockIndex: StockIndex;
  readonly interventionIndex: InterventionIndex;
  readonly assetIndex: AssetIndex;
  readonly assetList: AssetList;
  readonly firstLetters: FirstLetters;
  readonly waiting: WaitingRows;
  readonly ownParcels: OwnParcels;
  readonly carriedFiles: CarriedFiles;
  /** What may travel, and what did. */
  readonly traffic: Traffic;
  readonly #tables: ReadonlyMap<CollectionName, DocumentTable>;

  constructor(connection: Connection, environment: Environment = realEnvironment) {
    this.connection = connection;
    this.environment = environment;
    this.store = new DocumentStore(connection);
    this.meta = new Meta(connection);
    this.identity = new IdentityStore(this.meta);
    this.#tables = new Map(
      COLLECTIONS.map((definition) => [definition.name, this.store.table(definition.name, toRxSchema(definition))]),
    );
    this.journalSigner = new JournalSigner(this.meta, (deviceId, sequence) => readEntry(this, deviceId, sequence));
    this.journalIndex = new JournalIndex(connection, this.table('movements'));
    this.paperIndex = new PaperIndex(connection, this.table('papers'));
    this.linkIndex = new LinkIndex(connection, this.table('assets'));
    this.stockIndex = new StockIndex(connection, this.table('movements'));
    this.interventionIndex = new InterventionIndex(connection, this.table('movements'), this.table('assets'));
    this.assetIndex = new AssetIndex(connection, {
      assets: this.table('assets'),
      structures: this.table('structures'),
      sites: this.table('sites'),
      references: this.table('references'),
    });
    this.assetList = new AssetList(this.assetIndex, () => dayInBenin(environment.now()));
    this.firstLetters = new FirstLetters(this.assetIndex, this.assetList);
    this.waiting = new WaitingRows(connection, this.#tables);
    this.ownParcels = new OwnParcels(connection);
    this.carriedFiles = new CarriedFiles(connection);
    this.traffic = new Traffic({ meta: this.meta, now: environment.now });
  }

  table(name: CollectionName): DocumentTable {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`No table for the collection ${name}`);
    return table;
  }

  /** All or nothing; windows hear of it only after the commit. */
  transaction<T>(act: () => T): T {
    return this.store.transaction(act);
  }

  /** Calls back after every commit of this desktop's own acts; returns the function that stops it. */
  onLocalWrite(listener: () => void): () => void {
    const subscriptions = [...this.#tables.values()].map((table) =>
      table.changes$.subscribe((bulk) => {
        if (bulk.context !== REMOTE_CONTEXT) listener();
      }),
    );
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }

  countOpenReviews(): number {
    const reviews = this.table('reviews');
    const row = this.connection.get<{ n: number }>(
      `SELECT count(*) AS n FROM ${reviews.tableName} WHERE deleted = 0 AND ${reviews.column('state')} = 'open'`,
    );
    return row?.n ?? 0;
  }

  /** The declared instant of an act. */
  instant(): string {
    return new Date(this.environment.now()).toISOString();
  }

  close(): void {
    this.connection.close();
  }
}
