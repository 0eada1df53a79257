import { type Static, Type } from 'typebox';

/**
 * The public keys of a device and of the endpoint: what one of them signed is verified, and what is meant for it is
 * sealed, where no connection tells who is who (SPEC X1, S20). Told once, at enrolment; kept from then on.
 */
export const PublicKeys = Type.Object(
  {
    /** Ed25519, base64url. A device's is the key of its journal (SPEC J5). */
    signing: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    /** X25519, as an age recipient. */
    sealing: Type.String({ pattern: '^age1[02-9ac-hj-np-z]{58}$' }),
  },
  { additionalProperties: false },
);
export type PublicKeys = Static<typeof PublicKeys>;

/** `POST /v1/device/keys`. Told again, the same keys are answered alike; others than those told first are refused. */
export const DeviceKeysRequest = Type.Object(
  {
    keys: PublicKeys,
    /** Ed25519 over `deviceKeysText`: who tells the key has it. */
    proof: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
  },
  { additionalProperties: false },
);
export type DeviceKeysRequest = Static<typeof DeviceKeysRequest>;

export const DeviceKeysAnswer = Type.Object({ endpointKeys: PublicKeys });
export type DeviceKeysAnswer = Static<typeof DeviceKeysAnswer>;

/** What a device signs to show that the keys it tells are its own. */
export function deviceKeysText(deviceId: string, { signing, sealing }: PublicKeys): string {
  return `registre device keys\n${deviceId}\n${signing}\n${sealing}`;
}
