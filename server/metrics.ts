import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Connections } from './store/database.ts';
import type { PushOutcome } from './store/store.ts';
import type { TransactionResult } from './store/timed.ts';

/**
 * What an operator sees of this instance (SPEC E4): counts, sizes and times. Labels are words of the program
 * (routes, methods, states, outcomes), never an id, a name or an address.
 */
export type Metrics = {
  readonly contentType: string;
  /** In Prometheus' text format. */
  read(): Promise<string>;
  requestAnswered(request: AnsweredRequest, seconds: number): void;
  rowsPushed(outcomes: readonly Pick<PushOutcome, 'outcome'>[]): void;
  transactionEnded(seconds: number, result: TransactionResult): void;
  streamOpened(): void;
  streamClosed(): void;
  /** From now on the connections to the database are told as well. */
  watchConnections(connections: () => Connections): void;
};

export type AnsweredRequest = { readonly method: string; readonly route: string; readonly status: number };

/** Seconds: from a health check to a full page over a slow disk. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Requests that were turned away before they were looked at, by status. */
const REFUSALS: Readonly<Record<number, string>> = { 401: 'token', 413: 'size', 429: 'rate' };

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'registre_' });
  const { durations, transactions, pushed, refused, streams } = createInstruments([registry]);
  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),
    requestAnswered({ method, route, status }, seconds) {
      durations.observe({ method, route, status }, seconds);
      const reason = REFUSALS[status];
      if (reason) refused.inc({ reason });
    },
    rowsPushed(outcomes) {
      for (const { outcome } of outcomes) pushed.inc({ outcome });
    },
    transactionEnded: (seconds, result) => transactions.observe({ result }, seconds),
    streamOpened: () => streams.inc(),
    streamClosed: () => streams.dec(),
    watchConnections: (connections) => addConnections([registry], connections),
  };
}

function createInstruments(registers: Registry[]) {
  const durations = new Histogram({
    name: 'registre_request_duration_seconds',
    help: 'Time to answer a request; exchanges are those of the route /v1/exchange',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const transactions = new Histogram({
    name: 'registre_database_transaction_seconds',
    help: 'Time of a transaction of the database, with the wait for a connection',
    labelNames: ['result'],
    buckets: BUCKETS,
    registers,
  });
  const pushed = new Counter({
    name: 'registre_rows_pushed_total',
    help: 'Rows of devices by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const refused = new Counter({
    name: 'registre_requests_refused_total',
    help: 'Requests turned away: unknown token, too large, too many',
    labelNames: ['reason'],
    registers,
  });
  const streams = new Gauge({ name: 'registre_open_streams', help: 'Streams that wait for news', registers });
  // A rate needs a beginning.
  for (const outcome of ['accepted', 'conflict', 'refused']) pushed.inc({ outcome }, 0);
  for (const reason of Object.values(REFUSALS)) refused.inc({ reason }, 0);
  return { durations, transactions, pushed, refused, streams };
}

function addConnections(registers: Registry[], connections: () => Connections): void {
  new Gauge({
    name: 'registre_pool_connections',
    help: 'Connections to the database (open, of which idle) and transactions that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      const { open, idle, waiting } = connections();
      for (const [state, count] of Object.entries({ open, idle, waiting })) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'registre_commit_channel_connected',
    help: '1 while this instance hears what the others commit; at 0 its clients wait up to a minute',
    registers,
    collect() {
      this.set(connections().isListening ? 1 : 0);
    },
  });
}
