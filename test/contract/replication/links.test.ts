import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActInput } from '#shared/domain/act.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { consumableDraft, contractDraft, licenceDraft } from '../../support/natures.ts';
import { type Desktop, startEnrolled } from './desktop.ts';

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.stop());

const TABLES = ['asset_links', 'asset_stocks', 'asset_limits', 'interventions', 'undone_entries'] as const;

function tablesOf({ register }: Desktop): unknown {
  return TABLES.map((table) => register.connection.all(`SELECT * FROM ${table}`).map((row) => ({ ...row })));
}

async function act({ service }: Desktop, input: ActInput): Promise<string> {
  return (await service.commands.performAct(input)).actId;
}

async function attach(desktop: Desktop, kind: 'part' | 'licence' | 'contract', targetId: string, id: string) {
  await desktop.service.commands.attachAssets({ kind, targetId, assetIds: [id] });
}

test('A10, A11: what two desktops attach, take out and take back apart is the same on both once they met', async () => {
  const ministry = (await endpoint.addMinistry()).id;
  const [one, two] = [await startEnrolled(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
  const create = async (draft: ReturnType<typeof licenceDraft>, status: 'active' | 'in-stock') =>
    (await one.service.commands.createAsset({ draft, status })).id;
  const licence = await create(licenceDraft({ seats: 1 }), 'active');
  const contract = await create(contractDraft(), 'active');
  const toner = await create(consumableDraft({ reorderThreshold: 2 }), 'in-stock');
  const computers = ['A-1', 'A-2', 'A-3'].map((serialNumber) => one.create({ serialNumber }));
  const [first = '', second = '', third = ''] = computers;
  await act(one, { act: 'supply', assetIds: [toner], quantity: 5 });
  await one.sync();
  await two.sync();

  await one.goOffline();
  await two.goOffline();
  await attach(one, 'licence', licence, first);
  await attach(one, 'part', first, third);
  await attach(two, 'licence', licence, second);
  await attach(two, 'contract', contract, second);
  // Of one record, each desktop adds another link.
  await attach(one, 'contract', contract, first);
  await attach(two, 'licence', licence, first);
  await act(one, { act: 'issue', assetIds: [toner], quantity: 4, reason: 'Cabinet' });
  const issue = await act(two, { act: 'issue', assetIds: [toner], quantity: 3, reason: 'Cabinet' });
  await two.service.commands.undoAct({ actId: issue });
  await act(two, { act: 'issue', assetIds: [toner], quantity: 2, reason: 'Secrétariat' });
  await act(two, { act: 'intervention', assetIds: [second], repair: { fault: 'Bruit', nextDate: '2020' } });
  expect([one, two].map(({ register }) => register.stockIndex.of(toner))).toEqual([1, 3]);

  await one.goOnline();
  await two.goOnline();
  await one.sync();
  expect(tablesOf(one)).toEqual(tablesOf(two));
  for (const { register, service } of [one, two]) {
    expect(register.stockIndex.of(toner)).toBe(-1);
    expect(register.linkIndex.count('licence', [licence])).toEqual({ [licence]: { assets: 2, seats: 2 } });
    expect(service.questions.findShortages({ limit: 10 })).toEqual({
      stocks: { total: 1, rows: [{ id: toner, stock: -1, threshold: 2 }] },
      licences: { total: 1, rows: [{ id: licence, used: 2, bought: 1 }] },
      interventions: { total: 1, rows: [{ id: second, nextDate: '2020' }] },
    });
  }
});
