import type { FastifyInstance } from 'fastify';
import type { GuessLimit } from '../auth/guess-limit.ts';
import { isSameSecret, readBearer } from '../auth/token.ts';
import type { Context } from '../context.ts';
import type { StoreTrouble } from '../store/store.ts';

/** For whoever runs the endpoint: balancers, supervisors and Prometheus. Desktops ask none of these. */
export const OPERATION_PATHS = {
  /** Alive: the process answers. */
  health: '/healthz',
  /** Ready: the database answers and is of this program's version, and no stop was asked for. */
  ready: '/readyz',
  metrics: '/metrics',
  /** OpenAPI. */
  api: '/v1/openapi.json',
} as const;

export type NotReady = StoreTrouble | 'stopping';

/** Milliseconds in which the database must answer to count as there. */
const PATIENCE = 3000;

/** Asked every few seconds for ever: no log line is written of them, and no rate limit applies. */
const QUIET: ReadonlySet<string | undefined> = new Set(Object.values(OPERATION_PATHS));

export function isQuiet(route: string | undefined): boolean {
  return QUIET.has(route);
}

export function operationRoutes(app: FastifyInstance, context: Context, guesses: GuessLimit): void {
  const { config, metrics } = context;
  app.get(OPERATION_PATHS.health, { config: { rateLimit: false } }, async () => ({ status: 'ok' }));

  app.get(OPERATION_PATHS.ready, { config: { rateLimit: false } }, async (_request, reply) => {
    const reason = await findReason(context);
    return reason ? reply.code(503).send({ status: 'not-ready', reason }) : { status: 'ready' };
  });

  app.get(
    OPERATION_PATHS.metrics,
    {
      config: { rateLimit: false },
      async onRequest(request, reply) {
        await guesses.check(request, reply);
        const token = readBearer(request.headers.authorization);
        if (!config.metricsToken || !token || !isSameSecret(token, config.metricsToken)) await guesses.refuse(request);
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.read()),
  );
}

async function findReason({ lifecycle, store }: Context): Promise<NotReady | undefined> {
  if (lifecycle.isStopping) return 'stopping';
  const patience = new AbortController();
  const late = new Promise<StoreTrouble>((resolve) => {
    const timer = setTimeout(() => resolve('database'), PATIENCE);
    patience.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    return await Promise.race([store.findTrouble(), late]);
  } finally {
    patience.abort();
  }
}
