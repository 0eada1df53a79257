import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startCountingProxy } from '../../support/counting-proxy.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startDesktop } from './desktop.ts';
import { expectEqualToEndpoint } from './facts.ts';

describe('bytes on the wire, up and down, with HTTP headers', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  /** A desktop whose stream is not let through: what is counted are exchanges. */
  async function start(): Promise<{ desktop: Desktop; bytes: () => number; settle: () => Promise<void> }> {
    const desktop = await startDesktop(endpoint);
    desktop.network.weather = 'no-stream';
    const code = await endpoint.enrolmentCode({ ministry: (await endpoint.addMinistry()).acronym });
    await desktop.service.commands.enrol({ server: desktop.network.address, code, deviceName: 'Poste' });
    await desktop.sync();
    const proxy = await startCountingProxy(endpoint.address);
    onTestFinished(() => proxy.close());
    const settle = async () => {
      await desktop.sync();
      await proxy.settled(50);
      proxy.reset();
    };
    desktop.service.followProfile({ server: proxy.address, deviceName: 'Poste' });
    await settle();
    return { desktop, bytes: () => proxy.traffic.up + proxy.traffic.down, settle };
  }

  test('S13: nothing changed, one edit, 200 edits', async () => {
    const { desktop, bytes, settle } = await start();
    const ids = Array.from({ length: 200 }, (_, at) => desktop.create({ serialNumber: `SN-${at}`, room: 'A1' }));
    await settle();
    await desktop.sync();
    const nothing = bytes();
    await settle();

    const [first = ''] = ids;
    desktop.service.commands.updateAsset({ id: first, changes: { room: 'B12' } });
    await desktop.sync();
    const one = bytes();
    await settle();

    for (const [at, id] of ids.entries()) {
      desktop.service.commands.updateAsset({ id, changes: { room: `B${at}` } });
    }
    await desktop.sync();
    const many = bytes();
    expectEqualToEndpoint(desktop, await endpoint.documents(desktop.register.identity.require().ministry.id));
    expect(nothing).toBeLessThanOrEqual(300);
    expect(many).toBeLessThanOrEqual(20_000);
    // Asked for by the edit itself, and then once more by this test.
    expect(one - nothing).toBeLessThanOrEqual(600);
  });
});
