import type { FastifyInstance } from 'fastify';
import { mayReadFleet } from '#shared/domain/roles.ts';
import { FLEET_PATH, type FleetAnswer } from '#shared/protocol/fleet.ts';
import { requireDevice } from '../auth/device-session.ts';
import type { GuessLimit } from '../auth/guess-limit.ts';
import { isSameSecret, readBearer } from '../auth/token.ts';
import type { Context } from '../context.ts';
import { HttpError } from '../http-error.ts';
import { readFleet } from '../store/device-contacts.ts';

/** The desktops of all ministries for the agency, those of one for its administrator (SPEC E5). */
export function fleetRoute(app: FastifyInstance, context: Context, guesses: GuessLimit): void {
  const { store, config, contacts, clock } = context;
  const asDevice = requireDevice(store.database, guesses);
  app.get(
    FLEET_PATH,
    {
      async onRequest(request, reply) {
        await guesses.check(request, reply);
        const token = readBearer(request.headers.authorization);
        const isOperator = config.adminToken && token && isSameSecret(token, config.adminToken);
        if (!isOperator) await asDevice(request, reply);
      },
    },
    async ({ device }): Promise<FleetAnswer> => {
      const scope = device ? mayReadFleet(device.role) : 'all';
      if (!scope) throw new HttpError(403, 'COMMAND_FORBIDDEN', 'This role may not see the desktops');
      await contacts.flush();
      const devices = await readFleet(store.database, scope === 'own' ? device?.ministryId : undefined);
      return { time: clock().toISOString(), devices: [...devices] };
    },
  );
}
