import { MAX_ROWS, OLDEST_PROTOCOL, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { DEFAULT_POOL, type PoolOptions } from './store/open-store.ts';

/** Limits and times of the endpoint. Read once at start; tests pass their own. */
export type Config = {
  /** Bytes of a request body, after decompression. */
  readonly maxBodyBytes: number;
  /** Bytes of documents in one answer of the exchange; one document is always given. */
  readonly maxPageBytes: number;
  /** Requests of one device per minute. */
  readonly deviceRequestsPerMinute: number;
  /** Tries of an enrolment code from one address in ten minutes. */
  readonly enrolmentTries: number;
  /** The oldest version of the protocol that is given rows; older ones push what waits and must be updated (SPEC S18). */
  readonly oldestPullProtocol: number;
  /** Milliseconds between the comments that keep a silent stream open through proxies. */
  readonly heartbeat: number;
  /** Guards the administration routes; absent, they refuse everybody. */
  readonly adminToken: string | undefined;
  /** Wrong tokens from one address in a minute. */
  readonly failedTokens: number;
  /** Reverse proxies in front: so many of the last addresses of `x-forwarded-for` are theirs; what is before may be invented. */
  readonly trustedProxies: number;
  readonly logLevel: LogLevel;
  /** Guards the metrics; absent, they refuse everybody. */
  readonly metricsToken: string | undefined;
  /** Milliseconds between saying "not ready" and taking no more requests: what balancers need to notice. */
  readonly stopDelay: number;
  /** Rows from which on a first load is given a snapshot (SPEC S20): fewer come with one exchange. */
  readonly snapshotMinimum: number;
  /** Connections and times of a PostgreSQL server. */
  readonly pool: PoolOptions;
};

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const DEFAULT_CONFIG: Config = {
  maxBodyBytes: 8 * 1024 * 1024,
  maxPageBytes: 4 * 1024 * 1024,
  deviceRequestsPerMinute: 600,
  enrolmentTries: 20,
  oldestPullProtocol: OLDEST_PROTOCOL,
  heartbeat: 30_000,
  adminToken: undefined,
  failedTokens: 60,
  trustedProxies: 0,
  logLevel: 'info',
  metricsToken: undefined,
  stopDelay: 0,
  snapshotMinimum: MAX_ROWS + 1,
  pool: DEFAULT_POOL,
};

/** A token that can be guessed is no guard. */
const MIN_TOKEN = 16;

/** @throws RangeError with the name of the variable that does not fit */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const number = (name: string, otherwise: number, min = 1) => readNumber(environment, name, otherwise, min);
  const { pool } = DEFAULT_CONFIG;
  return {
    ...DEFAULT_CONFIG,
    adminToken: readToken(environment, 'REGISTRE_ADMIN_TOKEN'),
    metricsToken: readToken(environment, 'REGISTRE_METRICS_TOKEN'),
    maxBodyBytes: number('REGISTRE_MAX_BODY_BYTES', DEFAULT_CONFIG.maxBodyBytes),
    deviceRequestsPerMinute: number('REGISTRE_DEVICE_REQUESTS_PER_MINUTE', DEFAULT_CONFIG.deviceRequestsPerMinute),
    oldestPullProtocol: readOldestPull(environment),
    trustedProxies: number('REGISTRE_TRUSTED_PROXIES', DEFAULT_CONFIG.trustedProxies, 0),
    logLevel: readLogLevel(environment.REGISTRE_LOG_LEVEL),
    stopDelay: number('REGISTRE_STOP_DELAY', DEFAULT_CONFIG.stopDelay, 0),
    pool: {
      poolSize: number('REGISTRE_POOL_SIZE', pool.poolSize),
      statementTimeout: number('REGISTRE_STATEMENT_TIMEOUT', pool.statementTimeout, 0),
      idleInTransactionTimeout: number('REGISTRE_IDLE_IN_TRANSACTION_TIMEOUT', pool.idleInTransactionTimeout, 0),
    },
  };
}

/** One that nobody speaks yet would close the register to everybody. */
function readOldestPull(environment: Readonly<Record<string, string | undefined>>): number {
  const name = 'REGISTRE_OLDEST_PULL_PROTOCOL';
  const version = readNumber(environment, name, DEFAULT_CONFIG.oldestPullProtocol, OLDEST_PROTOCOL);
  if (version > PROTOCOL_VERSION) throw new RangeError(`${name} must not be above ${PROTOCOL_VERSION}`);
  return version;
}

function readToken(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const token = environment[name] || undefined;
  if (token && token.length < MIN_TOKEN) throw new RangeError(`${name} must have at least ${MIN_TOKEN} characters`);
  return token;
}

function readLogLevel(text: string | undefined): LogLevel {
  if (!text) return DEFAULT_CONFIG.logLevel;
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) throw new RangeError(`REGISTRE_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`);
  return level;
}

function readNumber(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
  min = 1,
): number {
  const text = environment[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < min) throw new RangeError(`${name} must be an integer from ${min}`);
  return value;
}
