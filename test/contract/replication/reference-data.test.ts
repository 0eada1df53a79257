import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#shared/domain/roles.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint } from './facts.ts';

describe('reference data of one ministry on two desktops', () => {
  let endpoint: TestEndpoint;
  let ministryId: string;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  async function start(...roles: readonly [Role, Role]): Promise<[Desktop, Desktop]> {
    const ministry = await endpoint.addMinistry();
    ministryId = ministry.id;
    const [one, other] = roles;
    return [
      await startEnrolled(endpoint, { role: one, ministry: ministry.acronym }),
      await startEnrolled(endpoint, { role: other, ministry: ministry.acronym }),
    ];
  }

  const idOf = async (saved: unknown) => ((await saved) as { readonly id: string }).id;
  const save = (desktop: Desktop, input: CommandInput<'saveStructure'>) =>
    idOf(desktop.service.commands.saveStructure(input));
  const hire = (desktop: Desktop, input: CommandInput<'saveAgent'>) => idOf(desktop.service.commands.saveAgent(input));
  const row = (desktop: Desktop, collection: 'structures' | 'agents' | 'references', id: string) =>
    desktop.all(collection).find((document) => document.id === id);

  async function exchange(...desktops: readonly Desktop[]): Promise<void> {
    for (const desktop of [...desktops, ...desktops]) await desktop.goOnline();
    for (const desktop of desktops) expectEqualToEndpoint(desktop, await endpoint.documents(ministryId));
  }

  test('R1: a holder and a structure made and changed on one arrive on the other', async () => {
    const [one, other] = await start('dsi', 'technicien');
    const root = await save(one, { kind: 'ministry', name: 'Ministère', acronym: 'M' });
    const direction = await save(one, { kind: 'central-directorate', name: 'Direction', parentId: root });
    const agent = await hire(one, {
      name: 'Afiavi Dossou',
      phone: '97 00 00 00',
      structureId: direction,
      active: true,
    });
    await exchange(one, other);
    expect(row(other, 'agents', agent)).toMatchObject({ name: 'Afiavi Dossou', phone: '0197000000' });
    await save(one, { id: direction, kind: 'central-directorate', name: 'Direction', parentId: root, validTo: '2025' });
    // A technician keeps holders, and the endpoint takes them from one.
    await hire(other, { id: agent, name: 'Afiavi Dossou', position: 'Cheffe de service', active: false });
    await exchange(one, other);
    expect(row(other, 'structures', direction)).toMatchObject({ validTo: '2025' });
    expect(row(one, 'agents', agent)).toMatchObject({ position: 'Cheffe de service', active: false });
    expect(one.all('reviews')).toEqual([]);
  });

  test('M3, R3: edits without a network of different fields are both kept, and one maker added twice is one', async () => {
    const [one, other] = await start('dsi', 'administrateur');
    const agent = await hire(one, { name: 'Afiavi Dossou', active: true });
    await exchange(one, other);
    await Promise.all([one.goOffline(), other.goOffline()]);
    await hire(one, { id: agent, name: 'Afiavi Dossou', position: 'Cheffe de service', active: true });
    await hire(other, { id: agent, name: 'Afiavi Dossou', payrollNumber: '102 334', active: true });
    const maker = { kind: 'brand', label: 'Sèmè City', active: true } as const;
    const [mine, theirs] = [
      await idOf(one.service.commands.saveReference(maker)),
      await idOf(other.service.commands.saveReference(maker)),
    ];
    expect(mine).toBe(theirs);
    await exchange(one, other);
    expect(row(one, 'agents', agent)).toMatchObject({ position: 'Cheffe de service', payrollNumber: '102 334' });
    expect(one.all('references').filter(({ kind }) => kind === 'brand')).toHaveLength(1);
    expect(one.all('reviews')).toEqual([]);
  });

  test('R2: two moves that make a loop together are mended by an edit, and nothing hangs meanwhile', async () => {
    const [one, other] = await start('dsi', 'administrateur');
    const root = await save(one, { kind: 'ministry', name: 'Ministère' });
    const service = (name: string, parentId: string) => ({ kind: 'service', name, parentId }) as const;
    const [a, b] = [await save(one, service('A', root)), await save(one, service('B', root))];
    await exchange(one, other);
    await Promise.all([one.goOffline(), other.goOffline()]);
    await save(one, { id: a, ...service('A', b) });
    await save(other, { id: b, ...service('B', a) });
    await exchange(one, other);
    expect([row(one, 'structures', a)?.parentId, row(one, 'structures', b)?.parentId]).toEqual([b, a]);
    await save(one, { id: a, ...service('A', root) });
    await exchange(one, other);
    expect(row(other, 'structures', a)).toMatchObject({ parentId: root });
  });
});
