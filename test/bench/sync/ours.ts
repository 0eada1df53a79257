import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { PublicKeys } from '#shared/protocol/keys.ts';
import { MAX_ROWS } from '#shared/protocol/replication.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { keepEndpointKeys } from '../../../electron/data/parcels/device-keys.ts';
import { Register } from '../../../electron/data/register.ts';
import { RegisterService } from '../../../electron/data/service.ts';
import { openRegister } from '../../../electron/data/sqlcipher/register-file.ts';
import { loadEndpointKeys } from '../../../server/auth/endpoint-keys.ts';
import { createToken, hashSecret } from '../../../server/auth/token.ts';
import { compileCollections } from '../../../server/replication/collections.ts';
import { pushRows } from '../../../server/replication/push.ts';
import { addDevice, addMinistry, addPerson } from '../../../server/store/enrolment.ts';
import { openStoreAt, type StorePlace } from '../../../server/store/open-store.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import type { Store } from '../../../server/store/store.ts';
import { startEndpointProcess } from '../../support/endpoint-process.ts';
import { createEndpointStorage } from '../../support/endpoint-storage.ts';
import { edited, noteOf, SYNC_MINISTRY } from './documents.ts';
import { until } from './line.ts';
import type { Client, Contestant, Server } from './protocol.ts';
import { openRxClient } from './rxdb-client.ts';

/** Desktops that one endpoint of the bench knows before they come: an enrolment is no part of what is measured. */
const DEVICES = 60;
const PERSON = { id: uuidv7(), name: 'HOUNKPÈ Sènami', role: 'gestionnaire' } as const;

type Device = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly token: string;
  /** The endpoint's, as an enrolment tells them. */
  readonly endpointKeys: PublicKeys;
};

/** The desktop's own register and replication, on an encrypted file, with the endpoint in a process of its own. */
export const ours: Contestant = {
  name: 'ours',
  start: (assets, directory) => startServer(assets, (device, address) => openDesktop(device, address, directory, true)),
};

/** The same, with documents that are written without their entry in the journal. */
export const bare: Contestant = {
  name: 'bare',
  start: (assets, directory) =>
    startServer(assets, (device, address) => openDesktop(device, address, directory, false)),
};

/** RxDB's own client, as its documentation shows it, on the endpoint's standard routes. */
export const collections: Contestant = {
  name: 'collections',
  start: (assets) =>
    startServer(assets, ({ token }, address) =>
      openRxClient({
        pullAddress: (checkpoint, limit) =>
          `${address}/v1/collections/assets/pull?seq=${checkpoint?.seq ?? 0}&limit=${limit}`,
        pushAddress: `${address}/v1/collections/assets/push`,
        headers: { authorization: `Bearer ${token}` },
      }),
    ),
};

async function startServer(
  assets: readonly Asset[],
  open: (device: Device, address: string) => Promise<Client>,
): Promise<Server> {
  const storage = await createEndpointStorage();
  const { dataDir, databaseUrl } = storage.options;
  const place = databaseUrl ? { databaseUrl } : { data: dataDir ?? '' };
  const devices = (await seed(place, assets)).values();
  const endpoint = await startEndpointProcess({ ...storage.options, demonstration: 'none' });
  return {
    address: endpoint.address,
    openClient(address) {
      const { value: device } = devices.next();
      if (!device) throw new Error('The endpoint of the bench knows no more desktops');
      return open(device, address);
    },
    async stop() {
      await endpoint.stop();
      await storage.remove();
    },
  };
}

/** A ministry of assets alone: its lists would be loaded as well, and no peer has them. */
async function seed(place: StorePlace, assets: readonly Asset[]): Promise<Device[]> {
  const store = await openStoreAt(place);
  try {
    await addMinistry(store.database, SYNC_MINISTRY);
    const { publicKeys } = await loadEndpointKeys(store.database);
    const devices = (await addDevices(store)).map((device) => ({ ...device, endpointKeys: publicKeys }));
    const context = { store, clock: () => new Date(), collections: compileCollections(COLLECTIONS) };
    const sender = {
      id: devices[0]?.id ?? '',
      ministryId: SYNC_MINISTRY.id,
      personId: PERSON.id,
      role: PERSON.role,
    } as const;
    for (let start = 0; start < assets.length; start += MAX_ROWS) {
      const rows = assets.slice(start, start + MAX_ROWS).map((asset) => ({
        collection: 'assets',
        row: { newDocumentState: { ...asset, _deleted: false } },
      }));
      const refused = (await pushRows(context, sender, rows)).find(({ outcome }) => outcome !== 'accepted');
      if (refused) throw new Error(`An asset of the bench is not accepted: ${JSON.stringify(refused)}`);
    }
    return devices;
  } finally {
    await store.close();
  }
}

async function addDevices({ database }: Store): Promise<Omit<Device, 'endpointKeys'>[]> {
  const devices = Array.from({ length: DEVICES }, (_, index) => ({
    id: uuidv7(),
    code: `B${String(index + 1).padStart(2, '0')}`,
    name: 'Poste',
    token: createToken(SYNC_MINISTRY.id),
  }));
  await asMinistry(database, SYNC_MINISTRY.id, async (connection) => {
    await addPerson(connection, SYNC_MINISTRY.id, PERSON, new Date());
    for (const { token, ...device } of devices) {
      const row = { ...device, personId: PERSON.id, tokenHash: hashSecret(token) };
      await addDevice(connection, SYNC_MINISTRY.id, row, new Date());
    }
  });
  return devices;
}

async function openDesktop(
  { token, endpointKeys, ...device }: Device,
  address: string,
  directory: string,
  isJournaled: boolean,
): Promise<Client> {
  const file = mkdtempSync(join(directory, 'desktop-'));
  const register = new Register(openRegister({ directory: file, key: randomBytes(32), create: true }));
  let service: RegisterService | undefined;
  let isClosed = false;
  const start = () => {
    register.identity.save({ token, ministry: SYNC_MINISTRY, person: PERSON, device }, address);
    keepEndpointKeys(register, endpointKeys);
    service = new RegisterService(register);
    return service;
  };
  const syncUntilDone = async (from: RegisterService) => {
    // What was cut is tried again at once: the waits between tries are no part of the bytes, and nobody's of the line.
    while (!isClosed) {
      const { phase, waiting } = await from.replicator.syncNow();
      if (phase === 'idle' && waiting === 0) return;
      if (phase === 'refused') throw new Error('The endpoint refuses the desktop of the bench');
    }
  };
  return {
    async catchUp() {
      if (service) return syncUntilDone(service);
      // Starting begins to load by itself: asking once more would be one exchange too many.
      const started = start();
      await until(() => started.replicator.state.phase !== 'exchanging');
      if (started.replicator.state.phase !== 'idle') await syncUntilDone(started);
    },
    async edit(assets, round) {
      for (const [index, asset] of assets.entries()) {
        if (isJournaled) service?.commands.updateAsset({ id: asset.id, changes: { notes: noteOf(index, round) } });
        else writeBare(register, edited(asset, index, round));
      }
    },
    acknowledged: () => until(() => register.waiting.count() === 0),
    async disconnect() {},
    async connect() {
      if (service) await syncUntilDone(service);
    },
    async count() {
      const { tableName } = register.table('assets');
      return register.connection.value<number>(`SELECT count(*) FROM ${tableName}`) ?? 0;
    },
    async close() {
      isClosed = true;
      await service?.close();
      if (!service) register.close();
    },
  };
}

function writeBare(register: Register, asset: Asset): void {
  register.transaction(() => register.table('assets').put([{ ...asset, _deleted: false }], 'bench'));
}
