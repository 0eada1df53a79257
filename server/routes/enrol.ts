import type { FastifyInstance } from 'fastify';
import { EnrolRequest, PATHS } from '#shared/protocol/replication.ts';
import { enrolDevice } from '../auth/enrol.ts';
import type { Context } from '../context.ts';
import { HttpError } from '../http-error.ts';
import { checkProtocolVersion } from './protocol-version.ts';

const TEN_MINUTES = 10 * 60 * 1000;

/** A device gives its one-time code and becomes one of the ministry's. Few tries per address: codes are short. */
export function enrolRoute(app: FastifyInstance, { store, config, clock, keys }: Context): void {
  app.post<{ Body: EnrolRequest }>(
    PATHS.enrol,
    {
      schema: { body: EnrolRequest },
      preValidation: checkProtocolVersion,
      config: { rateLimit: { max: config.enrolmentTries, timeWindow: TEN_MINUTES, keyGenerator: ({ ip }) => ip } },
    },
    async ({ body }) => {
      const answer = await enrolDevice(store.database, body, clock());
      if (!answer) throw new HttpError(403, 'ENROLMENT_CODE_INVALID', 'The code is unknown, used or expired', '/code');
      return { ...answer, endpointKeys: keys.publicKeys };
    },
  );
}
