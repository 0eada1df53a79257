import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_ROWS } from '#shared/protocol/replication.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { startDesktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint } from './facts.ts';

describe('enrolment and first load', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ demonstration: 'full' });
  });
  afterAll(() => endpoint.stop());

  test('S2: without a snapshot a new desktop has every row of the ministry too, page after page', async () => {
    const desktop = await startDesktop(endpoint);
    desktop.network.hasSnapshots = false;
    await desktop.service.commands.enrol({
      server: desktop.network.address,
      code: await endpoint.enrolmentCode(),
      deviceName: 'Poste',
    });
    await desktop.sync();
    const there = await endpoint.documents();
    expect(there.length).toBeGreaterThan(2 * MAX_ROWS);
    expectEqualToEndpoint(desktop, there);
    expect(desktop.state).toMatchObject({ phase: 'idle', waiting: 0, openReviews: 0 });
  });

  test('S2: a first load that is cut half-way goes on from its last page, across a restart', async () => {
    const desktop = await startDesktop(endpoint);
    desktop.network.hasSnapshots = false;
    desktop.network.troubles.push(undefined, 'cut-answer', 'lose-request');
    await desktop.service.commands.enrol({
      server: desktop.network.address,
      code: await endpoint.enrolmentCode(),
      deviceName: 'Poste',
    });
    await desktop.service.commands.syncNow({});
    const loaded = COLLECTIONS.reduce((sum, { name }) => sum + desktop.all(name).length, 0);
    expect(loaded).toBe(MAX_ROWS);
    await desktop.restart();
    await desktop.sync();
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });

  test('K3: the identity is kept without its token, and survives a restart', async () => {
    const desktop = await startEnrolled(endpoint, { role: 'technicien' });
    const identity = desktop.service.questions.getIdentity({});
    expect(identity).toMatchObject({
      ministry: { acronym: endpoint.ministry.acronym },
      person: { role: 'technicien' },
      server: desktop.network.address,
    });
    expect(JSON.stringify(identity)).not.toContain('token');
    await desktop.restart();
    expect(desktop.service.questions.getIdentity({})).toEqual(identity);
    expect((await desktop.sync()).phase).toBe('idle');
  });

  test('S10: an enrolment whose answer was lost succeeds with the same code, as the same device', async () => {
    const desktop = await startDesktop(endpoint);
    const code = await endpoint.enrolmentCode();
    desktop.network.isEnrolmentTroubled = true;
    desktop.network.troubles.push('lose-answer');
    const enrol = () => desktop.service.enrol({ server: desktop.network.address, code, deviceName: 'Poste' });
    await expect(enrol()).rejects.toMatchObject({ code: 'SYNC_UNREACHABLE' });
    await desktop.restart();
    await enrol();
    expect((await desktop.sync()).phase).toBe('idle');
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });

  test('A code that is used twice enrols once; the second desktop stays as it was', async () => {
    const [first, second] = [await startDesktop(endpoint), await startDesktop(endpoint)];
    const code = await endpoint.enrolmentCode();
    const enrol = (desktop: typeof first) =>
      desktop.service.enrol({ server: desktop.network.address, code, deviceName: 'Poste' });
    await enrol(first);
    await expect(enrol(second)).rejects.toMatchObject({ code: 'ENROLMENT_CODE_INVALID' });
    expect(second.state.phase).toBe('not-enrolled');
    expect(second.service.questions.getIdentity({})).toBeNull();
  });
});
