import type { FastifyInstance } from 'fastify';
import { EnrolmentCodeRequest, PATHS } from '#shared/protocol/replication.ts';
import { issueEnrolmentCode } from '../auth/enrol.ts';
import type { GuessLimit } from '../auth/guess-limit.ts';
import { isSameSecret, readBearer } from '../auth/token.ts';
import type { Context } from '../context.ts';
import { HttpError } from '../http-error.ts';

/** An administrator makes a code for one device of one person. */
export function enrolmentCodesRoute(
  app: FastifyInstance,
  { store, config, clock }: Context,
  guesses: GuessLimit,
): void {
  app.post<{ Body: EnrolmentCodeRequest }>(
    PATHS.enrolmentCodes,
    {
      schema: { body: EnrolmentCodeRequest },
      async onRequest(request, reply) {
        await guesses.check(request, reply);
        const token = readBearer(request.headers.authorization);
        if (!config.adminToken || !token || !isSameSecret(token, config.adminToken)) await guesses.refuse(request);
      },
    },
    async ({ body }, reply) => {
      const answer = await issueEnrolmentCode(store.database, body, clock());
      if (!answer) throw new HttpError(404, 'SYNC_BAD_REQUEST', 'The ministry is unknown', '/ministry');
      return reply.code(201).send(answer);
    },
  );
}
