import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ActInput, findActProblems, findAssetActProblems } from '#shared/domain/act.ts';
import { diffFields, type FieldChange, replayChanges } from '#shared/domain/journal.ts';
import { ACT_NAMES, ACTS, type Act, actsFor, PAPER_KINDS, ruleOf } from '#shared/domain/lifecycle.ts';
import { ROLES, type Role } from '#shared/domain/roles.ts';
import { ASSET_STATUSES, type Asset, type AssetStatus } from '#shared/schema/asset.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { performAct, undoAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset, createSeries, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { requireAsset } from '../../../electron/data/commands/assets.ts';
import { verifyJournal } from '../../../electron/data/journal/check.ts';
import type { Register } from '../../../electron/data/register.ts';
import { answersAt, inputOf, WIPING } from '../../support/act-input.ts';
import { assetDraft, MINISTRY_ID, openTestRegister, SITE_ID, STRUCTURE_ID } from '../../support/register.ts';

const OTHER_STRUCTURE = '00000000-0000-4000-8000-0000000000a1';
const OTHER_SITE = '00000000-0000-4000-8000-0000000000a2';
const OTHER_PLACE = { structureId: OTHER_STRUCTURE, siteId: OTHER_SITE };
const ANSWERS = answersAt(OTHER_PLACE);

function inputFor(act: Act, assetIds: readonly string[], more: Partial<ActInput> = {}): ActInput {
  return inputOf(act, assetIds, more, OTHER_PLACE);
}

/** Whether some act of the table leads from there to there. */
function leadsTo(from: AssetStatus, to: AssetStatus): boolean {
  return ACT_NAMES.map(ruleOf).some((rule) => rule.from.includes(from) && rule.to.includes(to));
}

function open(role: Role = 'administrateur'): Register {
  const register = openTestRegister({ role });
  const place = { ministryId: MINISTRY_ID, name: 'x' };
  register.table('structures').put(
    [STRUCTURE_ID, OTHER_STRUCTURE].map((id) => ({ id, kind: 'service', ...place })),
    'endpoint',
  );
  register.table('sites').put(
    [SITE_ID, OTHER_SITE].map((id) => ({ id, kind: 'site', ...place })),
    'endpoint',
  );
  return register;
}

function add(register: Register, count = 1, typeCode = 'PCP'): string[] {
  return Array.from(
    { length: count },
    (_, n) =>
      createAsset(register, { draft: assetDraft({ typeCode, serialNumber: `S${n}-${typeCode}` }), status: 'in-stock' })
        .id,
  );
}

function journalOf(register: Register, assetId: string): Movement[] {
  const { documents } = register.table('movements').changedSince(10_000);
  return documents
    .map((document) => document as unknown as Movement)
    .filter((entry) => entry.assetId === assetId)
    .sort((a, b) => a.deviceSequence - b.deviceSequence);
}

/** What the journal alone says of the asset. */
function replay(register: Register, assetId: string): readonly FieldChange[] {
  const entries = journalOf(register, assetId);
  return diffFields(
    {},
    entries.reduce<Record<string, unknown>>(
      (fields, { changes }) => ({ ...replayChanges(fields, changes, 'forward') }),
      {},
    ),
  );
}

describe('the table of acts', () => {
  test('A4: every status but the last ones can be left, and every one can be reached', () => {
    const reached = new Set(ACT_NAMES.flatMap((act) => ruleOf(act).to));
    expect(ASSET_STATUSES.filter((status) => !reached.has(status))).toEqual([]);
    const last = ASSET_STATUSES.filter((status) => ACT_NAMES.every((act) => !ruleOf(act).from.includes(status)));
    expect(last).toEqual(['ceded', 'destroyed', 'transferred', 'merged']);
  });

  test('A4: whoever only reads does nothing, and papers are known ones', () => {
    for (const status of ASSET_STATUSES) {
      expect([...actsFor(status, 'consultation'), ...actsFor(status, 'asin'), ...actsFor(status, 'rssi')]).toEqual([]);
    }
    for (const { papers } of Object.values(ACTS)) for (const paper of papers) expect(PAPER_KINDS).toContain(paper);
  });

  test.each(ACT_NAMES)('A4: %s with all it requires has no problem, and lacks each of them alone', (act) => {
    const [role] = ruleOf(act).roles as [Role];
    const input = inputFor(act, [SITE_ID]);
    expect(findActProblems(input, role)).toEqual([]);
    for (const required of ruleOf(act).requires.filter((field) => field !== 'wiping')) {
      const [first] = Object.keys(ANSWERS[required]) as [keyof ActInput];
      const { [first]: _, ...lacking } = input;
      expect(findActProblems(lacking as ActInput, role)).toContainEqual({ field: first, problem: 'required' });
    }
    for (const other of ROLES.filter((one) => !ruleOf(act).roles.includes(one)))
      expect(findActProblems(input, other)).toEqual([{ field: 'act', problem: 'forbidden' }]);
  });

  test('A4: what an act does not take is refused rather than forgotten', () => {
    const input = inputFor('return', [SITE_ID], { returnDate: '2026-12-31' });
    expect(findActProblems(input, 'dsi')).toEqual([{ field: 'returnDate', problem: 'not-accepted' }]);
  });
});

describe('acts on the register', () => {
  test('an assignment of ten laptops is one act, on all or on none', async () => {
    const register = open();
    const ids = add(register, 10);
    const { actId } = performAct(register, inputFor('assignment', ids));
    const entries = register.journalIndex.ofAct(actId);
    expect(entries.map(({ assetId }) => assetId)).toEqual(ids);
    expect(entries.every(({ act, kind }) => act === 'assignment' && kind === 'act')).toBe(true);
    for (const id of ids)
      expect(requireAsset(register, id)).toMatchObject({
        status: 'in-service',
        holderName: 'Koffi Ahouansou',
        structureId: OTHER_STRUCTURE,
        room: 'Bureau 12',
      });
    const more = add(register, 1, 'ECR');
    const before = register.table('movements').latestCheckpoint();
    // The first of them is in service already.
    expect(() => performAct(register, inputFor('assignment', [...more, ...ids]))).toThrowError(
      expect.objectContaining({
        code: 'COMMAND_INVALID',
        details: expect.objectContaining({ field: 'act', problem: 'impossible', from: 'in-service' }),
      }),
    );
    expect(requireAsset(register, more[0] as string).status).toBe('in-stock');
    expect(register.table('movements').latestCheckpoint()).toEqual(before);
    expect(await verifyJournal(register, { isCancelled: () => false, publish: () => undefined })).toMatchObject({
      devices: [{ entries: 21, signed: 21 }],
    });
  });

  test('A8: a series enters as one act; a serial that is taken names its place and leaves nothing', () => {
    const register = open();
    const { serialNumber: _, ...draft } = assetDraft();
    const series = (serialNumbers: readonly (string | null)[]) =>
      createSeries(register, {
        draft,
        status: 'in-stock',
        serialNumbers: [...serialNumbers],
        serialAbsenceReason: 'illegible',
        documentNumber: 'BL 77',
      });
    const { actId, assets } = series(['AA-1', 'AA-2', null]);
    expect(register.journalIndex.ofAct(actId)).toMatchObject(
      assets.map(({ id }) => ({ assetId: id, kind: 'creation', act: 'entry', documentNumber: 'BL 77' })),
    );
    expect(() => series(['BB-1', 'aa 2'])).toThrowError(
      expect.objectContaining({
        details: { field: 'serialNumbers/1', problem: 'duplicate', reference: assets[1]?.reference },
      }),
    );
    expect(() => series(['BB-1', 'BB-1'])).toThrowError(
      expect.objectContaining({ details: { field: 'serialNumbers/1', problem: 'duplicate' } }),
    );
    expect(register.assetList.find({ filter: {}, offset: 0, limit: 0 }).total).toBe(3);
    expect(() => undoAct(register, { actId })).toThrowError(expect.objectContaining({ code: 'COMMAND_INVALID' }));
  });

  test('an asset that stores data leaves only wiped; a screen needs no certificate', () => {
    const register = open();
    const [laptop] = add(register) as [string];
    const [screen] = add(register, 1, 'ECR') as [string];
    for (const act of ['disposal-proposal', 'disposal'] as const) performAct(register, inputFor(act, [laptop, screen]));
    const { wiping: _, ...bare } = inputFor('cession', [screen]);
    performAct(register, bare);
    expect(() => performAct(register, { ...bare, assetIds: [laptop] })).toThrowError(
      expect.objectContaining({ details: expect.objectContaining({ field: 'wiping', problem: 'required' }) }),
    );
    performAct(register, { ...bare, assetIds: [laptop], wiping: WIPING });
    expect(requireAsset(register, laptop)).toMatchObject({ status: 'ceded', wiping: WIPING });
  });

  test('a transfer between sites: on its way, then received where it goes', () => {
    const register = open();
    const [id] = add(register) as [string];
    performAct(register, inputFor('dispatch', [id]));
    expect(requireAsset(register, id)).toMatchObject({
      status: 'in-transit',
      structureId: STRUCTURE_ID,
      destinationStructureId: OTHER_STRUCTURE,
    });
    performAct(register, inputFor('receipt', [id]));
    const received = requireAsset(register, id);
    expect(received).toMatchObject({ status: 'in-stock', structureId: OTHER_STRUCTURE });
    expect(received).not.toHaveProperty('destinationStructureId');
  });

  test('what lies in stock is nobody’s, and a room does not travel to another site', () => {
    const register = open();
    const [id] = add(register) as [string];
    performAct(register, inputFor('assignment', [id]));
    performAct(register, inputFor('return', [id]));
    const stored = requireAsset(register, id);
    expect(stored).toMatchObject({ status: 'in-stock', holderKind: 'service', room: 'Bureau 12' });
    expect(stored).not.toHaveProperty('holderName');
    const { room: _, ...moved } = inputFor('assignment', [id], { siteId: SITE_ID, structureId: STRUCTURE_ID });
    performAct(register, moved);
    expect(requireAsset(register, id)).not.toHaveProperty('room');
  });

  test('a place that the register does not know is refused', () => {
    const register = open();
    const ids = add(register);
    expect(() => performAct(register, inputFor('assignment', ids, { siteId: MINISTRY_ID }))).toThrowError(
      expect.objectContaining({ details: { field: 'siteId', problem: 'unknown' } }),
    );
  });

  test('A9: an act is taken back as a whole by counter-entries, once', () => {
    const register = open();
    const ids = add(register, 3);
    const before = ids.map((id) => diffFields({}, requireAsset(register, id)));
    const { actId } = performAct(register, inputFor('loan', ids));
    expect(undoAct(register, { actId }).changed).toBe(3);
    expect(ids.map((id) => diffFields({}, requireAsset(register, id)))).toEqual(before);
    expect(journalOf(register, ids[0] as string).map(({ kind }) => kind)).toEqual(['creation', 'act', 'undo']);
    expect(() => undoAct(register, { actId })).toThrowError(expect.objectContaining({ code: 'COMMAND_CONFLICT' }));
  });

  test('A9: what was changed since stands against it, and nothing is taken back', () => {
    const register = open();
    const ids = add(register, 2);
    const { actId } = performAct(register, inputFor('assignment', ids));
    updateAsset(register, { id: ids[1] as string, changes: { room: 'Bureau 99' } });
    expect(() => undoAct(register, { actId })).toThrowError(
      expect.objectContaining({ code: 'COMMAND_CONFLICT', details: expect.objectContaining({ field: 'room' }) }),
    );
    expect(requireAsset(register, ids[0] as string).status).toBe('in-service');
  });

  test('A9: an edit is an act too; a registration is not taken back', () => {
    const register = open();
    const [id] = add(register) as [string];
    updateAsset(register, { id, changes: { room: 'Bureau 7', attributes: { ramMb: 16384 } } });
    const [creation, edit] = journalOf(register, id);
    undoAct(register, { actId: edit?.actId ?? '' });
    expect(requireAsset(register, id)).not.toHaveProperty('room');
    expect(requireAsset(register, id)).not.toHaveProperty('attributes');
    expect(creation?.actId).toBeUndefined();
  });

  test('A4, J2: no sequence of commands leaves the table, and the state is the replay of the journal', () => {
    const step = fc.record({
      act: fc.constantFrom(...ACT_NAMES),
      targets: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
      choice: fc.nat(1),
      undo: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
        const register = open();
        const ids = add(register, 4);
        const stateOf = (id: string) => diffFields({}, requireAsset(register, id));
        for (const { act, targets, choice, undo } of steps) {
          const assetIds = [...new Set(targets.map((place) => ids[place] as string))];
          const before = new Map(assetIds.map((id) => [id, requireAsset(register, id)] as const));
          const rule = ruleOf(act);
          const status = rule.to[choice % rule.to.length];
          const input = inputFor(act, assetIds, status ? { status } : {});
          const isPossible = [...before.values()].every(
            (asset: Asset) => findAssetActProblems(asset, input).length === 0,
          );
          let actId: string | undefined;
          try {
            actId = performAct(register, input).actId;
          } catch (error) {
            expect(isPossible).toBe(false);
            expect(error).toMatchObject({ code: 'COMMAND_INVALID' });
          }
          for (const id of assetIds) {
            const after = requireAsset(register, id);
            const from = before.get(id)?.status as Asset['status'];
            if (after.status !== from) expect(leadsTo(from, after.status)).toBe(true);
            expect(replay(register, id)).toEqual(stateOf(id));
          }
          if (!undo || actId === undefined) continue;
          undoAct(register, { actId });
          for (const id of assetIds) {
            expect(stateOf(id)).toEqual(diffFields({}, before.get(id) as Asset));
            expect(replay(register, id)).toEqual(stateOf(id));
          }
        }
      }),
      { numRuns: 15 },
    );
  }, 30_000);
});

describe('what keeps data', () => {
  const withType = (register: Register, code: string, content: unknown) => {
    const id = '00000000-0000-4000-8000-0000000000c1';
    const type = { id, ministryId: MINISTRY_ID, kind: 'equipment-type', code, label: 'x', active: true, content };
    register.table('references').put([type], 'endpoint');
  };

  test.each([
    ['a type that an administrator added leaves only wiped where he said so', 'NAS', true, true],
    ['one of which he said that it keeps none leaves as it is', 'PCP', false, false],
  ])('A4: %s', (_, typeCode, storesData, isRefused) => {
    const register = open();
    withType(register, typeCode, { nature: 'hardware', storesData, attributes: [] });
    const [id = ''] = add(register, 1, typeCode);
    const { wiping: _wiping, ...input } = inputFor('handover', [id]);
    const act = () => performAct(register, input);
    if (isRefused) expect(act).toThrowError(expect.objectContaining({ code: 'COMMAND_INVALID' }));
    else expect(act).not.toThrow();
    expect(requireAsset(register, id).status).toBe(isRefused ? 'in-stock' : 'transferred');
  });
});
