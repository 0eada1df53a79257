import type { FastifyRequest } from 'fastify';
import { unauthorised } from '../http-error.ts';
import type { Database } from '../store/database.ts';
import { type EnrolledDevice, findDevice } from '../store/enrolment.ts';
import { hashSecret, readBearer, readMinistry } from './token.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The device whose token came with the request; null where no token is asked for. */
    device: EnrolledDevice | null;
  }
}

/** An `onRequest` hook: finds the device before a byte of the body is read, or answers 401. */
export function requireDevice(database: Database): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const token = readBearer(request.headers.authorization);
    const ministryId = token && readMinistry(token);
    const device = ministryId && (await findDevice(database, ministryId, hashSecret(token)));
    if (!device) throw unauthorised();
    request.device = device;
  };
}

/** The device of a request that passed `requireDevice`. */
export function deviceOf(request: Pick<FastifyRequest, 'device'>): EnrolledDevice {
  if (!request.device) throw unauthorised();
  return request.device;
}
