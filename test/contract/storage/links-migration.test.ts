import { expect, test } from 'vitest';
import { performAct, undoAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset } from '../../../electron/data/commands/asset-commands.ts';
import { attachAssets } from '../../../electron/data/commands/link-commands.ts';
import { Register } from '../../../electron/data/register.ts';
import { linksAndStocks } from '../../../electron/data/sqlcipher/migrations/0006-links-and-stocks.ts';
import { openRegister } from '../../../electron/data/sqlcipher/register-file.ts';
import { enrolOffline } from '../../support/asset-draft.ts';
import { addConsumable, addContract, addLicence } from '../../support/natures.ts';
import { assetDraft, temporaryDirectory } from '../../support/register.ts';

const TABLES = ['asset_links', 'asset_stocks', 'asset_limits', 'interventions', 'undone_entries'] as const;
const KEY = Buffer.alloc(32, 7);

function fill(register: Register): void {
  const [licence, contract] = [addLicence(register, { seats: 1 }), addContract(register)];
  const toner = addConsumable(register, { reorderThreshold: 2 });
  const [whole = '', part = '', gone = ''] = ['S1', 'S2', 'S3'].map(
    (serialNumber) =>
      createAsset(register, { draft: assetDraft({ serialNumber, typeCode: 'ECR' }), status: 'in-stock' }).id,
  );
  attachAssets(register, { kind: 'part', targetId: whole, assetIds: [part] });
  attachAssets(register, { kind: 'licence', targetId: licence, assetIds: [whole, gone], seats: 2 });
  attachAssets(register, { kind: 'contract', targetId: contract, assetIds: [whole, licence] });
  performAct(register, { act: 'supply', assetIds: [toner], quantity: 9 });
  const issue = performAct(register, { act: 'issue', assetIds: [toner], quantity: 4, reason: 'x' });
  undoAct(register, { actId: issue.actId });
  performAct(register, { act: 'issue', assetIds: [toner], quantity: 8, reason: 'x' });
  performAct(register, { act: 'intervention', assetIds: [whole], repair: { fault: 'Bruit', nextDate: '2027' } });
  performAct(register, { act: 'intervention', assetIds: [part], repair: { fault: 'Bruit' } });
  const left = {
    documentNumber: 'PV 1',
    reason: 'x',
    destinationMinistry: 'Santé',
    wiping: { method: 'x', date: '2026' },
  };
  performAct(register, { act: 'handover', assetIds: [gone], ...left });
}

test('K5, A10, A11: a filled register of an earlier version gets the links, stocks and interventions it holds', () => {
  const directory = temporaryDirectory();
  const connection = openRegister({ directory, key: KEY, create: true });
  const register = new Register(connection);
  enrolOffline(register, 'administrateur');
  fill(register);
  const rows = (from: Register) =>
    TABLES.map((table) => from.connection.all(`SELECT * FROM ${table} ORDER BY 1`).map((row) => ({ ...row })));
  const before = rows(register);
  expect(before.every((table) => table.length > 0)).toBe(true);
  // As version 5 left it.
  for (const table of TABLES) connection.exec(`DROP TABLE ${table}`);
  connection.transaction(() => linksAndStocks.up(connection));
  register.close();
  const again = new Register(openRegister({ directory, key: KEY, create: false }));
  expect(rows(again)).toEqual(before);
  again.close();
});
