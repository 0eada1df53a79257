import type { FastifyInstance } from 'fastify';
import { EnrolmentCodeRequest, PATHS } from '#shared/protocol/replication.ts';
import { issueEnrolmentCode } from '../auth/enrol.ts';
import { isSameSecret, readBearer } from '../auth/token.ts';
import type { Context } from '../context.ts';
import { HttpError, unauthorised } from '../http-error.ts';

/** An administrator makes a code for one device of one person. */
export function enrolmentCodesRoute(app: FastifyInstance, { store, config, clock }: Context): void {
  app.post<{ Body: EnrolmentCodeRequest }>(
    PATHS.enrolmentCodes,
    {
      schema: { body: EnrolmentCodeRequest },
      async onRequest({ headers }) {
        const token = readBearer(headers.authorization);
        if (!config.adminToken || !token || !isSameSecret(token, config.adminToken)) throw unauthorised();
      },
    },
    async ({ body }, reply) => {
      const answer = await issueEnrolmentCode(store.database, body, clock());
      if (!answer) throw new HttpError(404, 'SYNC_BAD_REQUEST', 'The ministry is unknown', '/ministry');
      return reply.code(201).send(answer);
    },
  );
}
