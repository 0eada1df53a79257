import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { ProcessOptions } from './endpoint-process.ts';

export type StoredRow = { readonly collection: string; readonly document: WireDocument };

/** Where an endpoint of its own process keeps its rows, and how a test reads them behind its back once it has stopped. */
export type EndpointStorage = {
  readonly options: Pick<ProcessOptions, 'dataDir' | 'databaseUrl'>;
  /** Every document, read straight from the database. */
  documents(): Promise<StoredRow[]>;
  remove(): Promise<void>;
};

const SELECT = `select collection, body || jsonb_build_object('_deleted', deleted) as document from documents`;

/** PostgreSQL where a server is given (REGISTRE_TEST_POSTGRES_URL), else the embedded database. */
export function createEndpointStorage(): Promise<EndpointStorage> {
  const url = process.env.REGISTRE_TEST_POSTGRES_URL;
  return url ? onPostgres(url) : Promise.resolve(onPglite());
}

function onPglite(): EndpointStorage {
  const dataDir = mkdtempSync(join(tmpdir(), 'registre-endpoint-'));
  return {
    options: { dataDir },
    async documents() {
      const database = await PGlite.create(join(dataDir, 'database'));
      const { rows } = await database.query<StoredRow>(SELECT).finally(() => database.close());
      return rows;
    },
    async remove() {
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function onPostgres(url: string): Promise<EndpointStorage> {
  const name = `registre_e2e_${randomBytes(6).toString('hex')}`;
  const place = new URL(url);
  place.pathname = `/${name}`;
  await query(url, `create database ${name}`);
  return {
    options: { databaseUrl: place.href },
    documents: () => query<StoredRow>(place.href, SELECT),
    async remove() {
      await query(url, `drop database ${name} with (force)`);
    },
  };
}

async function query<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(statement).finally(() => client.end());
  return rows;
}
