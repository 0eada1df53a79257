import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { AppError } from '#shared/domain/errors.ts';

/**
 * scrypt at OWASP's current recommendation: N 2^17, r 8, p 1 (128 MiB, about half a second on an office PC).
 * Stored with each wrap, so that a later version may raise them without breaking older files.
 */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 } as const;

/** What a stored cost may be: a tampered file must not make the program ask for all the memory there is. */
const MAX_SCRYPT_MEMORY = 1024 ** 3;

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]+=*$', maxLength: 4096 });

/** A random key that a passphrase opens (SPEC K1): the form of the register's own, and of that of licence keys. */
export const PassphraseWrap = Type.Object({
  kdf: Type.Literal('scrypt'),
  N: Type.Integer({ minimum: 2 ** 14, maximum: 2 ** 22 }),
  r: Type.Integer({ minimum: 1, maximum: 32 }),
  p: Type.Integer({ minimum: 1, maximum: 16 }),
  salt: Base64,
  cipher: Type.Literal('aes-256-gcm'),
  nonce: Base64,
  tag: Base64,
  wrappedKey: Base64,
});
export type PassphraseWrap = Static<typeof PassphraseWrap>;

/** Wraps a key so that only the passphrase opens it; the cost and the salt are stored beside. */
export async function wrap(key: Buffer, passphrase: string): Promise<PassphraseWrap> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const wrappingKey = await derive(passphrase, salt, SCRYPT);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce);
  const wrappedKey = Buffer.concat([cipher.update(key), cipher.final()]);
  wrappingKey.fill(0);
  return {
    kdf: 'scrypt',
    ...SCRYPT,
    salt: salt.toString('base64'),
    cipher: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    wrappedKey: wrappedKey.toString('base64'),
  };
}

/**
 * The key, where this is the passphrase.
 * @throws AppError KEY_WRONG_PASSPHRASE, KEY_FILE_UNREADABLE
 */
export async function unwrap(stored: PassphraseWrap, passphrase: string): Promise<Buffer> {
  const wrappingKey = await derive(passphrase, Buffer.from(stored.salt, 'base64'), stored);
  try {
    const nonce = Buffer.from(stored.nonce, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, nonce, { authTagLength: 16 });
    decipher.setAuthTag(Buffer.from(stored.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(stored.wrappedKey, 'base64')), decipher.final()]);
  } catch {
    throw new AppError('KEY_WRONG_PASSPHRASE', 'The passphrase does not open the key', { action: 'unlock' });
  } finally {
    wrappingKey.fill(0);
  }
}

/** NFKC first: the same passphrase typed on another keyboard or system must give the same bytes. */
function derive(passphrase: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  const { N, r, p } = cost;
  const maxmem = 128 * N * r + 128 * r * p + 1024 ** 2;
  // A cost that is no power of two is not scrypt's.
  if (maxmem > MAX_SCRYPT_MEMORY || !Number.isInteger(Math.log2(N))) {
    const message = 'The stored key asks for a derivation that is not possible';
    return Promise.reject(new AppError('KEY_FILE_UNREADABLE', message, { action: 'contact' }));
  }
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    );
  });
}
