import { describe, expect, test } from 'vitest';
import type { AttributeDefinition } from '#shared/schema/equipment-type.ts';
import { performAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { requireAsset } from '../../../electron/data/commands/assets.ts';
import { attachAssets, detachAsset } from '../../../electron/data/commands/link-commands.ts';
import { findInterventions } from '../../../electron/data/links/intervention-index.ts';
import { findShortages } from '../../../electron/data/links/shortages.ts';
import type { Register } from '../../../electron/data/register.ts';
import { addConsumable, addContract, addLicence, addType } from '../../support/natures.ts';
import { refusalOf } from '../../support/refusal.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

const NOWHERE = '00000000-0000-4000-8000-0000000000fe';

function addComputer(register: Register, serialNumber: string, fields: Parameters<typeof assetDraft>[0] = {}): string {
  return createAsset(register, { draft: assetDraft({ serialNumber, ...fields }), status: 'in-stock' }).id;
}

describe('links', () => {
  test('A11: seats used are those of the assets attached, whoever attaches, and more than were bought shows', () => {
    const register = openTestRegister();
    const licence = addLicence(register, { seats: 2 });
    const computers = ['S1', 'S2', 'S3'].map((serial) => addComputer(register, serial));
    attachAssets(register, { kind: 'licence', targetId: licence, assetIds: computers.slice(0, 2) });
    expect(register.linkIndex.count('licence', [licence])).toEqual({ [licence]: { assets: 2, seats: 2 } });
    expect(findShortages(register, { limit: 10 }).licences.total).toBe(0);
    const [, , third = ''] = computers;
    updateAsset(register, { id: third, changes: { licences: { [licence]: 3 } } });
    expect(findShortages(register, { limit: 10 }).licences).toEqual({
      total: 1,
      rows: [{ id: licence, used: 5, bought: 2 }],
    });
    detachAsset(register, { kind: 'licence', targetId: licence, assetId: third });
    expect(requireAsset(register, third).licences).toBeUndefined();
    expect(register.linkIndex.find('licence', licence, { offset: 0, limit: 10 })).toEqual({
      total: 2,
      links: computers.slice(0, 2).map((id) => ({ id, seats: 1 })),
    });
  });

  test('A8, A11: an asset that cannot be attached leaves the others as they were, and is named', () => {
    const register = openTestRegister();
    const contract = addContract(register);
    const computer = addComputer(register, 'S1');
    const toner = addConsumable(register);
    const refusal = refusalOf(() =>
      attachAssets(register, { kind: 'contract', targetId: contract, assetIds: [computer, toner] }),
    );
    expect(refusal).toMatchObject({ code: 'COMMAND_INVALID', field: 'contracts', problem: 'not-of-nature' });
    expect(refusal?.reference).toBe(requireAsset(register, toner).reference);
    expect(requireAsset(register, computer).contracts).toBeUndefined();
    expect(register.linkIndex.count('contract', [contract])).toEqual({});
  });

  test('L1: a link points at a record that is there and of the right nature', () => {
    const register = openTestRegister();
    const [licence, contract, computer] = [addLicence(register), addContract(register), addComputer(register, 'S1')];
    const change = (changes: Parameters<typeof updateAsset>[1]['changes']) =>
      refusalOf(() => updateAsset(register, { id: computer, changes }));
    expect(change({ parentId: NOWHERE })).toMatchObject({ field: 'parentId', problem: 'unknown-asset' });
    expect(change({ parentId: licence })).toMatchObject({ field: 'parentId', problem: 'not-a-hardware' });
    expect(change({ licences: { [contract]: 1 } })).toMatchObject({ field: 'licences', problem: 'not-a-licence' });
    expect(change({ contracts: { [licence]: true } })).toMatchObject({ field: 'contracts', problem: 'not-a-contract' });
    expect(change({ licences: { [licence]: 1 }, contracts: { [contract]: true } })).toBeUndefined();
  });

  test('L1: a part is never part of itself, near or far', () => {
    const register = openTestRegister();
    const [top = '', middle = '', low = ''] = ['S1', 'S2', 'S3'].map((serial) => addComputer(register, serial));
    attachAssets(register, { kind: 'part', targetId: top, assetIds: [middle] });
    attachAssets(register, { kind: 'part', targetId: middle, assetIds: [low] });
    for (const parentId of [top, middle, low]) {
      expect(refusalOf(() => updateAsset(register, { id: top, changes: { parentId } }))).toMatchObject({
        field: 'parentId',
        problem: 'loop',
      });
    }
    expect(register.linkIndex.count('part', [top, middle, low])).toEqual({
      [top]: { assets: 1, seats: 1 },
      [middle]: { assets: 1, seats: 1 },
    });
  });

  test('A11: what has left the register uses no seat', () => {
    const register = openTestRegister({ role: 'administrateur' });
    const licence = addLicence(register, { seats: 1 });
    const computer = addComputer(register, 'S1', { typeCode: 'ECR' });
    attachAssets(register, { kind: 'licence', targetId: licence, assetIds: [computer] });
    performAct(register, {
      act: 'handover',
      assetIds: [computer],
      documentNumber: 'PV 1',
      reason: 'x',
      destinationMinistry: 'Ministère de la Santé',
      wiping: { method: 'x', date: '2026' },
    });
    expect(register.linkIndex.count('licence', [licence])).toEqual({});
  });
});

const ATTRIBUTES: readonly AttributeDefinition[] = [
  { key: 'memoryMb', label: 'Mémoire', kind: 'number', unit: 'Mo' },
  { key: 'diskType', label: 'Disque', kind: 'choice', choices: ['SSD', 'HDD'], isRequired: true },
  { key: 'batteryDate', label: 'Batterie', kind: 'date' },
];

describe('characteristics of a type', () => {
  test('L1: required ones and their kinds are asked for; what stood before and other names are left alone', () => {
    const register = openTestRegister();
    const old = addComputer(register, 'S0', { attributes: { memoryMb: '8 Go', colour: 'gris' } });
    addType(register, 'PCP', { nature: 'hardware', attributes: [...ATTRIBUTES] });
    const create = (attributes: Readonly<Record<string, string | number>>) =>
      refusalOf(() =>
        addComputer(register, `S-${Object.keys(attributes).length}-${register.environment.newId()}`, { attributes }),
      );
    expect(create({})).toMatchObject({ field: 'attributes.diskType', problem: 'required', label: 'Disque' });
    expect(create({ diskType: 'bande' })).toMatchObject({ field: 'attributes.diskType', problem: 'bad-choice' });
    expect(create({ diskType: 'SSD', memoryMb: 'beaucoup' })).toMatchObject({ problem: 'bad-number' });
    expect(create({ diskType: 'SSD', batteryDate: '2026-13' })).toMatchObject({ problem: 'bad-date' });
    expect(create({ diskType: 'SSD', memoryMb: 8192, batteryDate: '2026', colour: 'gris' })).toBeUndefined();
    // An edit of something else is not held up; one of the characteristics keeps what a file once wrote.
    expect(refusalOf(() => updateAsset(register, { id: old, changes: { room: 'B12' } }))).toBeUndefined();
    const edit = { memoryMb: '8 Go', colour: 'noir', diskType: 'SSD' };
    expect(refusalOf(() => updateAsset(register, { id: old, changes: { attributes: edit } }))).toBeUndefined();
  });

  test('A5: a record takes a type of its own nature, and begins as its nature begins', () => {
    const register = openTestRegister();
    addType(register, 'LBU', { nature: 'licence', attributes: [] });
    expect(refusalOf(() => addComputer(register, 'S1', { typeCode: 'LBU' }))).toMatchObject({
      field: 'typeCode',
      problem: 'not-of-nature',
    });
    expect(refusalOf(() => createAsset(register, { draft: assetDraft(), status: 'active' }))).toMatchObject({
      field: 'status',
      problem: 'not-of-nature',
    });
  });
});

describe('interventions', () => {
  test('L3: a departure and its return are one, costs are added, the latest plans the next', () => {
    const register = openTestRegister({
      role: 'administrateur',
      environment: steadyClock('2026-11-20T08:00:00.000Z'),
    });
    const computer = addComputer(register, 'S1');
    const on = { assetIds: [computer] };
    performAct(register, { act: 'intervention', ...on, repair: { fault: 'Bruit', cost: 5000, nextDate: '2026-12' } });
    expect(findShortages(register, { limit: 10 }).interventions.total).toBe(0);
    performAct(register, { act: 'repair', ...on, repair: { fault: 'Écran noir', provider: 'Sènan', cost: 10_000 } });
    const back = { work: 'Dalle changée', cost: 40_000, nextDate: '2026-11-20' };
    performAct(register, { act: 'repair-end', ...on, physicalState: 'good', repair: back });
    expect(findInterventions(register, computer)).toMatchObject([
      {
        fault: 'Écran noir',
        provider: 'Sènan',
        work: 'Dalle changée',
        cost: 50_000,
        nextDate: '2026-11-20',
        isAway: false,
      },
      { fault: 'Bruit', cost: 5000 },
    ]);
    const shortages = () => findShortages(register, { limit: 10 }).interventions.rows;
    expect(shortages()).toEqual([{ id: computer, nextDate: '2026-11-20' }]);
    // What is lost is not maintained.
    performAct(register, { act: 'loss', ...on, documentNumber: 'PV 3', reason: 'Introuvable' });
    expect(shortages()).toEqual([]);
  });
});

/** A second later at every look. */
function steadyClock(start: string) {
  let at = Date.parse(start);
  let last = 0;
  return {
    now: () => {
      at += 1000;
      return at;
    },
    newId: () => {
      last += 1;
      return `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`;
    },
  };
}
