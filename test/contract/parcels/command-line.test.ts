import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeFiles } from '../../../electron/data/parcels/take-files.ts';
import { type TakenFile, takeParcels, writeNews } from '../../../server/commands/parcels.ts';
import { startEndpoint } from '../../support/endpoint.ts';
import { temporaryDirectory } from '../../support/register.ts';
import { startEnrolled } from '../replication/desktop.ts';
import { expectEqualToEndpoint } from '../replication/facts.ts';
import { pack } from './stick.ts';

const store = vi.hoisted(() => ({ current: undefined as unknown }));
// The command line opens the place itself; here it is the database of the running endpoint.
vi.mock('../../../server/store/open-store.ts', async (original) => ({
  ...(await original<object>()),
  openStoreAt: async () => store.current,
}));

describe('parcels on the command line of the endpoint', () => {
  it('X5 X6: an operator takes a stick in, writes its answer, and later news; the isolated desktop takes both', async () => {
    const endpoint = await startEndpoint();
    store.current = { ...endpoint.store, close: async () => {} };
    const [isolated, other] = [await startEnrolled(endpoint), await startEnrolled(endpoint)];
    await isolated.goOffline();
    isolated.create();
    const stick = temporaryDirectory();
    const paths = (await pack(isolated)).map(({ name, bytes }) => {
      writeFileSync(join(stick, name), bytes);
      return join(stick, name);
    });
    writeFileSync(join(stick, 'notes.txt'), 'rien');
    const out = join(stick, 'réponses');
    const seen: TakenFile[] = [];
    const place = { data: randomUUID() };
    await takeParcels(place, { files: [...paths, join(stick, 'notes.txt')], out }, (taken) => seen.push(taken));
    expect(seen).toMatchObject([{ state: 'applied' }, { state: 'refused', problem: 'not-registre', answers: [] }]);
    const bring = (folder: string) =>
      takeFiles(
        isolated.register,
        readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) })),
      );
    expect(await bring(out)).toMatchObject([{ kind: 'answer', taken: { received: [1] } }]);
    other.create({ serialNumber: 'SN-2' });
    await other.sync();
    const { code } = isolated.register.identity.require().device;
    const folder = join(stick, 'nouveautés');
    const input = { ministry: endpoint.ministry.acronym, device: code.toLowerCase(), out: folder };
    expect(await writeNews(place, input)).toHaveLength(1);
    expect(await bring(folder)).toMatchObject([{ kind: 'answer', taken: { news: 'taken' } }]);
    expectEqualToEndpoint(isolated, await endpoint.documents());
    await expect(writeNews(place, { ...input, device: 'ZZZ' })).rejects.toThrow(/no desktop ZZZ/);
    await endpoint.stop();
  });
});
