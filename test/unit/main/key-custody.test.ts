import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { KeyCustody, type Keychain } from '../../../electron/main/key-custody.ts';
import { temporaryDirectory } from '../../support/register.ts';

const PASSPHRASE = 'Été à Porto-Novo ﬁn';

/** A keychain that really transforms, so that a text kept in clear would be seen. */
function keychain(options: { readonly available?: boolean; readonly secret?: number } = {}): Keychain {
  const { available = true, secret = 0x5a } = options;
  const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ secret);
  return {
    isAvailable: () => available,
    encrypt: (text) => turn(Buffer.from(`k:${text}`)),
    decrypt: (bytes) => {
      const text = Buffer.from(turn(bytes)).toString();
      if (!text.startsWith('k:')) throw new Error(`the keychain of another person: ${text}`);
      return text.slice(2);
    },
  };
}

const absent = keychain({ available: false });
const keyPath = () => join(temporaryDirectory(), 'key.json');

/** What a key file holds, to be changed at will. */
type Stored = {
  version: unknown;
  isFileCreated: unknown;
  passphrase: Record<string, unknown>;
  keychain?: { wrappedKey: unknown };
};

describe('the key of a profile', () => {
  let made: { readonly text: string; readonly key: Buffer };

  // One derivation for all that only read: each takes about half a second.
  beforeAll(async () => {
    const directory = temporaryFolder();
    const path = join(directory, 'key.json');
    const { key } = await new KeyCustody(path, keychain()).create(PASSPHRASE, { useKeychain: true });
    made = { text: readFileSync(path, 'utf8'), key };
    rmSync(directory, { recursive: true });
  });

  /** The key file above in a folder of this test, after `change`. */
  function stored(change: (file: Stored) => void = () => {}): string {
    const path = keyPath();
    const file: Stored = JSON.parse(made.text);
    change(file);
    writeFileSync(path, JSON.stringify(file));
    return path;
  }

  /** A custody over the file, and what must not change while it is refused. */
  function custodyOf(path: string, chain = absent) {
    return { custody: new KeyCustody(path, chain), text: () => readFileSync(path, 'utf8') };
  }

  test('K1: the key is random, 256 bits, and stands nowhere in clear', async () => {
    expect(made.key).toHaveLength(32);
    for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const) {
      expect(made.text).not.toContain(made.key.toString(encoding));
    }
    expect(made.text).not.toContain('Porto-Novo');
    expect(JSON.parse(made.text)).toMatchObject({
      isFileCreated: false,
      passphrase: { kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1, cipher: 'aes-256-gcm' },
    });
  });

  test('K1: the passphrase gives the key back, typed in either Unicode form', async () => {
    // NFD on one system, NFC with a ligature on the other: the same to whoever types it.
    for (const typed of [PASSPHRASE.normalize('NFD'), PASSPHRASE.normalize('NFKC')]) {
      const { custody } = custodyOf(stored());
      expect((await custody.unlock(typed)).key.equals(made.key)).toBe(true);
    }
  });

  test('K2: a wrong passphrase is told as such, changes nothing, and gives no other hint', async () => {
    const { custody, text } = custodyOf(stored());
    const before = text();
    const error = await custody.unlock(`${PASSPHRASE} `).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'KEY_WRONG_PASSPHRASE', action: 'unlock' });
    expect(Object(error).cause).toBeUndefined();
    expect(Object(error).details).toBeUndefined();
    expect(text()).toBe(before);
  });

  test.each(['salt', 'nonce', 'tag', 'wrappedKey'])(
    'K2: a key file whose %s was tampered with opens to nobody and gives no key',
    async (field) => {
      const { custody } = custodyOf(
        stored(({ passphrase }) => {
          const bytes = Buffer.from(String(passphrase[field]), 'base64');
          bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
          passphrase[field] = bytes.toString('base64');
        }),
      );
      await expect(custody.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'KEY_WRONG_PASSPHRASE' });
    },
  );

  test('K2: a tag that was shortened is no tag: four bytes could be guessed', async () => {
    const { custody } = custodyOf(
      stored(({ passphrase }) => {
        passphrase.tag = Buffer.from(String(passphrase.tag), 'base64').subarray(0, 4).toString('base64');
      }),
    );
    await expect(custody.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'KEY_WRONG_PASSPHRASE' });
  });

  test.each<[string, (file: Stored) => void]>([
    ['all the memory there is', ({ passphrase }) => Object.assign(passphrase, { N: 2 ** 22, r: 32, p: 16 })],
    ['more than a gigabyte', ({ passphrase }) => Object.assign(passphrase, { N: 2 ** 20, r: 16 })],
    ['a cost that is no power of two', ({ passphrase }) => Object.assign(passphrase, { N: 100_000 })],
    ['next to no cost', ({ passphrase }) => Object.assign(passphrase, { N: 2 })],
    ['a negative cost', ({ passphrase }) => Object.assign(passphrase, { r: -8 })],
    ['another derivation', ({ passphrase }) => Object.assign(passphrase, { kdf: 'none' })],
    ['another cipher', ({ passphrase }) => Object.assign(passphrase, { cipher: 'aes-256-ecb' })],
    ['no salt', ({ passphrase }) => Object.assign(passphrase, { salt: '' })],
    ['a salt that is no base 64', ({ passphrase }) => Object.assign(passphrase, { salt: '!!' })],
    ['a salt without end', ({ passphrase }) => Object.assign(passphrase, { salt: 'A'.repeat(100_000) })],
    ['a later version', (file) => Object.assign(file, { version: 2 })],
    ['a mark that is neither true nor false', (file) => Object.assign(file, { isFileCreated: 'yes' })],
    ['a keychain that is a text', (file) => Object.assign(file, { keychain: 'x' })],
  ])('K6: a key file that asks for %s is unreadable, with a next step', async (_what, change) => {
    const { custody, text } = custodyOf(stored(change));
    const before = text();
    await expect(custody.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'KEY_FILE_UNREADABLE', action: 'contact' });
    expect(text()).toBe(before);
  });

  test.each([
    ['empty', ''],
    ['cut in half', '{"version":1,"isFileCreated":tr'],
    ['no object', 'null'],
    ['binary', '\u0000\u0001\u0002'],
  ])('K6: a key file that is %s is unreadable, and is not replaced', async (_what, content) => {
    const path = keyPath();
    writeFileSync(path, content);
    const { custody, text } = custodyOf(path);
    await expect(custody.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'KEY_FILE_UNREADABLE' });
    await expect(custody.create(PASSPHRASE, { useKeychain: false })).rejects.toMatchObject({
      code: 'KEY_FILE_UNREADABLE',
    });
    expect(() => custody.hasKeychainWrap()).toThrowError(expect.objectContaining({ code: 'KEY_FILE_UNREADABLE' }));
    expect(text()).toBe(content);
  });

  test('K1: the keychain gives the same key, and only the keychain that keeps it', () => {
    const path = stored();
    expect(new KeyCustody(path, keychain()).hasKeychainWrap()).toBe(true);
    expect(new KeyCustody(path, keychain()).unlockWithKeychain().key.equals(made.key)).toBe(true);
    for (const other of [keychain({ secret: 1 }), absent]) {
      expect(() => new KeyCustody(path, other).unlockWithKeychain()).toThrowError(
        expect.objectContaining({ code: 'KEY_KEYCHAIN_UNAVAILABLE', action: 'unlock' }),
      );
    }
    expect(new KeyCustody(path, absent).hasKeychainWrap()).toBe(false);
  });

  test('K1: without a wrap for the keychain, the passphrase is asked', () => {
    const path = stored((file) => {
      delete file.keychain;
    });
    const custody = new KeyCustody(path, keychain());
    expect(custody.hasKeychainWrap()).toBe(false);
    expect(() => custody.unlockWithKeychain()).toThrowError(
      expect.objectContaining({ code: 'KEY_KEYCHAIN_UNAVAILABLE' }),
    );
  });

  test.each([0, 16, 31, 33])('K1: a keychain that gives %i bytes gives no key: the passphrase is asked', (length) => {
    const wrappedKey = Buffer.from(keychain().encrypt(Buffer.alloc(length, 7).toString('base64'))).toString('base64');
    const path = stored((file) => {
      file.keychain = { wrappedKey };
    });
    expect(() => new KeyCustody(path, keychain()).unlockWithKeychain()).toThrowError(
      expect.objectContaining({ code: 'KEY_KEYCHAIN_UNAVAILABLE', action: 'unlock' }),
    );
  });

  test('K1: a key is not created for a keychain that is not there, nor when it fails', async () => {
    const path = keyPath();
    await expect(new KeyCustody(path, absent).create(PASSPHRASE, { useKeychain: true })).rejects.toMatchObject({
      code: 'KEY_KEYCHAIN_UNAVAILABLE',
    });
    const broken: Keychain = {
      ...keychain(),
      encrypt: () => {
        throw new Error('the keychain is locked');
      },
    };
    await expect(new KeyCustody(path, broken).create(PASSPHRASE, { useKeychain: true })).rejects.toMatchObject({
      code: 'KEY_KEYCHAIN_UNAVAILABLE',
    });
    expect(new KeyCustody(path, absent).exists()).toBe(false);
  });

  test('K6: an existing key is never replaced by a new one', async () => {
    const { custody, text } = custodyOf(stored());
    const before = text();
    await expect(custody.create(PASSPHRASE, { useKeychain: false })).rejects.toMatchObject({
      code: 'KEY_FILE_UNREADABLE',
    });
    expect(text()).toBe(before);
  });

  test('K6: once the encrypted file exists it is noted, with everything else as it was', async () => {
    const path = stored();
    const custody = new KeyCustody(path, keychain());
    expect(custody.unlockWithKeychain().isFileCreated).toBe(false);
    custody.markFileCreated();
    expect(custody.unlockWithKeychain()).toMatchObject({ isFileCreated: true, key: made.key });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...JSON.parse(made.text), isFileCreated: true });
  });

  test.skipIf(process.platform === 'win32')(
    'K1: the file is its owner’s alone, also after it was written again',
    () => {
      const path = stored();
      new KeyCustody(path, keychain()).markFileCreated();
      expect(statSync(path).mode & 0o777).toBe(0o600);
    },
  );

  test('K6: a write that was killed half-way leaves the old key, and the next write succeeds', () => {
    const path = stored();
    // What a kill between the two steps leaves beside the file.
    writeFileSync(`${path}.new`, made.text.slice(0, 100));
    const custody = new KeyCustody(path, keychain());
    expect(custody.unlockWithKeychain().key.equals(made.key)).toBe(true);
    custody.markFileCreated();
    expect(custody.unlockWithKeychain().isFileCreated).toBe(true);
    expect(readdirSync(join(path, '..'))).toEqual(['key.json']);
  });

  test('K6: a write that fails leaves the old key and nothing beside it', () => {
    const path = stored();
    // A folder in the place of the temporary file: as a disk that takes nothing.
    mkdirSync(`${path}.new`);
    const custody = new KeyCustody(path, keychain());
    expect(() => custody.markFileCreated()).toThrow();
    expect(custody.unlockWithKeychain()).toMatchObject({ isFileCreated: false });
  });
});

/** For hooks, where there is no test to end. */
function temporaryFolder(): string {
  const directory = join(process.env.TMPDIR ?? '/tmp', `registre-key-${process.pid}`);
  mkdirSync(directory, { recursive: true });
  return directory;
}
