import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Role } from '#shared/domain/roles.ts';
import type { Identity } from '#shared/protocol/data-port.ts';
import { type Environment, Register, realEnvironment } from '../../electron/data/register.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { enrolOffline } from './asset-draft.ts';

export { assetDraft, MINISTRY_ID, SITE_ID, STRUCTURE_ID } from './asset-draft.ts';

/** An empty folder of this test, removed at its end. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'registre-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A real register on a real encrypted file, enrolled with `role` unless that is `null`; closed at the end of the test. */
export function openTestRegister(
  options: {
    readonly role?: Role | null;
    readonly ministry?: Identity['ministry'];
    readonly environment?: Environment;
    readonly directory?: string;
    readonly key?: Uint8Array;
  } = {},
): Register {
  const { role = 'gestionnaire', environment = realEnvironment } = options;
  const directory = options.directory ?? temporaryDirectory();
  const connection = openRegister({
    directory,
    key: options.key ?? randomBytes(32),
    create: options.key === undefined,
  });
  const register = new Register(connection, environment);
  onTestFinished(() => register.close());
  if (role && !register.identity.get()) enrolOffline(register, role, options.ministry);
  return register;
}
