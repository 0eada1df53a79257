import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpError, unauthorised } from '../http-error.ts';

/** Slows down whoever tries tokens, by address. Right tokens are never counted: a ministry may share one address. */
export type GuessLimit = {
  /** Before anything is looked up. @throws HttpError 429 */
  check(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Counts a wrong token. @throws HttpError 401 */
  refuse(request: FastifyRequest): Promise<never>;
};

const MINUTE = 60 * 1000;

/** @param max wrong tokens from one address in a minute */
export function createGuessLimit(app: FastifyInstance, max: number): GuessLimit {
  const count = app.createRateLimit({ max, timeWindow: MINUTE, keyGenerator: ({ ip }) => ip });
  return {
    async check(request, reply) {
      const state = await count(request, { increment: false });
      if (state.isAllowed || state.remaining > 0) return;
      reply.header('retry-after', state.ttlInSeconds);
      throw new HttpError(429, 'SYNC_TOO_MANY_REQUESTS', 'Too many requests: wait and try again');
    },
    async refuse(request) {
      await count(request);
      throw unauthorised();
    },
  };
}
