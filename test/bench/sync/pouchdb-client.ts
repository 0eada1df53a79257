import { randomUUID } from 'node:crypto';
import http from 'pouchdb-adapter-http';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import replication from 'pouchdb-replication';
import { COUCH_PATH } from './couch-server.ts';
import { edited } from './documents.ts';
import type { Client } from './protocol.ts';

for (const plugin of [memory, http, replication]) PouchDB.plugin(plugin);

/** Tries of one replication that was cut. PouchDB goes on from its last checkpoint. */
const MAX_TRIES = 2000;

/**
 * PouchDB with its own settings, one replication at a time: what waits is sent by one to the server, which is cheaper than
 * the open feed of a live one. What PouchDB says was a success counts as one.
 */
export async function openPouchClient(address: string): Promise<Client> {
  const local = new PouchDB(`client-${randomUUID()}`, { adapter: 'memory' });
  const remote = new PouchDB(`${address}${COUCH_PATH}`, { adapter: 'http', fetch: fetchAsBrowsers });
  const send = () => tryUntilDone(() => local.replicate.to(remote));
  return {
    async catchUp() {
      await tryUntilDone(() => local.replicate.from(remote));
      await send();
    },
    async edit(assets, round) {
      const { rows } = await local.allDocs({ keys: assets.map(({ id }) => id), include_docs: true });
      const changed = rows.flatMap(({ doc }, index) => {
        const asset = assets[index];
        if (!doc || !asset) return [];
        const { id, ...rest } = edited(asset, index, round);
        return [{ ...rest, _id: id, _rev: doc._rev }];
      });
      if (changed.length < assets.length) throw new Error('PouchDB has not what is to be edited');
      await local.bulkDocs(changed);
    },
    acknowledged: send,
    async disconnect() {},
    async connect() {},
    count: async () => (await local.info()).doc_count,
    async close() {
      await local.destroy();
      await remote.close();
    },
  };
}

/** On Node PouchDB opens a connection per request; in a window, where it is used, connections are kept. */
function fetchAsBrowsers(address: string, init: RequestInit): Promise<Response> {
  return fetch(address, init);
}

async function tryUntilDone(replicate: () => Promise<{ readonly ok: boolean }>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      if ((await replicate()).ok) return;
    } catch (error) {
      if (tries >= MAX_TRIES) throw error;
    }
  }
}
