import { Readable } from 'node:stream';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { deviceOf, requireDevice } from './auth/device-session.ts';
import { loadEndpointKeys } from './auth/endpoint-keys.ts';
import { createGuessLimit } from './auth/guess-limit.ts';
import type { Config } from './config.ts';
import type { Clock, Context } from './context.ts';
import { createContactLog } from './fleet/contact-log.ts';
import { badRequest, describeFailure, HttpError, toHttpError } from './http-error.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { describeApi, watchRoutes } from './openapi/document.ts';
import { compileCollections, type ServedCollection } from './replication/collections.ts';
import { TwinSearch } from './replication/twin-search.ts';
import { createWakeUps } from './replication/wake-ups.ts';
import { collectionRoutes } from './routes/collections.ts';
import { deviceKeysRoute } from './routes/device-keys.ts';
import { enrolRoute } from './routes/enrol.ts';
import { enrolmentCodesRoute } from './routes/enrolment-codes.ts';
import { exchangeRoute } from './routes/exchange.ts';
import { fileRoutes } from './routes/files.ts';
import { fleetRoute } from './routes/fleet.ts';
import { isQuiet, OPERATION_PATHS, operationRoutes } from './routes/operation.ts';
import { packedRoute } from './routes/packed.ts';
import { parcelRoutes } from './routes/parcels.ts';
import { snapshotRoutes } from './routes/snapshot.ts';
import { streamRoute } from './routes/stream.ts';
import type { Store } from './store/store.ts';
import { findProblem } from './validation.ts';

export type AppOptions = {
  readonly store: Store;
  readonly collections: readonly ServedCollection[];
  readonly config: Config;
  readonly clock: Clock;
  /** Where log lines go and from which level; false for none. */
  readonly log: FastifyServerOptions['logger'];
  /** Counts from before the application is made, as the seeding does; new ones otherwise. */
  readonly metrics?: Metrics;
  /** Where whoever stops this instance says so beforehand. */
  readonly lifecycle?: Lifecycle;
};

const MINUTE = 60 * 1000;
/** Milliseconds that requests in progress have to end when the endpoint stops. */
const STOP_GRACE = 5000;

/** The endpoint, not yet listening. Closing it ends the open streams; the store stays open and is the caller's to close. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { store, collections, config, clock, log, metrics = createMetrics(), lifecycle = createLifecycle() } = options;
  const app = Fastify({
    logger: log ?? false,
    // The lines of the framework quote addresses and whole paths; one line per answer is written below instead.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: config.maxBodyBytes,
    // Hop 0 is the connection itself; each one further was written by the hop before it.
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    // A request that arrives during the stop is still answered, as JSON, and its connection closed after it.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // Milliseconds to receive a request: a full batch at 64 kbit/s takes its time, a stuck one must end.
    requestTimeout: 15 * MINUTE,
    frameworkErrors(_error, _request, { raw }) {
      const answer = JSON.stringify(badRequest('The address is not valid').toAnswer());
      raw.writeHead(400, { 'content-type': 'application/json; charset=utf-8' }).end(answer);
    },
  });
  const context: Context = {
    store,
    collections: compileCollections(collections),
    config,
    clock,
    wakeUps: createWakeUps(store),
    keys: await loadEndpointKeys(store.database),
    metrics,
    lifecycle,
    contacts: createContactLog(store.database, clock),
  };
  app.decorateRequest('device', null);
  speakJson(app);
  countAndLog(app, metrics);
  await addLimitsAndCompression(app, config);
  const routes = watchRoutes(app);
  addRoutes(app, context);
  app.get(OPERATION_PATHS.api, async () => describeApi(routes));
  if (store.database.connections) metrics.watchConnections(store.database.connections);
  app.addHook('preClose', async () => {
    // A connection that was opened and never asked anything is not idle to Node: it would keep the stop waiting.
    setTimeout(() => app.server.closeAllConnections(), STOP_GRACE).unref();
  });
  const twins = new TwinSearch({
    store,
    clock,
    onFailure: (error) => app.log.error({ failure: describeFailure(error) }, 'the search for twins failed'),
  });
  app.addHook('onClose', async () => {
    context.wakeUps.close();
    await twins.close();
    await context.contacts.close();
  });
  return app;
}

function addRoutes(app: FastifyInstance, context: Context): void {
  enrolRoute(app, context);
  const guesses = createGuessLimit(app, context.config.failedTokens);
  operationRoutes(app, context, guesses);
  enrolmentCodesRoute(app, context, guesses);
  fleetRoute(app, context, guesses);
  app.register(async (devices) => {
    devices.addHook('onRequest', requireDevice(context.store.database, guesses));
    devices.addHook('preHandler', async (request) => {
      context.contacts.note(deviceOf(request), isObject(request.body) ? request.body.client : undefined);
    });
    exchangeRoute(devices, context);
    packedRoute(devices, context);
    deviceKeysRoute(devices, context);
    parcelRoutes(devices, context);
    collectionRoutes(devices, context);
    fileRoutes(devices, context);
    snapshotRoutes(devices, context);
    streamRoute(devices, context);
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  // The body of a file is a stream: what that calls its client is the socket.
  return typeof value === 'object' && value !== null && !(value instanceof Readable);
}

/** Every answer is JSON, every refusal an `ErrorAnswer`; schemas are judged by the same library as on the desktop. */
function speakJson(app: FastifyInstance): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const compiled = Compile(schema);
    return (value) => {
      const problem = findProblem(compiled, value);
      return problem
        ? { error: badRequest(problem.reason, `${httpPart === 'body' ? '' : `/${httpPart}`}${problem.field}`) }
        : { value };
    };
  });
  app.setNotFoundHandler(() => {
    throw new HttpError(404, 'SYNC_BAD_REQUEST', 'There is nothing at this address');
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = toHttpError(error);
    if (answer.statusCode >= 500) request.log.error({ failure: describeFailure(error) }, 'failed');
    return reply.code(answer.statusCode).send(answer.toAnswer());
  });
  app.addHook('onSend', async (_request, reply) => {
    // Answers are read by programs: no page may frame, cache or guess at them. Few headers, as each costs bytes every round.
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
}

/** One line per answer: ids only, no address, no token, no row (SPEC E4). */
function countAndLog(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async ({ method, routeOptions, device, log }, reply) => {
    metrics.requestAnswered(
      { method, route: routeOptions.url ?? 'unknown', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    if (isQuiet(routeOptions.url)) return;
    log.info(
      {
        method,
        route: routeOptions.url,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        ...(device && { ministry: device.ministryId, device: device.id }),
      },
      'answered',
    );
  });
}

async function addLimitsAndCompression(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(rateLimit, {
    max: config.deviceRequestsPerMinute,
    timeWindow: MINUTE,
    // After the device is known, before its body is read.
    hook: 'preParsing',
    keyGenerator: ({ device, ip }) => device?.id ?? ip,
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
  await app.register(compress, {
    // Bytes: below, an encoding costs more than it saves.
    threshold: 256,
    encodings: ['br', 'gzip', 'deflate'],
    requestEncodings: ['br', 'gzip', 'deflate'],
    // Brotli's own default (11) is meant for files that are packed once.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    zlibOptions: { level: 6 },
  });
}
