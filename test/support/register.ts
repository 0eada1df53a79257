import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AssetDraft } from '#shared/domain/asset.ts';
import type { Role } from '#shared/domain/roles.ts';
import { type Environment, Register, realEnvironment } from '../../electron/data/register.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';

export const MINISTRY_ID = '00000000-0000-4000-8000-000000000001';
export const STRUCTURE_ID = '00000000-0000-4000-8000-000000000002';
export const SITE_ID = '00000000-0000-4000-8000-000000000003';

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
  if (role && !register.identity.get()) enrol(register, role);
  return register;
}

function enrol(register: Register, role: Role): void {
  register.identity.save(
    {
      token: 't'.repeat(43),
      ministry: { id: MINISTRY_ID, acronym: 'MND', name: 'Ministère du Numérique et de la Digitalisation' },
      person: { id: '00000000-0000-4000-8000-000000000004', name: 'Afiavi Dossou', role },
      device: { id: '00000000-0000-4000-8000-000000000005', code: 'K7', name: 'poste' },
    },
    'http://127.0.0.1:9',
  );
}

/** A complete draft; `fields` replaces what a test is about. */
export function assetDraft(fields: Partial<AssetDraft> = {}): AssetDraft {
  return {
    nature: 'hardware',
    typeCode: 'PCP',
    designation: 'Ordinateur portable Dell Latitude 5420',
    brand: 'Dell',
    model: 'Latitude 5420',
    serialNumber: '5CG-0482 KX',
    physicalState: 'good',
    structureId: STRUCTURE_ID,
    siteId: SITE_ID,
    holderKind: 'service',
    acquisitionMode: 'existing',
    ...fields,
  };
}
