import type { FastifyInstance } from 'fastify';
import { type DeviceKeysAnswer, DeviceKeysRequest, deviceKeysText } from '#shared/protocol/keys.ts';
import { PATHS } from '#shared/protocol/replication.ts';
import { deviceOf } from '../auth/device-session.ts';
import { isSignedBy } from '../auth/endpoint-keys.ts';
import type { Context } from '../context.ts';
import { badRequest, HttpError } from '../http-error.ts';
import { keepDeviceKeys } from '../store/device-keys.ts';
import { asMinistry } from '../store/scope.ts';

/** A device that was enrolled before there were keys tells its own, once. A stolen token alone changes no key. */
export function deviceKeysRoute(app: FastifyInstance, { store, keys }: Context): void {
  app.post<{ Body: DeviceKeysRequest }>(
    PATHS.deviceKeys,
    { schema: { body: DeviceKeysRequest } },
    async (request): Promise<DeviceKeysAnswer> => {
      const device = deviceOf(request);
      const { keys: told, proof } = request.body;
      if (!isSignedBy(told.signing, deviceKeysText(device.id, told), proof)) {
        throw badRequest('is not signed with the key that was told', '/proof');
      }
      const isKept = await asMinistry(store.database, device.ministryId, (connection) =>
        keepDeviceKeys(connection, device, told),
      );
      if (!isKept) throw new HttpError(409, 'COMMAND_CONFLICT', 'This device has other keys already', '/keys');
      return { endpointKeys: keys.publicKeys };
    },
  );
}
