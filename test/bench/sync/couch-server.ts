import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import type { Asset } from '#shared/schema/asset.ts';
import { type JsonAnswer, startJsonServer } from './json-server.ts';

export const COUCH_PATH = '/register';

type Request = { readonly method: string; readonly url: URL; readonly body: unknown };

/**
 * CouchDB's replication protocol on PouchDB's own store in memory: what a one-shot PouchDB asks for, and nothing else.
 * Leaner than CouchDB or its imitations, whose answers carry more headers and go without gzip.
 */
export async function startCouchServer(assets: readonly Asset[]): Promise<string> {
  PouchDB.plugin(memory);
  const store = new PouchDB('server', { adapter: 'memory' });
  for (let start = 0; start < assets.length; start += 1000) {
    await store.bulkDocs(assets.slice(start, start + 1000).map(({ id, ...rest }) => ({ _id: id, ...rest })));
  }
  return startJsonServer(async (request) => {
    try {
      return await answer(store, request);
    } catch (error) {
      return explain(error);
    }
  });
}

async function answer(store: PouchDB, { method, url, body }: Request): Promise<JsonAnswer> {
  const path = decodeURIComponent(url.pathname.slice(COUCH_PATH.length)).replace(/^\//, '');
  const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name, parse(value)]));
  if (path === '') return { body: { db_name: 'register', ...(await store.info()) } };
  // What the replication of PouchDB sends has the shape of its own method.
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (path === '_changes') return { body: await store.changes({ ...query, ...sent }) };
  if (path === '_revs_diff') return { body: await store.revsDiff(sent) };
  if (path === '_bulk_get') return { body: await store.bulkGet({ ...query, ...sent }) };
  if (path === '_bulk_docs') {
    const { docs = [] } = sent as { docs?: readonly unknown[] };
    return { status: 201, body: await store.bulkDocs(docs, { new_edits: sent.new_edits !== false }) };
  }
  if (path === '_all_docs') return { body: await store.allDocs({ ...query, ...sent }) };
  if (method === 'PUT') return { status: 201, body: await store.put({ ...sent, _id: path }) };
  return { body: await store.get(path, query) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function explain(error: unknown): JsonAnswer {
  const { status = 500, name = 'error', message = '' } = error as { status?: number; name?: string; message?: string };
  if (status >= 500) process.stderr.write(`${name}: ${message}\n`);
  return { status, body: { error: name, reason: message } };
}
