import { isReference } from '#shared/domain/reference-number.ts';
import { paperCode, shortDigest } from '#shared/papers/code.ts';
import { DEFAULT_TEMPLATES } from '#shared/papers/defaults/index.ts';
import type { PaperRequest } from '#shared/papers/request.ts';
import type { Paper } from '#shared/schema/paper.ts';
import { performAct, undoAct } from '../../../electron/data/commands/act-commands.ts';
import { createSeries, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { issuePaper, previewPaper } from '../../../electron/data/papers/issue-paper.ts';
import { checkPaper, getPaper } from '../../../electron/data/papers/read-paper.ts';
import { recentActs } from '../../../electron/data/papers/recent-acts.ts';
import type { Register } from '../../../electron/data/register.ts';
import { applyAnswer } from '../../../electron/data/replication/exchange.ts';
import { toWire } from '../../../electron/data/replication/wire-document.ts';
import { assetDraft, MINISTRY_ID, SITE_ID, STRUCTURE_ID } from '../../support/register.ts';

import { add, assign, openWithPlaces, PNG, slip } from './support.ts';

function stored(register: Register, id: string): Paper {
  const { _deleted, ...paper } = toWire(register.table('papers').get(id) as never);
  return paper as unknown as Paper;
}

describe('a paper of an act', () => {
  test('W1, W2: is numbered, frozen, signed by its digest, and found by asset, act, number and words', () => {
    const register = openWithPlaces();
    const ids = add(register, 3);
    const { actId } = assign(register, ids);
    const before = register.waiting.count();
    const { id, number, digest } = issuePaper(
      register,
      slip(actId, { asked: { 'fonction du détenteur': 'Chef de service' } }),
    );
    expect(isReference(number)).toBe(true);
    expect(number).toMatch(/^MND-BA-\d\d-K7-0001-/);
    expect(register.waiting.count()).toBe(before + 1);
    const whole = getPaper(register, { id });
    expect(whole).toMatchObject({
      isIntact: true,
      paper: { number, digest, actId, assetCount: 3, deviceId: expect.any(String) },
    });
    expect(whole?.paper.author).toMatchObject({ name: 'Afiavi Dossou', role: 'dsi' });
    expect(whole?.content.heading).toMatchObject({
      ministry: 'Ministère du Numérique et de la Digitalisation',
      structure: 'Direction des systèmes d’information (DSI)',
    });
    const facts = new Map(whole?.content.facts.map(({ label, value }) => [label, value]));
    expect(facts.get('Détenteur')).toBe('Koffi Ahouansou');
    expect(facts.get('Structure bénéficiaire')).toBe('Cabinet du ministre');
    expect(facts.get('Fonction')).toBe('Chef de service');
    expect(facts.get('Motif')).toBe('Prise de service');
    expect(whole?.content.tables[0]?.totals?.at(-1)).toBe('1\u202f350\u202f000');
    const find = (question: object) =>
      register.paperIndex.find({ offset: 0, limit: 10, ...question }).papers.map((paper) => paper.id);
    for (const question of [
      { assetId: ids[1] },
      { actId },
      { text: number },
      { text: number.replaceAll('-', '').toLowerCase() },
      { text: 'AFFECTATION koffi' },
      { kind: 'assignment-slip' },
    ]) {
      expect(find(question), JSON.stringify(question)).toEqual([id]);
    }
    for (const question of [{ text: 'mutation' }, { kind: 'discharge' }, { from: '2999-01-01' }])
      expect(find(question)).toEqual([]);
  });

  test('tells what the act made of the assets, whatever came after', () => {
    const register = openWithPlaces();
    const ids = add(register, 2);
    const { actId } = assign(register, ids);
    performAct(register, { act: 'return', assetIds: ids, physicalState: 'poor' });
    const { content } = previewPaper(register, slip(actId));
    expect(content.facts.find(({ label }) => label === 'Détenteur')?.value).toBe('Koffi Ahouansou');
    expect(content.tables[0]?.rows[0]).toContain('Bon');
  });

  test('a mutation names both holders and both places', () => {
    const register = openWithPlaces();
    const ids = add(register, 2);
    assign(register, ids);
    const { actId } = performAct(register, {
      act: 'reassignment',
      assetIds: ids,
      holderKind: 'agent',
      holderName: 'Sènan Zinsou',
      structureId: STRUCTURE_ID,
      siteId: SITE_ID,
      reason: 'Réorganisation',
    });
    const { content } = previewPaper(register, {
      kind: 'transfer-slip',
      source: { type: 'act', actId },
      signatures: [],
    });
    const facts = new Map(content.facts.map(({ label, value }) => [label, value]));
    expect(facts.get('Détenteur A (cédant)')).toBe('Koffi Ahouansou');
    expect(facts.get('Détenteur B (preneur)')).toBe('Sènan Zinsou');
    expect(facts.get('Provenance')).toBe('Cabinet du ministre');
    expect(content.signatures.map(({ name }) => name)).toEqual([
      'Koffi Ahouansou',
      'Sènan Zinsou',
      undefined,
      undefined,
    ]);
  });

  test('a series that came in together has its order of entry; an act taken back is no longer proposed', () => {
    const register = openWithPlaces();
    const { serialNumber: _, ...draft } = assetDraft({ acquisitionValue: 300_000 });
    const { actId } = createSeries(register, { draft, status: 'in-stock', serialNumbers: ['S-1', 'S-2'] });
    expect(recentActs(register, { kind: 'entry-order', limit: 5 })).toMatchObject([{ actId, act: 'entry', count: 2 }]);
    const { content } = previewPaper(register, { kind: 'entry-order', source: { type: 'act', actId }, signatures: [] });
    expect(content.notes[0]?.text).toContain('deux (2) unité(s), pour une valeur de six cent mille francs CFA');
    const assigned = assign(register, add(register, 1));
    expect(recentActs(register, { kind: 'discharge', limit: 5 })).toHaveLength(1);
    undoAct(register, { actId: assigned.actId });
    expect(recentActs(register, { kind: 'discharge', limit: 5 })).toEqual([]);
  });
});

describe('the number of a paper', () => {
  test('W1: is given without gap, by kind, and never without its paper', () => {
    const register = openWithPlaces();
    const { actId } = assign(register, add(register, 1));
    const sequence = (number: string) => number.split('-')[4];
    expect(sequence(issuePaper(register, slip(actId)).number)).toBe('0001');
    expect(sequence(issuePaper(register, slip(actId, { kind: 'discharge' })).number)).toBe('0001');
    const stop = register.table('papers').onWrite(() => {
      throw new Error('no paper');
    });
    expect(() => issuePaper(register, slip(actId))).toThrowError('no paper');
    stop();
    // A preview takes none either.
    expect(previewPaper(register, slip(actId)).content.number).toBe('PROJET');
    expect(sequence(issuePaper(register, slip(actId)).number)).toBe('0002');
    expect(register.paperIndex.find({ offset: 0, limit: 10 }).total).toBe(3);
  });

  test('W1: numbers that this device used before a backup was restored are not given again', () => {
    const before = openWithPlaces();
    const { actId } = assign(before, add(before, 1));
    const used = [1, 2].map(() => issuePaper(before, slip(actId)).number);
    const rows = before.table('papers').changedSince(10).documents;
    const restored = openWithPlaces();
    const documents = rows.map((row, index) => ({ collection: 'papers', seq: index + 1, document: toWire(row) }));
    applyAnswer(restored, [], { protocol: 1, answers: [], documents, checkpoint: { seq: 2 }, more: false, time: '' });
    expect(restored.paperIndex.find({ offset: 0, limit: 10 }).total).toBe(2);
    const again = assign(restored, add(restored, 1));
    const { number } = issuePaper(restored, slip(again.actId));
    expect(used).not.toContain(number);
    expect(number).toContain('-0003-');
  });
});

describe('what may not be', () => {
  test('W4: one person as ordonnateur and comptable: refused with the reason, nothing is written', () => {
    const register = openWithPlaces();
    const { actId } = assign(register, add(register, 1));
    const ordonnateur = DEFAULT_TEMPLATES['assignment-slip'].signatures.findIndex(({ as }) => as === 'ordonnateur');
    const comptable = DEFAULT_TEMPLATES['assignment-slip'].signatures.findIndex(({ as }) => as === 'comptable');
    const signatures = [
      { block: ordonnateur, name: 'Afiavi Dossou' },
      { block: comptable, name: 'DOSSOU Afiavi' },
    ];
    expect(() => issuePaper(register, slip(actId, { signatures }))).toThrowError(
      expect.objectContaining({
        code: 'COMMAND_INVALID',
        details: expect.objectContaining({ problem: 'incompatible', block: comptable }),
      }),
    );
    expect(register.table('papers').changedSince(10).documents).toEqual([]);
  });

  test.each<[string, Partial<PaperRequest>, string]>([
    [
      'a picture that is no PNG',
      { signatures: [{ block: 0, name: 'A', image: Buffer.alloc(100).toString('base64') }] },
      'COMMAND_INVALID',
    ],
    ['an act that is not here', { source: { type: 'act', actId: MINISTRY_ID } }, 'COMMAND_NOT_FOUND'],
    [
      'a source that makes no such paper',
      { source: { type: 'period', from: '2026-01-01', to: '2026-12-31' } },
      'COMMAND_INVALID',
    ],
    [
      'several assets on the record of one',
      { kind: 'asset-record', source: { type: 'act', actId: '' } },
      'COMMAND_INVALID',
    ],
  ])('%s is refused', (_what, change, code) => {
    const register = openWithPlaces();
    const { actId } = assign(register, add(register, 2));
    expect(() => issuePaper(register, slip(actId, change))).toThrowError(expect.objectContaining({ code }));
  });

  test('A7: who only reads issues nothing', () => {
    const register = openWithPlaces('consultation');
    const request: PaperRequest = { kind: 'asset-statement', source: { type: 'scope' }, signatures: [] };
    for (const make of [issuePaper, previewPaper]) {
      expect(() => make(register, request)).toThrowError(expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }));
    }
  });

  test('W4: a drawn signature stands on the paper and under its digest', () => {
    const register = openWithPlaces();
    const { actId } = assign(register, add(register, 1));
    const image = PNG.toString('base64');
    const { id } = issuePaper(
      register,
      slip(actId, { signatures: [{ block: 0, name: 'Koffi Ahouansou', quality: 'Chef de service', image }] }),
    );
    expect(getPaper(register, { id })?.content.signatures[0]).toMatchObject({
      image,
      name: 'Koffi Ahouansou',
      quality: 'Chef de service',
    });
  });
});

describe('W3: a paper that comes back', () => {
  test('is known by its code; what its assets are now stands beside what it says', () => {
    const register = openWithPlaces();
    const ids = add(register, 2);
    const { actId } = assign(register, ids);
    const { number, digest } = issuePaper(register, slip(actId));
    const check = (code: string) => checkPaper(register, { code });
    expect(check(paperCode({ number, digest }))).toMatchObject({
      state: 'known',
      digestState: 'matches',
      differences: [],
    });
    expect(check(`${number} ${shortDigest(digest)}`)).toMatchObject({ digestState: 'matches' });
    expect(check(number)).toMatchObject({ digestState: 'not-given' });
    expect(check(paperCode({ number, digest: 'F'.repeat(64) }))).toMatchObject({ digestState: 'differs' });
    expect(check('MND-BA-26-K7-9999-X')).toEqual({ state: 'unreadable' });
    updateAsset(register, { id: ids[0] as string, changes: { room: 'Bureau 40' } });
    expect(check(number)).toMatchObject({
      differences: [
        { assetId: ids[0], isMissing: false, changes: [{ field: 'room', from: 'Bureau 12', to: 'Bureau 40' }] },
      ],
    });
  });

  test('altered in the file, it shows', () => {
    const register = openWithPlaces();
    const { actId } = assign(register, add(register, 1));
    const { id, number, digest } = issuePaper(register, slip(actId));
    const paper = stored(register, id);
    const facts = paper.content.facts.map((fact) =>
      fact.label === 'Détenteur' ? { ...fact, value: 'Quelqu’un d’autre' } : fact,
    );
    register.table('papers').put([{ ...paper, content: { ...paper.content, facts }, _deleted: false }], 'command');
    expect(getPaper(register, { id })?.isIntact).toBe(false);
    expect(checkPaper(register, { code: paperCode({ number, digest }) })).toMatchObject({ digestState: 'differs' });
  });

  test('one that another desktop made is unknown until it was received', () => {
    const [one, other] = [openWithPlaces(), openWithPlaces()];
    const { actId } = assign(one, add(one, 1));
    const { number, digest } = issuePaper(one, slip(actId));
    expect(checkPaper(other, { code: paperCode({ number, digest }) })).toEqual({ state: 'unknown', number });
  });
});
