import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandOutput } from '#shared/protocol/data-port.ts';
import { inputOf } from '../../support/act-input.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint } from './facts.ts';

type Place = { readonly structureId: string; readonly siteId: string };

describe('a transfer inside the ministry of which each desktop knows one end', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  function addPlace(desktop: Desktop, name: string): Place {
    const { saveStructure, saveSite } = desktop.service.commands;
    const idOf = (made: unknown) => (made as CommandOutput['saveStructure']).id; // saving answers at once
    const structureId = idOf(saveStructure({ kind: 'ministry', name }));
    const siteId = idOf(saveSite({ kind: 'departement', name, active: true }));
    return { structureId, siteId };
  }

  test.each([
    ['the dispatch reaches the endpoint first', 0],
    ['the receipt reaches the endpoint first', 1],
  ])('M6: sent and received offline, the asset is where it was received, without a review: %s', async (_, first) => {
    const { id: ministryId, acronym: ministry } = await endpoint.addMinistry();
    const sender = await startEnrolled(endpoint, { ministry, role: 'dsi' });
    const receiver = await startEnrolled(endpoint, { ministry, role: 'dsi' });
    const [from, to] = [addPlace(sender, 'Cotonou'), addPlace(sender, 'Parakou')];
    const id = sender.create(from);
    await sender.sync();
    await receiver.sync();
    await Promise.all([sender.goOffline(), receiver.goOffline()]);

    const { performAct } = sender.service.commands;
    performAct(inputOf('dispatch', [id], { destinationStructureId: to.structureId, documentNumber: 'BM 12' }));
    receiver.service.commands.performAct(inputOf('receipt', [id], { documentNumber: 'BM 12' }, to));
    expect(sender.asset(id)).toMatchObject({ status: 'in-transit' });

    const order = first === 0 ? [sender, receiver, sender] : [receiver, sender, receiver];
    for (const desktop of order) await desktop.goOnline();
    for (const desktop of [sender, receiver]) {
      await desktop.sync();
      const asset = desktop.asset(id);
      expect(asset).toMatchObject({ status: 'in-stock', ...to });
      expect(asset).not.toHaveProperty('destinationStructureId');
      expect(desktop.state.openReviews).toBe(0);
      // Both acts stay in the journal.
      const acts = desktop.all('movements').filter((entry) => entry.assetId === id && entry.kind === 'act');
      expect(acts.map(({ act }) => act).sort()).toEqual(['dispatch', 'receipt']);
      expectEqualToEndpoint(desktop, await endpoint.documents(ministryId));
    }
  });
});
