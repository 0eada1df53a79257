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

/** The same of bytes that come one after the other: other work goes on between them. Fails as the stream does. */
export async function sealStream(pieces: AsyncIterator<Uint8Array>, recipient: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  // Node 18 has no `ReadableStream.from`.
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
  const sealed: Uint8Array[] = [];
  const reader = (await encrypter.encrypt(source)).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) sealed.push(next.value);
  const whole = new Uint8Array(sealed.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of sealed) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
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
