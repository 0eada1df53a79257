import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import { writeFileDurably } from './durable-file.ts';

/** What the operating system's keychain offers: Electron's `safeStorage` where it is real, nothing elsewhere. */
export type Keychain = {
  isAvailable(): boolean;
  encrypt(text: string): Uint8Array;
  decrypt(bytes: Uint8Array): string;
};

/**
 * scrypt at OWASP's current recommendation: N 2^17, r 8, p 1 (128 MiB, about half a second on an office PC).
 * Stored with each wrap, so that a later version may raise them without breaking older files.
 */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 } as const;

/** What a stored cost may be: a tampered file must not make the program ask for all the memory there is. */
const MAX_SCRYPT_MEMORY = 1024 ** 3;

/** Bytes. */
const KEY_LENGTH = 32;

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]+=*$', maxLength: 4096 });

const KeyFile = Type.Object({
  version: Type.Literal(1),
  /** False until the encrypted file was created: only then may opening create it (never again, SPEC K6). */
  isFileCreated: Type.Boolean(),
  passphrase: Type.Object({
    kdf: Type.Literal('scrypt'),
    N: Type.Integer({ minimum: 2 ** 14, maximum: 2 ** 22 }),
    r: Type.Integer({ minimum: 1, maximum: 32 }),
    p: Type.Integer({ minimum: 1, maximum: 16 }),
    salt: Base64,
    cipher: Type.Literal('aes-256-gcm'),
    nonce: Base64,
    tag: Base64,
    wrappedKey: Base64,
  }),
  keychain: Type.Optional(Type.Object({ wrappedKey: Base64 })),
});
type KeyFile = Static<typeof KeyFile>;
type PassphraseWrap = KeyFile['passphrase'];

/** An unwrapped key (32 bytes) and whether its file still has to be created. */
export type UnlockedKey = { readonly key: Buffer; readonly isFileCreated: boolean };

/**
 * Keeps the key of one profile in `key.json`: random, 256 bits, stored only wrapped (SPEC K1, K2).
 * It knows nothing of windows or of the encrypted file.
 */
export class KeyCustody {
  readonly #path: string;
  readonly #keychain: Keychain;

  constructor(path: string, keychain: Keychain) {
    this.#path = path;
    this.#keychain = keychain;
  }

  exists(): boolean {
    return existsSync(this.#path);
  }

  canUseKeychain(): boolean {
    return this.#keychain.isAvailable();
  }

  hasKeychainWrap(): boolean {
    return this.exists() && this.#read().keychain !== undefined && this.canUseKeychain();
  }

  /** Makes a key and writes its wraps. Throws `KEY_FILE_UNREADABLE` rather than replace an existing file. */
  async create(passphrase: string, options: { readonly useKeychain: boolean }): Promise<UnlockedKey> {
    if (this.exists()) throw new AppError('KEY_FILE_UNREADABLE', 'This profile has a key already');
    if (options.useKeychain && !this.canUseKeychain()) {
      throw new AppError('KEY_KEYCHAIN_UNAVAILABLE', 'This system has no keychain');
    }
    const key = randomBytes(KEY_LENGTH);
    const file: KeyFile = {
      version: 1,
      isFileCreated: false,
      passphrase: await wrap(key, passphrase),
      ...(options.useKeychain && { keychain: { wrappedKey: this.#wrapWithKeychain(key) } }),
    };
    this.#write(file);
    return { key, isFileCreated: false };
  }

  /** Throws `KEY_WRONG_PASSPHRASE` or `KEY_FILE_UNREADABLE`; changes nothing. */
  async unlock(passphrase: string): Promise<UnlockedKey> {
    const file = this.#read();
    return { key: await unwrap(file.passphrase, passphrase), isFileCreated: file.isFileCreated };
  }

  /** Throws `KEY_KEYCHAIN_UNAVAILABLE` when there is no such wrap or the keychain no longer opens it. */
  unlockWithKeychain(): UnlockedKey {
    const file = this.#read();
    if (!file.keychain || !this.canUseKeychain()) {
      throw new AppError('KEY_KEYCHAIN_UNAVAILABLE', 'The key was not kept in a keychain', { action: 'unlock' });
    }
    try {
      const key = Buffer.from(this.#keychain.decrypt(Buffer.from(file.keychain.wrappedKey, 'base64')), 'base64');
      if (key.length !== KEY_LENGTH) throw new Error('The keychain gave something else than a key');
      return { key, isFileCreated: file.isFileCreated };
    } catch (cause) {
      throw new AppError('KEY_KEYCHAIN_UNAVAILABLE', 'The keychain did not open the key', { action: 'unlock', cause });
    }
  }

  /** Once the encrypted file exists, a missing one is a loss to be told, not a file to be made. */
  markFileCreated(): void {
    const file = this.#read();
    if (!file.isFileCreated) this.#write({ ...file, isFileCreated: true });
  }

  #wrapWithKeychain(key: Buffer): string {
    try {
      return Buffer.from(this.#keychain.encrypt(key.toString('base64'))).toString('base64');
    } catch (cause) {
      throw new AppError('KEY_KEYCHAIN_UNAVAILABLE', 'The keychain did not take the key', { cause });
    }
  }

  #read(): KeyFile {
    let parsed: unknown;
    try {
      parsed = JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch (cause) {
      throw new AppError('KEY_FILE_UNREADABLE', 'The key file cannot be read', { action: 'contact', cause });
    }
    if (!Value.Check(KeyFile, parsed)) {
      throw new AppError('KEY_FILE_UNREADABLE', 'The key file has not the expected shape', { action: 'contact' });
    }
    return parsed;
  }

  #write(file: KeyFile): void {
    writeFileDurably(this.#path, `${JSON.stringify(file, null, 2)}\n`);
  }
}

async function wrap(key: Buffer, passphrase: string): Promise<PassphraseWrap> {
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

async function unwrap(stored: PassphraseWrap, passphrase: string): Promise<Buffer> {
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
    const message = 'The key file asks for a derivation that is not possible';
    return Promise.reject(new AppError('KEY_FILE_UNREADABLE', message, { action: 'contact' }));
  }
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    );
  });
}
