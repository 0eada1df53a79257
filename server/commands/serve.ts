import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import { createLifecycle } from '../lifecycle.ts';
import { createMetrics } from '../metrics.ts';
import { type Demonstration, type OnProgress, seedDemonstration } from '../seed.ts';
import { openStoreAt, type StorePlace } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';

export type ServeOptions = {
  readonly place: StorePlace;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly demonstration: Demonstration | undefined;
  readonly config: Config;
  readonly onProgress: OnProgress;
};

export type Endpoint = {
  /** `http://host:port` */
  readonly address: string;
  readonly app: FastifyInstance;
  readonly store: Store;
  /** Says "not ready" for as long as configured, lets requests in progress end, then closes streams and the database (SPEC E3). */
  stop(): Promise<void>;
};

const clock = () => new Date();

/** Opens the register, seeds it when asked to, and listens. Logs go to the standard error output, one JSON a line. */
export async function serve(options: ServeOptions): Promise<Endpoint> {
  const { place, host, port, demonstration, config, onProgress } = options;
  // Lost idle connections are replaced by the pool; the requests that meet a failing database say so in the log.
  const [metrics, lifecycle] = [createMetrics(), createLifecycle()];
  const store = await openStoreAt(place, { pool: config.pool, onTransaction: metrics.transactionEnded });
  try {
    if (demonstration) await seedDemonstration(store, demonstration, clock, onProgress);
    const log = { level: config.logLevel, stream: process.stderr };
    const app = await createApp({ store, collections: COLLECTIONS, config, clock, log, metrics, lifecycle });
    const address = await app.listen({ host, port, listenTextResolver: () => 'listening' });
    return {
      address,
      app,
      store,
      async stop() {
        lifecycle.stopping();
        await pause(config.stopDelay);
        await app.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
