import { MessageChannel } from 'node:worker_threads';
import { DataPortHost } from '../../electron/data/port/data-port-host.ts';
import type { RegisterService } from '../../electron/data/service.ts';
import { DataChannel } from '../../renderer/store/data-channel.ts';
import { openDatabase, type RegisterDatabase } from '../../renderer/store/database.ts';
import { toChannelPort } from './storage.ts';

/** A window of the application without its screens: its channel and its database on a real port of the service. */
export type TestWindow = { readonly channel: DataChannel; readonly database: RegisterDatabase; close(): Promise<void> };

export async function openWindow(service: RegisterService): Promise<TestWindow> {
  const { port1, port2 } = new MessageChannel();
  const host = new DataPortHost(port1, service);
  const channel = new DataChannel(toChannelPort(port2));
  const database = await openDatabase(channel);
  return {
    channel,
    database,
    async close() {
      await database.close();
      channel.close();
      host.close();
    },
  };
}
