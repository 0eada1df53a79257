import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnrolAnswer, PATHS } from '#shared/protocol/replication.ts';
import { buildTargets } from '../../../build/scripts/build.mjs';
import { asTestDevice, postJson } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';
import { ENDPOINT_PROGRAM, startEndpointProcess } from '../../support/endpoint-process.ts';
import { openStream } from '../../support/endpoint-stream.ts';

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

describe('the endpoint as a process', () => {
  let dataDir: string;

  beforeAll(async () => {
    if (!existsSync(ENDPOINT_PROGRAM)) await buildTargets(['server']);
  });
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'registre-endpoint-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  function run(...args: readonly string[]): Promise<Run> {
    return new Promise((resolve) => {
      execFile(process.execPath, [ENDPOINT_PROGRAM, ...args], (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });
  }

  async function enrol(address: string, code: string) {
    const body = { protocol: 1, code, deviceName: 'Poste' };
    const answer = await postJson<EnrolAnswer>(`${address}${PATHS.enrol}`, body);
    expect(answer.status).toBe(200);
    return asTestDevice(address, answer.body);
  }

  it('S3: what was acknowledged is there after a kill, and the next start is quick and seeds nothing', async () => {
    const first = await startEndpointProcess({ dataDir, demonstration: 'empty' });
    const device = await enrol(first.address, await first.enrolmentCode());
    const asset = makeAsset(device);
    const { body } = await device.exchange([asRow('assets', asset)]);
    expect(body.answers).toMatchObject([{ outcome: 'accepted' }]);
    await first.kill();

    const second = await startEndpointProcess({ dataDir, demonstration: 'empty' });
    expect(second.startTime).toBeLessThan(2000);
    const again = asTestDevice(second.address, device);
    const { seq } = body.answers[0] as { seq: number };
    expect((await again.exchange([], { seq: seq - 1 })).body.documents).toMatchObject([{ document: asset }]);
    expect((await again.exchange([asRow('assets', asset)], { seq })).body.answers).toEqual(body.answers);
    expect(await second.stop()).toBe(0);
  });

  it('a stop ends open streams, exits with 0 and leaves no lock', async () => {
    const endpoint = await startEndpointProcess({ dataDir, demonstration: 'empty' });
    const device = await enrol(endpoint.address, await endpoint.enrolmentCode());
    const stream = await openStream(endpoint.address, device.token);
    await stream.until(() => true);
    expect(await endpoint.stop()).toBe(0);
    await stream.ended;
    expect(existsSync(join(dataDir, 'endpoint.lock'))).toBe(false);
  });

  it('K4: a second endpoint on the same folder is refused by name and changes nothing', async () => {
    const endpoint = await startEndpointProcess({ dataDir, demonstration: 'empty' });
    const { code, stderr } = await run('serve', '--data', dataDir);
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ event: 'failed', code: 'STORE_ALREADY_OPEN' });
    expect((await fetch(`${endpoint.address}${PATHS.health}`)).status).toBe(200);
    await endpoint.stop();
  });

  it('the command line makes a ministry and a code, with which a desktop enrols', async () => {
    const place = ['--data', dataDir];
    const made = await run('ministry', 'add', ...place, '--acronym', 'MTP', '--name', 'Ministère des Transports');
    expect([made.code, made.stderr]).toEqual([0, '']);
    const taken = await run('ministry', 'add', ...place, '--acronym', 'mtp', '--name', 'Autre');
    expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining('already')]);
    const issued = await run('enrolment-code', ...place, '--ministry', 'MTP', '--name', 'ADJAHO', '--role', 'dsi');
    const { code } = JSON.parse(issued.stdout);
    const endpoint = await startEndpointProcess({ dataDir, demonstration: 'empty' });
    const device = await enrol(endpoint.address, code);
    expect(device).toMatchObject({ ministry: { acronym: 'MTP' }, person: { name: 'ADJAHO', role: 'dsi' } });
    const { body } = await device.exchange([]);
    expect(body.documents.filter(({ collection }) => collection === 'sites')).toHaveLength(89);
    await endpoint.stop();
  });

  it.each([
    [['serve'], '--data'],
    [['fly'], 'Unknown command'],
    [['serve', '--data', 'x', '--port', '70000'], '--port'],
    [['serve', '--data', 'x', '--demonstration=huge'], '--demonstration'],
    [['serve', '--speed', '9'], '--speed'],
    [['enrolment-code', '--data', 'x', '--ministry', 'M', '--name', 'N', '--role', 'king'], '--role'],
  ])('misuse is explained, with the usage: %j', async (args, words) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(stderr).toContain('ministry add');
  });
});
