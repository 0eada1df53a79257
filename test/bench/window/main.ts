import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { DataChannel } from '../../../renderer/store/data-channel.ts';
import { getRxStorageRemote } from '../../../renderer/store/remote-storage.ts';
import type { Handlers, WindowApi } from '../protocol.ts';
import { runRxdbSuite } from '../rxdb-suite.ts';
import { receivePorts, takePort } from './ports.ts';
import { registerHandlers } from './register.ts';
import { useHandlers } from './use.ts';

declare global {
  /** What the bench's main process calls in a page. */
  var bench: Handlers<WindowApi>;
}

receivePorts();
globalThis.bench = {
  suiteThroughPort: async ({ nonce, docs }) => {
    const channel = new DataChannel(await takePort(nonce));
    try {
      return await runRxdbSuite(getRxStorageRemote({ channel }), docs);
    } finally {
      channel.close();
    }
  },
  suiteDexie: ({ docs }) => runRxdbSuite(getRxStorageDexie(), docs),
  ...registerHandlers,
  ...useHandlers,
};
