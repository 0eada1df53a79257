import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import type { CommandInput, CommandOutput } from '#shared/protocol/data-port.ts';
import { PassphraseWrap, unwrap, wrap } from '../../custody/passphrase-wrap.ts';
import { requireAsset } from '../commands/assets.ts';
import type { Register } from '../register.ts';

/** Where the wrapped key of these keys stands in `meta`. */
const WRAP = 'licence-keys.wrap';
/** Bytes. */
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;

type Sealed = { readonly nonce: string; readonly tag: string; readonly sealed: string };

/**
 * Keys of licences (SPEC L4): AES-256-GCM under a random key of their own, which only the register's passphrase opens. It
 * is asked for again each time, so that an open register on a desk gives no key away. They stand in a local table and
 * nowhere else; no document, entry, index, exchange or error ever holds one.
 */
export class LicenceKeys {
  readonly #register: Register;
  readonly #verify: (passphrase: string) => Promise<boolean>;
  /** One at a time: two first keys must not make two master keys. */
  #last: Promise<unknown> = Promise.resolve();

  /** `verify` tells whether this is the passphrase of the register; without it no first key is kept. */
  constructor(register: Register, verify: (passphrase: string) => Promise<boolean> = async () => false) {
    this.#register = register;
    this.#verify = verify;
  }

  has(assetId: string): boolean {
    return this.#read(assetId) !== undefined;
  }

  /** @throws AppError KEY_WRONG_PASSPHRASE, COMMAND_FORBIDDEN, COMMAND_NOT_FOUND, COMMAND_INVALID */
  write({ assetId, key, passphrase }: CommandInput<'writeLicenceKey'>): Promise<CommandOutput['writeLicenceKey']> {
    return this.#alone(async () => {
      this.#requireLicence(assetId);
      const master = await this.#open(passphrase);
      try {
        if (key === null) this.#remove(assetId);
        else this.#keep(assetId, seal(master, assetId, key));
        return null;
      } finally {
        master.fill(0);
      }
    });
  }

  /** @throws AppError KEY_WRONG_PASSPHRASE, COMMAND_FORBIDDEN, COMMAND_NOT_FOUND, STORE_CORRUPT */
  reveal({ assetId, passphrase }: CommandInput<'revealLicenceKey'>): Promise<CommandOutput['revealLicenceKey']> {
    return this.#alone(async () => {
      this.#requireLicence(assetId);
      const master = await this.#open(passphrase);
      try {
        const sealed = this.#read(assetId);
        if (!sealed) throw new AppError('COMMAND_NOT_FOUND', 'No key of this licence is kept on this desktop');
        return { key: unseal(master, assetId, sealed) };
      } finally {
        master.fill(0);
      }
    });
  }

  #alone<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#last.then(act);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #requireLicence(assetId: string): void {
    this.#register.identity.authorise('asset.update');
    if (requireAsset(this.#register, assetId).nature === 'licence') return;
    throw new AppError('COMMAND_INVALID', 'Only a licence has a key', {
      details: { field: 'nature', problem: 'not-a-licence' },
    });
  }

  /** The key of the keys; made at the first one. */
  async #open(passphrase: string): Promise<Buffer> {
    const stored = this.#register.meta.get(WRAP);
    if (Value.Check(PassphraseWrap, stored)) return unwrap(stored, passphrase);
    if (!(await this.#verify(passphrase))) {
      throw new AppError('KEY_WRONG_PASSPHRASE', 'This is not the passphrase of the register');
    }
    const master = randomBytes(KEY_LENGTH);
    const wrapped = await wrap(master, passphrase);
    this.#register.transaction(() => this.#register.meta.set(WRAP, wrapped));
    return master;
  }

  #read(assetId: string): Sealed | undefined {
    return this.#register.connection.get<Sealed>('SELECT nonce, tag, sealed FROM licence_keys WHERE asset_id = ?', [
      assetId,
    ]);
  }

  #keep(assetId: string, { nonce, tag, sealed }: Sealed): void {
    this.#register.transaction(() =>
      this.#register.connection.run(
        'INSERT OR REPLACE INTO licence_keys (asset_id, nonce, tag, sealed) VALUES (?, ?, ?, ?)',
        [assetId, nonce, tag, sealed],
      ),
    );
  }

  #remove(assetId: string): void {
    this.#register.transaction(() =>
      this.#register.connection.run('DELETE FROM licence_keys WHERE asset_id = ?', [assetId]),
    );
  }
}

/** Tied to its licence: a row put in another one's place does not open. */
function seal(master: Buffer, assetId: string, key: string): Sealed {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', master, nonce);
  cipher.setAAD(Buffer.from(assetId));
  const sealed = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()]);
  return {
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    sealed: sealed.toString('base64'),
  };
}

function unseal(master: Buffer, assetId: string, { nonce, tag, sealed }: Sealed): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', master, Buffer.from(nonce, 'base64'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(assetId));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    throw new AppError('STORE_CORRUPT', 'The stored licence key was altered');
  }
}
