import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Register } from '../../electron/data/register.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { KeyCustody, type Keychain } from '../../electron/main/key-custody.ts';
import { PASSPHRASE } from './desktop-app.ts';

const noKeychain: Keychain = {
  isAvailable: () => false,
  encrypt: () => new Uint8Array(),
  decrypt: () => '',
};

/** The key of a closed desktop's register, unwrapped with its passphrase. */
export async function unlockKey(directory: string, passphrase = PASSPHRASE): Promise<Uint8Array> {
  return (await new KeyCustody(join(directory, 'key.json'), noKeychain).unlock(passphrase)).key;
}

/** Opens the register of a closed desktop with its passphrase, as the application itself would; close it afterwards. */
export async function openProfile(directory: string, passphrase = PASSPHRASE): Promise<Register> {
  const key = await unlockKey(directory, passphrase);
  return new Register(openRegister({ directory, key, create: false }));
}

/** The files of a folder, below it too, in which one of these texts stands in clear (UTF-8 or UTF-16). */
export function filesThatContain(directory: string, texts: readonly string[]): string[] {
  const patterns = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => {
      const content = readFileSync(path);
      return patterns.some((pattern) => content.includes(pattern));
    });
}
