import { describe, expect, test } from 'vitest';
import { AppError, toErrorData } from '#shared/domain/errors.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { createAsset, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import type { Register } from '../../../electron/data/register.ts';
import { LicenceKeys } from '../../../electron/data/secrets/licence-keys.ts';
import { addLicence } from '../../support/natures.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

const PASSPHRASE = 'fromager de la lagune';
const KEY = 'VK7JG-NPHTM-C97JM-9MPGT-3V66T';

async function isRight(passphrase: string): Promise<boolean> {
  return passphrase === PASSPHRASE;
}

async function refusalOf(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return toErrorData(error);
  }
  return undefined;
}

/** Every value of every table, as text and as what its base64 stands for. */
function dump(register: Register): string {
  const tables = register.connection.values<string>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  return tables
    .flatMap((table) => register.connection.all<Record<string, unknown>>(`SELECT * FROM "${table}"`))
    .flatMap((row) => Object.values(row).map(asText))
    .join('\n');
}

function asText(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}

/** How the key could be told without being written out. */
const TRACES = [KEY, KEY.toLowerCase(), KEY.replaceAll('-', ''), Buffer.from(KEY).toString('base64'), KEY.slice(0, 11)];

describe('keys of licences', () => {
  test('L4: a key is given back to the passphrase of the register and to no other', async () => {
    const register = openTestRegister();
    const keys = new LicenceKeys(register, isRight);
    const licence = addLicence(register);
    expect(await refusalOf(() => keys.write({ assetId: licence, key: KEY, passphrase: 'faux' }))).toMatchObject({
      code: 'KEY_WRONG_PASSPHRASE',
    });
    expect(keys.has(licence)).toBe(false);
    await keys.write({ assetId: licence, key: KEY, passphrase: PASSPHRASE });
    expect(keys.has(licence)).toBe(true);
    expect(await keys.reveal({ assetId: licence, passphrase: PASSPHRASE })).toEqual({ key: KEY });
    const refusal = await refusalOf(() => keys.reveal({ assetId: licence, passphrase: 'faux' }));
    expect(refusal).toMatchObject({ code: 'KEY_WRONG_PASSPHRASE' });
    expect(JSON.stringify(refusal)).not.toContain(KEY);
    expect(await refusalOf(() => keys.write({ assetId: licence, key: 'X', passphrase: 'faux' }))).toBeDefined();
    expect(await keys.reveal({ assetId: licence, passphrase: PASSPHRASE })).toEqual({ key: KEY });
    await keys.write({ assetId: licence, key: null, passphrase: PASSPHRASE });
    expect(keys.has(licence)).toBe(false);
  });

  test('L4: no table, no row for the endpoint and no entry holds a trace of a key', async () => {
    const register = openTestRegister();
    const keys = new LicenceKeys(register, isRight);
    const licence = addLicence(register);
    // The dump would see it if it were there.
    updateAsset(register, { id: licence, changes: { notes: 'une note que le dump voit' } });
    await keys.write({ assetId: licence, key: KEY, passphrase: PASSPHRASE });
    await keys.reveal({ assetId: licence, passphrase: PASSPHRASE });
    const text = dump(register);
    expect(text).toContain('une note que le dump voit');
    for (const trace of [...TRACES, PASSPHRASE]) expect(text).not.toContain(trace);
    // What an exchange could take along: every document of every collection.
    const rows = COLLECTIONS.flatMap(({ name }) => register.table(name).changedSince(10_000).documents);
    const wire = JSON.stringify(rows);
    for (const trace of TRACES) expect(wire).not.toContain(trace);
    expect(register.connection.value<string>('SELECT sealed FROM licence_keys')).not.toBe('');
  });

  test('L4: two keys written at once are both given back, and one put in the place of another does not open', async () => {
    const register = openTestRegister();
    const keys = new LicenceKeys(register, isRight);
    const [one, two] = [addLicence(register), addLicence(register)];
    await Promise.all([
      keys.write({ assetId: one, key: 'clé de la première', passphrase: PASSPHRASE }),
      keys.write({ assetId: two, key: 'clé de la seconde', passphrase: PASSPHRASE }),
    ]);
    expect(await keys.reveal({ assetId: one, passphrase: PASSPHRASE })).toEqual({ key: 'clé de la première' });
    expect(await keys.reveal({ assetId: two, passphrase: PASSPHRASE })).toEqual({ key: 'clé de la seconde' });
    register.connection.run(
      'UPDATE licence_keys SET (nonce, tag, sealed) = (SELECT nonce, tag, sealed FROM licence_keys WHERE asset_id = ?)',
      [one],
    );
    expect(await refusalOf(() => keys.reveal({ assetId: two, passphrase: PASSPHRASE }))).toMatchObject({
      code: 'STORE_CORRUPT',
    });
  });

  test('L4, A7: only a licence has a key, and only who edits records gets at it', async () => {
    const register = openTestRegister();
    const keys = new LicenceKeys(register, isRight);
    const computer = createAsset(register, { draft: assetDraft(), status: 'in-stock' }).id;
    const input = { assetId: computer, key: KEY, passphrase: PASSPHRASE };
    expect(await refusalOf(() => keys.write(input))).toMatchObject({ code: 'COMMAND_INVALID' });
    const reader = openTestRegister({ role: 'consultation' });
    const refused = new LicenceKeys(reader, isRight).reveal({ assetId: computer, passphrase: PASSPHRASE });
    await expect(refused).rejects.toMatchObject({ code: 'COMMAND_FORBIDDEN' });
    await expect(refused).rejects.toBeInstanceOf(AppError);
  });
});
