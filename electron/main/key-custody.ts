import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import { PassphraseWrap, unwrap, wrap } from '../custody/passphrase-wrap.ts';
import { writeFileDurably } from './durable-file.ts';

/** What the operating system's keychain offers: Electron's `safeStorage` where it is real, nothing elsewhere. */
export type Keychain = {
  isAvailable(): boolean;
  encrypt(text: string): Uint8Array;
  decrypt(bytes: Uint8Array): string;
};

/** Bytes. */
const KEY_LENGTH = 32;

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]+=*$', maxLength: 4096 });

const KeyFile = Type.Object({
  version: Type.Literal(1),
  /** False until the encrypted file was created: only then may opening create it (never again, SPEC K6). */
  isFileCreated: Type.Boolean(),
  passphrase: PassphraseWrap,
  keychain: Type.Optional(Type.Object({ wrappedKey: Base64 })),
});
type KeyFile = Static<typeof KeyFile>;

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
