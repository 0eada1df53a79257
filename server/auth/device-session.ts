import type { FastifyReply, FastifyRequest } from 'fastify';
import { unauthorised } from '../http-error.ts';
import type { Database } from '../store/database.ts';
import { findDevice, type SessionDevice } from '../store/enrolment.ts';
import type { GuessLimit } from './guess-limit.ts';
import { hashSecret, readBearer, readMinistry } from './token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The device whose token came with the request; null where no token is asked for. */
    device: SessionDevice | null;
  }
}

/** An `onRequest` hook: finds the device before a byte of the body is read, or answers 401. */
export function requireDevice(
  database: Database,
  guesses: GuessLimit,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  return async (request, reply) => {
    await guesses.check(request, reply);
    const token = readBearer(request.headers.authorization);
    const ministryId = token && readMinistry(token);
    const device = ministryId && (await findDevice(database, ministryId, hashSecret(token)));
    if (!device) return guesses.refuse(request);
    request.device = device;
  };
}

/** The device of a request that passed `requireDevice`. */
export function deviceOf(request: Pick<FastifyRequest, 'device'>): SessionDevice {
  if (!request.device) throw unauthorised();
  return request.device;
}
