import type { EndpointKeys } from './auth/endpoint-keys.ts';
import type { Config } from './config.ts';
import type { ContactLog } from './fleet/contact-log.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Metrics } from './metrics.ts';
import type { Collections } from './replication/collections.ts';
import type { WakeUps } from './replication/wake-ups.ts';
import type { Store } from './store/store.ts';

/** What every route works with. */
export type Context = {
  readonly store: Store;
  readonly collections: Collections;
  readonly config: Config;
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  readonly keys: EndpointKeys;
  readonly metrics: Metrics;
  readonly lifecycle: Lifecycle;
  readonly contacts: ContactLog;
};

export type Clock = () => Date;
