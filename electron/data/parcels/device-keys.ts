import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import { type DeviceKeysRequest, deviceKeysText, PublicKeys } from '#shared/protocol/keys.ts';
import { makeSealingIdentity, openSealed } from '#shared/sealing/seal.ts';
import type { Register } from '../register.ts';

const IDENTITY = 'parcels.identity';
const ENDPOINT = 'parcels.endpointKeys';

const Identity = Type.Object({ secret: Type.String(), recipient: Type.String() });

/** The keys of this device: made at the first need, in the encrypted file from then on (SPEC X1). */
export async function devicePublicKeys(register: Register): Promise<PublicKeys> {
  const { recipient } = await sealingIdentity(register);
  const { key } = register.transaction(() => register.journalSigner.signText(''));
  return { signing: key, sealing: recipient };
}

/** What the endpoint is told of a device that it knows without keys. */
export async function deviceKeysRequest(register: Register): Promise<DeviceKeysRequest> {
  const keys = await devicePublicKeys(register);
  const text = deviceKeysText(register.identity.require().device.id, keys);
  const { signature } = register.transaction(() => register.journalSigner.signText(text));
  return { keys, proof: signature };
}

/** @throws AppError `COMMAND_INVALID`: sealed to somebody else, or altered */
export async function openForDevice(register: Register, sealed: Uint8Array): Promise<Uint8Array> {
  return openSealed(sealed, (await sealingIdentity(register)).secret);
}

/** The keys the endpoint told at the enrolment. */
export function endpointKeys(register: Register): PublicKeys | undefined {
  const stored = register.meta.get(ENDPOINT);
  return Value.Check(PublicKeys, stored) ? stored : undefined;
}

/** @throws AppError `COMMAND_CONFLICT`: this desktop has not been connected since parcels exist */
export function requireEndpointKeys(register: Register): PublicKeys {
  const keys = endpointKeys(register);
  if (keys) return keys;
  throw new AppError('COMMAND_CONFLICT', 'The keys of the endpoint are not known yet', {
    details: { problem: 'no-endpoint-keys' },
  });
}

/** An enrolment names the endpoint anew; nothing else replaces the keys that are known. */
export function keepEndpointKeys(register: Register, keys: PublicKeys): void {
  register.meta.set(ENDPOINT, keys);
}

async function sealingIdentity(register: Register): Promise<Static<typeof Identity>> {
  const stored = register.meta.get(IDENTITY);
  if (Value.Check(Identity, stored)) return stored;
  const made = await makeSealingIdentity();
  // Another need may have made one meanwhile: the first stays.
  return register.transaction(() => {
    const kept = register.meta.get(IDENTITY);
    if (Value.Check(Identity, kept)) return kept;
    register.meta.set(IDENTITY, made);
    return made;
  });
}
