import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { isReference } from '#shared/domain/reference-number.ts';
import { COMMANDS } from '#shared/protocol/data-port.ts';
import { undoAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset, updateAsset, updateAssets } from '../../../electron/data/commands/asset-commands.ts';
import type { Register } from '../../../electron/data/register.ts';
import { toWire } from '../../../electron/data/replication/wire-document.ts';
import { assetDraft, openTestRegister, SITE_ID } from '../../support/register.ts';

const creation = (fields = {}) => ({ draft: assetDraft(fields), status: 'in-stock' as const });

function journal(register: Register) {
  return register
    .table('movements')
    .changedSince(1000)
    .documents.map((document) => toWire(document));
}

describe('commands on assets', () => {
  test('A2, J2: a new asset has a valid reference, its entry and its waiting marks', () => {
    const register = openTestRegister();
    const { id, reference } = createAsset(register, creation());
    expect(isReference(reference)).toBe(true);
    expect(reference).toMatch(/^MND-PCP-\d\d-K7-0001-/);
    expect(register.table('assets').get(id)).toMatchObject({ brand: 'Dell', status: 'in-stock' });
    expect(journal(register)).toMatchObject([
      { assetId: id, kind: 'creation', deviceSequence: 1, author: { role: 'gestionnaire' } },
    ]);
    expect(register.waiting.count()).toBe(2);
  });

  test('A2: references of one type never repeat, and each type counts for itself', () => {
    const register = openTestRegister();
    const references = ['PCP', 'PCP', 'ECR'].map((typeCode) => createAsset(register, creation({ typeCode })).reference);
    expect(references.map((text) => text.split('-')[4])).toEqual(['0001', '0002', '0001']);
    expect(new Set(references).size).toBe(3);
  });

  test('J2: an edit journals the fields it changed, old and new, and nothing else', () => {
    const register = openTestRegister();
    const { id } = createAsset(register, creation());
    expect(updateAsset(register, { id, changes: { room: 'B12', model: null } })).toEqual({ changed: 2 });
    expect(journal(register)[1]).toMatchObject({
      kind: 'update',
      deviceSequence: 2,
      changes: [
        { field: 'model', from: 'Latitude 5420', to: null },
        { field: 'room', from: null, to: 'B12' },
      ],
    });
  });

  test('J2: an edit that changes nothing writes nothing', () => {
    const register = openTestRegister();
    const { id } = createAsset(register, creation());
    expect(updateAsset(register, { id, changes: { brand: 'Dell' } })).toEqual({ changed: 0 });
    expect(journal(register)).toHaveLength(1);
  });

  test('A8: the same edit of many assets is one act, and leaves those that had the values already', () => {
    const register = openTestRegister();
    const [first, second, third] = ['A1', 'A2', 'A3'].map(
      (serialNumber, place) =>
        createAsset(register, creation({ serialNumber, ...(place === 2 && { supplier: 'Sonec' }) })).id,
    );
    const ids = [first, second, third].map(String);
    const { actId, changed } = updateAssets(register, { ids, changes: { supplier: 'Sonec' }, reason: 'facture 12' });
    expect(changed).toBe(2);
    const entries = journal(register).slice(3);
    expect(entries).toMatchObject([first, second].map((assetId) => ({ assetId, actId, reason: 'facture 12' })));
    expect(undoAct(register, { actId }).changed).toBe(2);
    expect(register.table('assets').get(String(first))).not.toHaveProperty('supplier');
    expect(register.table('assets').get(String(third))).toMatchObject({ supplier: 'Sonec' });
  });

  test('A8: an edit that one of many cannot have is made to none, and that one is named', () => {
    const register = openTestRegister();
    const young = createAsset(register, creation({ serialNumber: 'A1' }));
    const old = createAsset(register, creation({ serialNumber: 'A2', acquisitionDate: '2025-01' }));
    expect(() =>
      updateAssets(register, { ids: [young.id, old.id], changes: { warrantyEnd: '2024-01-01' } }),
    ).toThrowError(expect.objectContaining({ details: expect.objectContaining({ reference: old.reference }) }));
    expect(journal(register)).toHaveLength(2);
    expect(register.table('assets').get(young.id)).not.toHaveProperty('warrantyEnd');
  });

  test.each([
    ['A5: a missing serial without a reason', { serialNumber: undefined }, 'serialNumber'],
    ['A6: a placeholder serial', { serialNumber: 'To be filled by O.E.M.' }, 'serialNumber'],
    ['A5: an agent without a name', { holderKind: 'agent' as const }, 'holderName'],
    ['A5: an impossible date', { acquisitionDate: '2024-02-31' }, 'acquisitionDate'],
  ])('%s is refused, naming the field, and writes nothing', (_rule, fields, field) => {
    const register = openTestRegister();
    const draft = { ...assetDraft(), ...fields };
    // A test of bad input: the type forbids it, a port does not.
    expect(() => createAsset(register, { ...creation(), draft: draft as ReturnType<typeof assetDraft> })).toThrowError(
      expect.objectContaining({ code: 'COMMAND_INVALID', details: expect.objectContaining({ field }) }),
    );
    expect(register.waiting.count()).toBe(0);
    expect(journal(register)).toEqual([]);
  });

  test('A5: an edit cannot empty a mandatory field', () => {
    const register = openTestRegister();
    const { id } = createAsset(register, creation());
    expect(() => updateAsset(register, { id, changes: { brand: null } })).toThrowError(
      expect.objectContaining({ code: 'COMMAND_INVALID' }),
    );
    expect(register.table('assets').get(id)).toMatchObject({ brand: 'Dell' });
  });

  test('A4: only an act changes a status, never an edit', () => {
    const id = SITE_ID;
    expect(Value.Check(COMMANDS.updateAsset, { id, changes: { room: 'A 12' } })).toBe(true);
    expect(Value.Check(COMMANDS.updateAsset, { id, changes: { status: 'ceded' } })).toBe(false);
    expect(Value.Check(COMMANDS.updateAssets, { ids: [id], changes: { status: 'ceded' } })).toBe(false);
  });

  test('A7: a role does only what the table gives it', () => {
    const register = openTestRegister({ role: 'consultation' });
    expect(() => createAsset(register, creation())).toThrowError(
      expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }),
    );
  });

  test('A desktop that is not enrolled creates nothing and says so', () => {
    const register = openTestRegister({ role: null });
    expect(() => createAsset(register, creation())).toThrowError(
      expect.objectContaining({ code: 'COMMAND_NOT_ENROLLED' }),
    );
  });

  test('J3: when the journal cannot be written, neither is the asset', () => {
    const register = openTestRegister();
    register.table('movements').onWrite(() => {
      throw new Error('no journal');
    });
    expect(() => createAsset(register, creation())).toThrowError('no journal');
    expect(register.table('assets').changedSince(10).documents).toEqual([]);
    expect(register.waiting.count()).toBe(0);
  });
});
