import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SNAPSHOT_PATHS } from '#shared/protocol/snapshot.ts';
import { seal } from '#shared/sealing/seal.ts';
import { devicePublicKeys } from '../../../electron/data/parcels/device-keys.ts';
import { sealSnapshot } from '../../../server/commands/snapshot.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startDesktop } from '../replication/desktop.ts';
import { expectEqualToEndpoint } from '../replication/facts.ts';

describe('a snapshot from a file', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ demonstration: 'full' });
  });
  afterAll(() => endpoint.stop());

  /** Enrolled, and without a network from the next byte on: not a row has come. */
  const startIsolated = async (ministry = endpoint.ministry.acronym) => {
    const desktop = await startDesktop(endpoint);
    const code = await endpoint.enrolmentCode({ ministry });
    desktop.network.isClosedToRows = true;
    await desktop.service.commands.enrol({ server: desktop.network.address, code, deviceName: 'Poste isolé' });
    await desktop.service.commands.syncNow({});
    expect(desktop.all('assets')).toEqual([]);
    return desktop;
  };
  const download = async (desktop: Desktop) => {
    const token = desktop.register.identity.credentials()?.token;
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${endpoint.address}${SNAPSHOT_PATHS.latest}`, { headers });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const sealFor = async (desktop: Desktop, file: Uint8Array) =>
    seal(file, (await devicePublicKeys(desktop.register)).sealing);
  const load = async (desktop: Desktop, bytes: Uint8Array) => desktop.service.commands.loadSnapshot({ bytes });

  test('S20: a desktop without a network has every row from it, once, and goes on with what came after', async () => {
    const desktop = await startIsolated();
    const sealed = await sealFor(desktop, await download(desktop));
    const there = await endpoint.documents();
    expect(await load(desktop, sealed)).toMatchObject({ outcome: 'loaded', rows: there.length });
    expectEqualToEndpoint(desktop, there);
    expect(await load(desktop, sealed)).toMatchObject({ outcome: 'known', rows: 0 });
    const id = desktop.create();
    desktop.network.isClosedToRows = false;
    const before = desktop.state.bytesReceived;
    await desktop.sync();
    expect(desktop.asset(id)).toBeDefined();
    expect(desktop.state.bytesReceived - before).toBeLessThan(5000);
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });

  test('X6: the command line makes a file that this desktop alone opens', async () => {
    const [desktop, other] = [await startIsolated(), await startIsolated()];
    const { code } = desktop.register.identity.require().device;
    const ministry = endpoint.ministry.acronym;
    const { sealed, rows } = await sealSnapshot(endpoint.store, { ministry, device: code });
    await expect(load(other, sealed)).rejects.toMatchObject({ details: { problem: 'sealed-to-another' } });
    expect(await load(desktop, sealed)).toMatchObject({ outcome: 'loaded', rows });
    await expect(sealSnapshot(endpoint.store, { ministry, device: '??' })).rejects.toThrow('no device');
    await expect(sealSnapshot(endpoint.store, { ministry: 'XX', device: code })).rejects.toThrow('no ministry');
  });

  test('S20: a file that is cut, altered, forged, another’s or no snapshot is refused by its reason; nothing changes', async () => {
    const desktop = await startIsolated();
    const file = await download(desktop);
    const end = file.indexOf(10);
    const flip = (at: number) => {
      const altered = Buffer.from(file);
      altered[at] = (altered[at] ?? 0) ^ 1;
      return altered;
    };
    const other = await endpoint.addMinistry();
    const stranger = await startIsolated(other.id);
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['cut', await sealFor(desktop, file.subarray(0, -1))],
      ['cut', await sealFor(desktop, file.subarray(0, end + 1))],
      ['not-a-snapshot', await sealFor(desktop, file.subarray(0, end - 5))],
      ['not-a-snapshot', await sealFor(desktop, Buffer.from('bonjour\n'))],
      ['not-a-snapshot', await sealFor(desktop, Buffer.alloc(0))],
      ['altered', await sealFor(desktop, Buffer.concat([file, Buffer.from([0])]))],
      ['altered', await sealFor(desktop, flip(end + 40))],
      ['altered', await sealFor(desktop, flip(file.length - 1))],
      ['not-of-the-endpoint', await sealFor(desktop, flip(file.indexOf('madeAt') + 20))],
      ['newer-program', await sealFor(desktop, replace(file, '"version":1', '"version":2'))],
      ['sealed-to-another', await sealFor(stranger, file)],
      ['sealed-to-another', file],
    ];
    for (const [problem, bytes] of cases) {
      await expect(load(desktop, bytes), problem).rejects.toMatchObject({
        code: 'COMMAND_INVALID',
        details: { problem },
      });
      expect(desktop.all('structures')).toEqual([]);
    }
    await expect(load(stranger, await sealFor(stranger, file))).rejects.toMatchObject({
      details: { problem: 'other-ministry' },
    });
    expect(stranger.all('structures')).toEqual([]);
    expect((await load(desktop, await sealFor(desktop, file))).outcome).toBe('loaded');
  });

  test('S7: a file older than what the desktop has takes nothing back, and what waits goes on waiting', async () => {
    const desktop = await startIsolated();
    const old = await sealFor(desktop, await download(desktop));
    desktop.network.isClosedToRows = false;
    await desktop.sync();
    const [asset] = desktop.all('assets');
    const id = asset?.id ?? '';
    desktop.service.commands.updateAsset({ id, changes: { notes: 'après' } });
    await desktop.sync();
    desktop.network.weather = 'down';
    desktop.service.commands.updateAsset({ id, changes: { room: 'B12' } });
    expect(desktop.state.waiting).toBeGreaterThan(0);
    expect((await load(desktop, old)).outcome).toBe('known');
    expect(desktop.asset(id)).toMatchObject({ notes: 'après', room: 'B12' });
    desktop.network.weather = 'up';
    await desktop.sync();
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });
});

function replace(file: Buffer, from: string, to: string): Buffer {
  return Buffer.from(file.toString('latin1').replace(from, to), 'latin1');
}
