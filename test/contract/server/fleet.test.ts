import { Value } from 'typebox/value';
import type { Role } from '#shared/domain/roles.ts';
import { FLEET_PATH, FleetAnswer } from '#shared/protocol/fleet.ts';
import { createContactLog } from '../../../server/fleet/contact-log.ts';
import { ADMIN_TOKEN, startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';

const MORNING = new Date('2026-11-23T08:00:00.000Z');

describe.each(DATABASES)('the fleet over $name', (database) => {
  let endpoint: TestEndpoint;
  let now: Date;

  beforeEach(async () => {
    now = MORNING;
    endpoint = await startEndpoint({ database, clock: () => now });
  });
  afterEach(() => endpoint.stop());

  const later = (minutes: number) => {
    now = new Date(MORNING.getTime() + minutes * 60_000);
  };

  async function ask(token: string): Promise<{ status: number; fleet: FleetAnswer }> {
    const response = await fetch(`${endpoint.address}${FLEET_PATH}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, fleet: await response.json() };
  }

  async function find({ device }: TestDevice) {
    const { fleet } = await ask(ADMIN_TOKEN);
    return fleet.devices.find(({ id }) => id === device.id);
  }

  it('E5: a device is known with its last contact, by the endpoint’s clock; before the first one it has none', async () => {
    const device = await endpoint.enrol();
    expect(await find(device)).toEqual({
      ministry: 'TST',
      id: device.device.id,
      code: device.device.code,
      name: 'Poste',
      person: { name: device.person.name, role: 'gestionnaire' },
      enrolledAt: MORNING.toISOString(),
    });
    later(5);
    await device.exchange([]);
    expect(await find(device)).toMatchObject({ lastContact: now.toISOString() });
    const { fleet } = await ask(ADMIN_TOKEN);
    expect([Value.Check(FleetAnswer, fleet), fleet.time]).toEqual([true, now.toISOString()]);
  });

  it('E5 S6: the agency sees all desktops, an administrator those of the ministry, nobody else any', async () => {
    const elsewhere = await endpoint.addMinistry();
    const theirs = await endpoint.enrol(elsewhere.acronym);
    const as = async (role: Role) => ask((await endpoint.enrol(undefined, role)).token);
    const ministries = ({ fleet }: { fleet: FleetAnswer }) => new Set(fleet.devices.map(({ ministry }) => ministry));
    expect(ministries(await as('asin'))).toEqual(new Set(['TST', theirs.ministry.acronym]));
    expect(ministries(await as('administrateur'))).toEqual(new Set(['TST']));
    for (const role of ['dsi', 'gestionnaire', 'consultation'] as const) expect((await as(role)).status).toBe(403);
    expect((await ask('nobody')).status).toBe(401);
  });

  it('E5: those that were silent for longest come first, those never heard of before them', async () => {
    const [never, early, late] = [await endpoint.enrol(), await endpoint.enrol(), await endpoint.enrol()];
    later(1);
    await early.exchange([]);
    later(2);
    await late.exchange([]);
    const { fleet } = await ask(ADMIN_TOKEN);
    expect(fleet.devices.map(({ id }) => id)).toEqual([never.device.id, early.device.id, late.device.id]);
  });

  it('E5: a device is written at most once a minute, but at once when it says something new', async () => {
    const { device, ministry } = await endpoint.enrol();
    const from = { id: device.id, ministryId: ministry.id };
    const write = vi.spyOn(endpoint.store.database, 'transaction');
    const log = createContactLog(endpoint.store.database, () => now);
    const state = { version: '1.2.0', waiting: 3, refused: 0, clock: -1500 };
    const writesOf = async (said: unknown) => {
      write.mockClear();
      log.note(from, said);
      await log.flush();
      return write.mock.calls.length;
    };
    expect(await writesOf(state)).toBe(1);
    expect(await writesOf(state)).toBe(0);
    expect(await writesOf(undefined)).toBe(0);
    expect(await writesOf({ ...state, refused: 1 })).toBe(1);
    later(1);
    expect(await writesOf(undefined)).toBe(1);
    // What it said before still stands; what has not the agreed shape is no statement.
    later(3);
    expect(await writesOf({ version: 7 })).toBe(1);
    await log.close();
    const { fleet } = await ask(ADMIN_TOKEN);
    expect(fleet.devices).toMatchObject([
      { version: '1.2.0', waiting: 3, refused: 1, clock: -1500, lastContact: now.toISOString() },
    ]);
  });

  it('E5: a database that is away costs no request, and the device is written when it asks again', async () => {
    const { device, ministry } = await endpoint.enrol();
    const log = createContactLog(endpoint.store.database, () => now);
    vi.spyOn(endpoint.store.database, 'transaction').mockRejectedValueOnce(new Error('away'));
    log.note({ id: device.id, ministryId: ministry.id }, undefined);
    await log.flush();
    log.note({ id: device.id, ministryId: ministry.id }, undefined);
    await log.close();
    const { fleet } = await ask(ADMIN_TOKEN);
    expect(fleet.devices).toMatchObject([{ lastContact: MORNING.toISOString() }]);
  });
});
