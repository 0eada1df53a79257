import { performAct, undoAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset } from '../../../electron/data/commands/asset-commands.ts';
import { requireAsset } from '../../../electron/data/commands/assets.ts';
import type { Register } from '../../../electron/data/register.ts';
import { makeTransferReceipt, readTransfer, receiveTransfer } from '../../../electron/data/transfers/receive.ts';
import { confirmTransfer, getTransfers, makeTransferFile } from '../../../electron/data/transfers/send.ts';
import { inputOf } from '../../support/act-input.ts';
import { assetDraft, openTestRegister, SITE_ID, STRUCTURE_ID } from '../../support/register.ts';

const OTHER_MINISTRY = { id: '00000000-0000-4000-8000-0000000000b1', name: 'Ministère de la Santé', acronym: 'MS' };

function openHere(): Register {
  return withPlaces(openTestRegister({ role: 'administrateur' }));
}

function openThere(): Register {
  return withPlaces(openTestRegister({ role: 'administrateur', ministry: OTHER_MINISTRY }));
}

function withPlaces(register: Register): Register {
  const place = { ministryId: register.identity.require().ministry.id, name: 'x' };
  register.table('structures').put([{ id: STRUCTURE_ID, kind: 'service', ...place }], 'endpoint');
  register.table('sites').put([{ id: SITE_ID, kind: 'site', ...place }], 'endpoint');
  return register;
}

function dispatch(register: Register, count = 2): { readonly ids: string[]; readonly actId: string } {
  const ids = Array.from({ length: count }, (_, n) => {
    const draft = assetDraft({
      serialNumber: `SN-${n}`,
      inventoryNumber: `INV ${n}`,
      attributes: { os: 'Windows 11' },
    });
    return createAsset(register, { draft, status: 'in-stock' }).id;
  });
  const destination = { destinationMinistry: OTHER_MINISTRY.name, documentNumber: 'BT 4/2026' };
  return { ids, actId: performAct(register, inputOf('external-dispatch', ids, destination)).actId };
}

const PLACE = { structureId: STRUCTURE_ID, siteId: SITE_ID };
const outcomes = (register: Register, text: string) => {
  const preview = readTransfer(register, { text });
  return preview.kind === 'unreadable' ? preview.problem : preview.lines.map(({ outcome }) => outcome);
};

describe('a transfer between institutions, by files', () => {
  test('A13: sent, received, confirmed: nothing is lost on the way and nothing doubled', () => {
    const [here, there] = [openHere(), openThere()];
    const { ids, actId } = dispatch(here);
    expect(getTransfers(here)).toMatchObject([{ actId, to: OTHER_MINISTRY.name, count: 2, underWay: 2 }]);
    const { text } = makeTransferFile(here, { actId });
    expect(outcomes(there, text)).toEqual(['create', 'create']);
    const { created, receipt } = receiveTransfer(there, { text, ...PLACE });
    expect(created).toBe(2);
    const lines = there.assetList.find({ filter: {}, offset: 0, limit: 10 }).ids.map((id) => requireAsset(there, id));
    expect(lines.map(({ origin }) => origin?.assetId).sort()).toEqual([...ids].sort());
    expect(lines[0]).toMatchObject({
      status: 'in-stock',
      acquisitionMode: 'transfer-received',
      attributes: { os: 'Windows 11', formerInstitution: here.identity.require().ministry.name },
    });
    expect(outcomes(here, receipt.text)).toEqual(['confirm', 'confirm']);
    expect(confirmTransfer(here, { text: receipt.text }).changed).toBe(2);
    for (const id of ids) {
      expect(requireAsset(here, id)).toMatchObject({ status: 'transferred', destinationMinistry: OTHER_MINISTRY.name });
    }
    expect(getTransfers(here)).toMatchObject([{ count: 2, underWay: 0 }]);
  });

  test('A13: received again, or confirmed again, it does nothing more', () => {
    const [here, there] = [openHere(), openThere()];
    const { text } = makeTransferFile(here, { actId: dispatch(here).actId });
    receiveTransfer(there, { text, ...PLACE });
    expect(outcomes(there, text)).toEqual(['done', 'done']);
    expect(receiveTransfer(there, { text, ...PLACE }).created).toBe(0);
    const receipt = makeTransferReceipt(there, { text });
    confirmTransfer(here, receipt);
    expect(outcomes(here, receipt.text)).toEqual(['done', 'done']);
    expect(confirmTransfer(here, receipt).changed).toBe(0);
  });

  test('A13: two desktops of the receiver that know nothing of each other make the same records', () => {
    const here = openHere();
    const { text } = makeTransferFile(here, { actId: dispatch(here).actId });
    const made = [openThere(), openThere()].map((desktop) => {
      receiveTransfer(desktop, { text, ...PLACE });
      return [...desktop.assetList.find({ filter: {}, offset: 0, limit: 10 }).ids].sort();
    });
    expect(made[0]).toEqual(made[1]);
  });

  test('A13: an altered file, a file of one’s own and one for somebody else are refused by name', () => {
    const [here, there] = [openHere(), openThere()];
    const { text } = makeTransferFile(here, { actId: dispatch(here).actId });
    expect(outcomes(there, text.replace('SN-0', 'SN-9'))).toBe('altered');
    expect(outcomes(there, text.replace('"version": 1', '"version": 2'))).toBe('newer-version');
    expect(outcomes(there, '{"format":"other"}')).toBe('not-a-transfer');
    expect(outcomes(there, text.slice(0, 200))).toBe('not-a-transfer');
    expect(outcomes(here, text)).toBe('own-file');
    const { receipt } = receiveTransfer(there, { text, ...PLACE });
    expect(outcomes(there, receipt.text)).toBe('other-receiver');
    expect(() => confirmTransfer(there, receipt)).toThrowError(expect.objectContaining({ code: 'COMMAND_INVALID' }));
    expect(() => receiveTransfer(there, { text: text.replace('SN-0', 'SN-9'), ...PLACE })).toThrowError(
      expect.objectContaining({ details: { field: 'text', problem: 'altered' } }),
    );
  });

  test('A9, A13: a dispatch that was taken back is no transfer, and its receipt changes nothing', () => {
    const [here, there] = [openHere(), openThere()];
    const { actId, ids } = dispatch(here);
    const { text } = makeTransferFile(here, { actId });
    undoAct(here, { actId });
    expect(getTransfers(here)).toEqual([]);
    const { receipt } = receiveTransfer(there, { text, ...PLACE });
    expect(outcomes(here, receipt.text)).toEqual(['refused', 'refused']);
    expect(confirmTransfer(here, receipt).changed).toBe(0);
    expect(requireAsset(here, ids[0] ?? '')).toMatchObject({ status: 'in-stock' });
  });

  test('A13, L1: what the receiver’s types ask for besides does not keep things out', () => {
    const [here, there] = [openHere(), openThere()];
    const { text } = makeTransferFile(here, { actId: dispatch(here).actId });
    const colour = { key: 'colour', label: 'Couleur', kind: 'text', isRequired: true };
    const type = { kind: 'equipment-type', code: 'PCP', label: 'x', active: true };
    const content = { nature: 'hardware', attributes: [colour] };
    const id = '00000000-0000-4000-8000-0000000000c7';
    there.table('references').put([{ id, ministryId: OTHER_MINISTRY.id, ...type, content }], 'endpoint');
    expect(receiveTransfer(there, { text, ...PLACE }).created).toBe(2);
  });
});
