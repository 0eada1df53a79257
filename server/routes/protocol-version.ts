import { OLDEST_PROTOCOL, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { HttpError } from '../http-error.ts';

/**
 * A `preValidation` hook: another version may have another shape, so the version is read before the shape is judged.
 * @throws HttpError `SYNC_SERVER_TOO_OLD` or `SYNC_CLIENT_TOO_OLD`
 */
export async function checkProtocolVersion({ body }: { readonly body: unknown }): Promise<void> {
  if (typeof body !== 'object' || body === null || !('protocol' in body) || !Number.isInteger(body.protocol)) return;
  const version = Number(body.protocol);
  if (version > PROTOCOL_VERSION) {
    throw new HttpError(400, 'SYNC_SERVER_TOO_OLD', `This endpoint speaks protocol ${PROTOCOL_VERSION}`, '/protocol');
  }
  if (version < OLDEST_PROTOCOL) {
    throw new HttpError(
      400,
      'SYNC_CLIENT_TOO_OLD',
      `This endpoint speaks protocol ${OLDEST_PROTOCOL} and later`,
      '/protocol',
    );
  }
}
