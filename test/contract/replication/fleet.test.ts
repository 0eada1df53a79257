import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { startEnrolled } from './desktop.ts';

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.stop());

test('E5: a desktop of an administrator sees how the desktops of its ministry stand; without a network, how they stood', async () => {
  const ministry = (await endpoint.addMinistry()).id;
  const keeper = await startEnrolled(endpoint, { ministry, role: 'administrateur' });
  const colleague = await startEnrolled(endpoint, { ministry });
  await colleague.sync();
  const { fleet, askedAt, trouble } = await keeper.service.questions.getFleet({});
  const found = fleet?.devices.find(({ id }) => id === colleague.register.identity.require().device.id);
  expect(found).toMatchObject({ lastContact: expect.any(String), person: { role: 'gestionnaire' } });
  expect(trouble).toBeUndefined();

  await keeper.goOffline();
  const later = await keeper.service.questions.getFleet({});
  expect(later).toMatchObject({ fleet, askedAt, trouble: { code: 'SYNC_UNREACHABLE' } });
});

test('E5 A7: a desktop of another role is refused before anything is sent', async () => {
  const desktop = await startEnrolled(endpoint, { ministry: (await endpoint.addMinistry()).id });
  await expect(desktop.service.questions.getFleet({})).rejects.toMatchObject({ code: 'COMMAND_FORBIDDEN' });
});
