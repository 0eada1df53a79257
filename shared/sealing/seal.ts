import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { AppError } from '../domain/errors.ts';

/** Sealed envelopes in the age format (https://age-encryption.org/v1): X25519, ChaCha20-Poly1305 in pieces of 64 KiB. */

/** A secret that opens what is sealed to it, and nothing else. */
export type SealingIdentity = { readonly secret: string; readonly recipient: string };

export async function makeSealingIdentity(): Promise<SealingIdentity> {
  const secret = await generateX25519Identity();
  return { secret, recipient: await identityToRecipient(secret) };
}

export function seal(bytes: Uint8Array, recipient: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(bytes);
}

/** @throws AppError `COMMAND_INVALID` with the problem `sealed-to-another`: for somebody else, or altered */
export async function openSealed(sealed: Uint8Array, secret: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(secret);
  try {
    return await decrypter.decrypt(sealed);
  } catch (cause) {
    throw new AppError('COMMAND_INVALID', 'The sealed content cannot be opened', {
      details: { field: 'file', problem: 'sealed-to-another' },
      cause,
    });
  }
}
