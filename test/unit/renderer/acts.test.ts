import { findActProblems, findAssetActProblems } from '#shared/domain/act.ts';
import { ACT_NAMES, actsFor, ruleOf } from '#shared/domain/lifecycle.ts';
import { ROLES } from '#shared/domain/roles.ts';
import { ASSET_STATUSES, type Asset, type AssetStatus, NATURES } from '#shared/schema/asset.ts';
import type { Entry } from '../../../renderer/components/journal-entry.tsx';
import { ACT_GROUPS, likelyActs, sortActs } from '../../../renderer/features/acts/act-choice.ts';
import {
  type ActValues,
  askedFields,
  findValueProblems,
  proposeValues,
  toActInput,
} from '../../../renderer/features/acts/act-values.ts';
import { undoableEntry, undoneEntries } from '../../../renderer/features/asset/undoable.ts';
import { assetDraft, MINISTRY_ID, SITE_ID, STRUCTURE_ID } from '../../support/asset-draft.ts';

const TODAY = '2026-11-23';
const STOCK = { structureId: MINISTRY_ID, siteId: SITE_ID, room: 'Magasin' };

function asset(fields: Partial<Asset> = {}): Asset {
  return {
    ...assetDraft(),
    id: '00000000-0000-4000-8000-0000000000a1',
    ministryId: MINISTRY_ID,
    reference: 'MND-PCP-26-K7-0001-X',
    status: 'in-stock',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...fields,
  };
}

/** Everything filled in that any act may ask for. */
const MINISTRY = 'Ministère de la Santé';
const FILLED: Partial<ActValues> = {
  physicalState: 'fair',
  holderKind: 'agent',
  holderName: 'Afiavi Dossou',
  structureId: STRUCTURE_ID,
  siteId: SITE_ID,
  destinationStructureId: MINISTRY_ID,
  returnDate: '14/03/2027',
  documentNumber: 'BA-12',
  reason: 'motif',
  fault: 'ne démarre plus',
  work: 'alimentation changée',
  cost: 25_000,
  wipingMethod: 'trois passes',
  wipingDate: '20/11/2026',
  quantity: 3,
  expiryDate: '31/12/2027',
  destinationMinistry: MINISTRY,
};

describe('the dialog of an act', () => {
  it('A4: filled in, every act of the table is one that the command takes, and nothing too much is sent', () => {
    for (const act of ACT_NAMES.filter((name) => ruleOf(name).from.length > 0)) {
      for (const status of ruleOf(act).from) {
        const nature = ruleOf(act).natures?.[0] ?? 'hardware';
        const assets = [asset({ status, nature, ...(act === 'handover' && { destinationMinistry: MINISTRY }) })];
        const values = { ...proposeValues(act, assets, { stock: STOCK, today: TODAY }), ...FILLED };
        const input = toActInput(act, assets, values);
        expect(findActProblems(input, 'administrateur'), act).toEqual([]);
        expect(
          assets.flatMap((one) => findAssetActProblems(one, input)),
          act,
        ).toEqual([]);
        expect(findValueProblems(act, assets, values, 'administrateur'), act).toEqual({});
      }
    }
  });

  it('A4: left empty, it names every field that the table asks for', () => {
    const empty = Object.fromEntries(Object.keys(FILLED).map((name) => [name, '']));
    for (const act of ACT_NAMES.filter((name) => ruleOf(name).from.length > 0)) {
      const assets = [asset({ status: ruleOf(act).from[0] ?? 'in-stock' })];
      const values = { ...proposeValues(act, assets, { stock: undefined, today: TODAY }), ...empty };
      const problems = Object.values(findValueProblems(act, assets, values, 'administrateur'));
      const asked = [...askedFields(act, assets).values()].filter((need) => need === 'required');
      // A place is a structure and a site.
      expect(problems.length, act).toBe(asked.length + (ruleOf(act).requires.includes('place') ? 1 : 0));
    }
  });

  it('asks for a certificate of wiping only where data is kept and not wiped yet', () => {
    const wiping = { method: 'destruction du disque', date: TODAY };
    expect(askedFields('cession', [asset({ status: 'disposed' })]).get('wiping')).toBe('required');
    expect(askedFields('cession', [asset({ status: 'disposed', wiping })]).has('wiping')).toBe(false);
    expect(askedFields('cession', [asset({ status: 'disposed', typeCode: 'ECR' })]).has('wiping')).toBe(false);
    expect(askedFields('cession', [asset({ wiping }), asset()]).get('wiping')).toBe('required');
  });

  it('proposes the stock for what comes back, its own structure for what goes out, the destination for what arrives', () => {
    const propose = (act: Parameters<typeof proposeValues>[0], fields: Partial<Asset>) =>
      proposeValues(act, [asset(fields)], { stock: STOCK, today: TODAY });
    expect(propose('return', { status: 'in-service' })).toMatchObject(STOCK);
    expect(propose('assignment', {})).toMatchObject({
      structureId: STRUCTURE_ID,
      siteId: SITE_ID,
      holderKind: 'agent',
    });
    expect(propose('receipt', { status: 'in-transit', destinationStructureId: MINISTRY_ID })).toMatchObject({
      structureId: MINISTRY_ID,
      siteId: '',
    });
    const apart = [asset({ siteId: SITE_ID }), asset({ siteId: STRUCTURE_ID })];
    expect(proposeValues('assignment', apart, { stock: STOCK, today: TODAY }).siteId).toBe('');
  });

  it('the row of a holder goes with an agent only', () => {
    const holderId = '00000000-0000-4000-8000-0000000000b1';
    const assets = [asset()];
    const values = { ...proposeValues('assignment', assets, { stock: STOCK, today: TODAY }), ...FILLED, holderId };
    expect(toActInput('assignment', assets, values)).toMatchObject({ holderName: 'Afiavi Dossou', holderId });
    expect(toActInput('assignment', assets, { ...values, holderKind: 'service' })).not.toHaveProperty('holderId');
  });

  it('reads dates as they are written on papers, and refuses those that are none', () => {
    const assets = [asset({ status: 'in-service' })];
    const values = { ...proposeValues('loan', assets, { stock: STOCK, today: TODAY }), ...FILLED };
    expect(toActInput('loan', assets, values).returnDate).toBe('2027-03-14');
    expect(findValueProblems('loan', assets, { ...values, returnDate: '31/02/2027' }, 'dsi')).toEqual({
      returnDate: 'bad-date',
    });
  });
});

describe('the choice of acts', () => {
  it('offers as buttons only what the role may do, and groups every act once', () => {
    for (const [status, role, nature] of ASSET_STATUSES.flatMap((status) =>
      ROLES.flatMap((role) => NATURES.map((nature) => [status, role, nature] as const)),
    )) {
      const possible = actsFor(status, role, nature);
      const likely = likelyActs({ status, nature }, role);
      expect(likely.every((act) => possible.includes(act))).toBe(true);
      if (possible.length > 0) expect(likely.length).toBeGreaterThan(0);
    }
    const grouped = Object.values(ACT_GROUPS).flat();
    const offered = ACT_NAMES.filter((act) => ruleOf(act).from.length > 0);
    expect([...grouped].sort()).toEqual([...offered].sort());
  });

  it('A8: of many assets, offers what all of them allow and says who stands against the rest', () => {
    const of = (...statuses: AssetStatus[]) => statuses.map((status) => ({ status, nature: 'hardware' as const }));
    const { possible, hindered } = sortActs(of('in-service', 'in-service', 'in-repair'), 'gestionnaire');
    expect(possible).toContain('loss');
    expect(possible).not.toContain('return');
    expect(hindered.find(({ act }) => act === 'return')?.statuses).toEqual([['in-repair', 1]]);
    expect(hindered.find(({ act }) => act === 'repair-end')?.statuses).toEqual([['in-service', 2]]);
    expect(sortActs([], 'dsi').possible).toEqual([]);
    expect(sortActs(of('disposed'), 'gestionnaire').possible).toEqual([]);
  });
});

describe('what may be taken back', () => {
  const entry = (id: string, fields: Partial<Entry>): Entry => ({
    id,
    ministryId: MINISTRY_ID,
    assetId: MINISTRY_ID,
    kind: 'act',
    ...(fields.kind === undefined && { act: 'loss' }),
    actId: `act-${id}`,
    declaredAt: '2026-01-01T00:00:00.000Z',
    author: { personId: MINISTRY_ID, name: 'A', role: 'dsi' },
    deviceId: MINISTRY_ID,
    deviceSequence: 1,
    changes: [],
    ...fields,
  });
  const creation = entry('c', { kind: 'creation', act: 'entry' });

  it('A9: is the last act that still holds, never a registration', () => {
    const [first, second] = [entry('1', {}), entry('2', {})];
    expect(undoableEntry([second, first, creation], 'dsi')).toBe(second);
    const undo = entry('3', { kind: 'undo', undoes: '2' });
    expect(undoneEntries([undo, second])).toEqual(new Set(['2']));
    expect(undoableEntry([undo, second, first, creation], 'dsi')).toBe(first);
    expect(undoableEntry([creation], 'dsi')).toBeUndefined();
    expect(undoableEntry([entry('4', { kind: 'merge' }), first], 'dsi')).toBeUndefined();
  });

  it('A7, A9: is not offered to a role that could not have done it', () => {
    expect(undoableEntry([entry('1', { act: 'cession' })], 'technicien')).toBeUndefined();
    expect(undoableEntry([entry('1', { kind: 'update' })], 'consultation')).toBeUndefined();
    expect(undoableEntry([entry('1', { kind: 'update' })], 'technicien')).toBeDefined();
  });
});
