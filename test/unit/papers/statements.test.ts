import type { PaperRequest } from '#shared/papers/request.ts';
import type { Paper } from '#shared/schema/paper.ts';
import { performAct } from '../../../electron/data/commands/act-commands.ts';
import { updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { issuePaper, previewPaper } from '../../../electron/data/papers/issue-paper.ts';
import { getPaper } from '../../../electron/data/papers/read-paper.ts';
import { saveAgent } from '../../../electron/data/reference-data/save.ts';
import type { Register } from '../../../electron/data/register.ts';
import { toWire } from '../../../electron/data/replication/wire-document.ts';
import { openTestRegister } from '../../support/register.ts';

import { add, assign, CABINET, openWithPlaces } from './support.ts';

function stored(register: Register, id: string): Paper {
  const { _deleted, ...paper } = toWire(register.table('papers').get(id) as never);
  return paper as unknown as Paper;
}

describe('statements and books', () => {
  const statement = (source: PaperRequest['source']): PaperRequest => ({
    kind: 'asset-statement',
    source,
    signatures: [],
  });

  test('a statement holds what is in the books below a structure, and more assets than a paper names keep their number', () => {
    const register = openWithPlaces();
    register.transaction(() => add(register, 620));
    const [first] = add(register, 1, { structureId: CABINET, serialNumber: 'CAB-1' });
    const all = issuePaper(register, statement({ type: 'scope' }));
    const paper = getPaper(register, { id: all.id });
    expect(paper?.content.tables[0]?.rows).toHaveLength(621);
    expect(paper?.paper).toMatchObject({ assetCount: 621, assets: [], scope: 'Ensemble du ministère' });
    expect(paper?.isIntact).toBe(true);
    // Rows of a large one are packed in the file.
    expect(stored(register, all.id).packedRows).toBeTypeOf('string');
    expect(Buffer.byteLength(JSON.stringify(stored(register, all.id)))).toBeLessThan(240 * 1024);
    const cabinet = previewPaper(register, statement({ type: 'scope', structureId: CABINET }));
    expect(cabinet.content.tables[0]?.rows).toHaveLength(1);
    expect(cabinet.content.facts.find(({ label }) => label === 'Périmètre')?.value).toBe('Cabinet du ministre');
    const record = previewPaper(register, {
      kind: 'asset-record',
      source: { type: 'assets', assetIds: [first as string] },
      signatures: [],
    });
    expect(record.content.tables[0]?.rows).toHaveLength(1);
  });

  test('L2: depreciation stands on a statement where it is known, and its columns only where some is', () => {
    const register = openWithPlaces();
    add(register, 1, { commissioningDate: '2020-01-01', serialNumber: 'OLD' });
    const now = () => previewPaper(register, statement({ type: 'scope' })).content.tables[0];
    expect(now()?.columns.map(({ field }) => field)).not.toContain('netValue');
    add(register, 1, { commissioningDate: '2020', lifetimeMonths: 12, serialNumber: 'DONE' });
    const table = now();
    const [cumulated, net] = (['cumulatedDepreciation', 'netValue'] as const).map(
      (wanted) => table?.columns.findIndex(({ field }) => field === wanted) ?? -1,
    );
    expect(table?.rows.map((row) => [row[cumulated ?? -1], row[net ?? -1]]).sort()).toEqual([
      ['', ''],
      ['450\u202f000', '0'],
    ]);
  });

  test('J6: a statement as at a day tells what was then', () => {
    let now = Date.parse('2025-12-30T10:00:00.000Z');
    const register = openTestRegister({
      role: 'dsi',
      environment: { now: () => now, newId: () => crypto.randomUUID() },
    });
    const created = add(register, 2);
    now = Date.parse('2026-01-05T10:00:00.000Z');
    performAct(register, {
      act: 'loss',
      assetIds: [created[0] as string],
      documentNumber: 'PV-1',
      reason: 'Introuvable',
    });
    add(register, 1, { serialNumber: 'LATER' });
    const rows = (at?: string) => {
      const { content } = previewPaper(register, statement({ type: 'scope', ...(at && { at }) }));
      const column = content.tables[0]?.columns.findIndex(({ field }) => field === 'status') ?? -1;
      return content.tables[0]?.rows.map((row) => row[column]);
    };
    expect(rows('2025-12-31')).toEqual(['En stock', 'En stock']);
    expect([...(rows() ?? [])].sort()).toEqual(['En stock', 'En stock', 'Perdu']);
  });

  test('the book of a period counts what came in and what left, and nothing else', () => {
    const register = openWithPlaces();
    const ids = add(register, 3, { typeCode: 'ECR' });
    assign(register, [ids[0] as string]);
    performAct(register, {
      act: 'disposal-proposal',
      assetIds: [ids[1] as string],
      physicalState: 'unusable',
      reason: 'Vétuste',
    });
    performAct(register, { act: 'disposal', assetIds: [ids[1] as string], documentNumber: 'PV-9', reason: 'Réformé' });
    performAct(register, {
      act: 'destruction',
      assetIds: [ids[1] as string],
      documentNumber: 'PV-10',
      reason: 'Détruit',
      wiping: { method: 'Sans objet', date: '2026-01-01' },
    });
    saveAgent(register, { name: 'Afi ADJOVI', active: true });
    updateAsset(register, { id: ids[2] as string, changes: { notes: 'Une correction n’est pas un mouvement' } });
    const { content } = previewPaper(register, {
      kind: 'journal-book',
      source: { type: 'period', from: '2020-01-01', to: '2999-12-31' },
      signatures: [],
    });
    const facts = new Map(content.facts.map(({ label, value }) => [label, value]));
    expect(facts.get('Entrées')).toBe('3, pour 1\u202f350\u202f000\u00a0F\u00a0CFA');
    expect(facts.get('Sorties')).toBe('1, pour 450\u202f000\u00a0F\u00a0CFA');
    expect(content.tables[0]?.rows).toHaveLength(7);
    expect(content.tables[0]?.totals).toEqual([
      '',
      'Total',
      '',
      '',
      '',
      '3',
      '1',
      '',
      '1\u202f350\u202f000',
      '450\u202f000',
      '',
      '',
    ]);
  });

  test('the report of a disposal certifies the wiping of what stores data, and of nothing else', () => {
    const register = openWithPlaces();
    const ids = [...add(register, 1), ...add(register, 1, { typeCode: 'ECR', serialNumber: 'E-1' })];
    performAct(register, { act: 'disposal-proposal', assetIds: ids, physicalState: 'unusable', reason: 'Vétuste' });
    const { actId } = performAct(register, {
      act: 'disposal',
      assetIds: ids,
      documentNumber: 'PV-9',
      reason: 'Réformé',
      wiping: { method: 'Effacement complet', date: '2026-02-03', by: 'Sènan Zinsou' },
    });
    const { content } = previewPaper(register, {
      kind: 'disposal-report',
      source: { type: 'act', actId },
      signatures: [],
    });
    expect(content.tables.map(({ rows }) => rows.length)).toEqual([2, 1]);
    expect(content.tables[1]?.rows[0]).toEqual(
      expect.arrayContaining(['Effacement complet', '03/02/2026', 'Sènan Zinsou']),
    );
  });

  test('a discharge of a person holds all that they have', () => {
    const register = openWithPlaces();
    const ids = add(register, 4);
    assign(register, ids.slice(0, 3));
    const { content } = previewPaper(register, {
      kind: 'discharge',
      source: { type: 'holder', holderName: 'Koffi Ahouansou' },
      signatures: [],
    });
    expect(content.tables[0]?.rows).toHaveLength(3);
    expect(() =>
      previewPaper(register, { kind: 'discharge', source: { type: 'holder', holderName: 'Koffi' }, signatures: [] }),
    ).toThrowError(expect.objectContaining({ details: expect.objectContaining({ problem: 'nothing-found' }) }));
  });
});
