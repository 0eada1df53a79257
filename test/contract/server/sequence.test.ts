import { lockSequence, writeDocuments } from '../../../server/store/documents.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';

const WRITERS = 8;
const ROUNDS = 12;
const READERS = 3;

describe.each(DATABASES)('sequences over $name', (database) => {
  let endpoint: TestEndpoint;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
  });
  afterAll(() => endpoint.stop());

  it('S1 S2: readers that follow checkpoints while many devices write miss no row', async () => {
    const ministry = await endpoint.addMinistry();
    const writers = await Promise.all(Array.from({ length: WRITERS }, () => endpoint.enrol(ministry.acronym)));
    let isWriting = true;
    const written = new Map<string, number>();

    const write = async (device: (typeof writers)[number], writer: number) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        // Batches of different sizes hold the lock for different times.
        const assets = Array.from({ length: 1 + ((writer * 7 + round * 3) % 40) }, () => makeAsset(device));
        const { body } = await device.exchange(assets.map((asset) => asRow('assets', asset)));
        for (const [index, answer] of body.answers.entries()) {
          if (answer.outcome === 'accepted') written.set(assets[index]?.id ?? '', answer.seq);
        }
      }
    };
    // Over HTTP like any device: a reader in this process would starve the writers of an embedded database.
    const read = async (device: (typeof writers)[number]) => {
      const seen = new Map<string, number>();
      let seq = 0;
      for (let isLast = false; !isLast; ) {
        isLast = !isWriting;
        for (let more = true; more; ) {
          const { body } = await device.exchange([], { seq, limit: 50 });
          for (const row of body.documents) seen.set(row.document.id, row.seq);
          seq = body.checkpoint.seq;
          more = body.more;
        }
      }
      return seen;
    };

    const readers = writers.slice(0, READERS).map(read);
    await Promise.all(writers.map(write));
    isWriting = false;
    for (const seen of await Promise.all(readers)) expect(seen).toEqual(written);
    expect(new Set(written.values()).size).toBe(written.size);
    expect([...written.values()].sort((a, b) => a - b)).toEqual(Array.from(written, (_, index) => index + 1));
  });

  it('S1: of many devices that change one row at once, one is accepted and the others meet a conflict', async () => {
    const ministry = await endpoint.addMinistry();
    const devices = await Promise.all(Array.from({ length: WRITERS }, () => endpoint.enrol(ministry.acronym)));
    const asset = makeAsset({ ministry });
    await devices[0]?.exchange([asRow('assets', asset)]);
    const answers = await Promise.all(
      devices.map(async (device, index) => {
        const { body } = await device.exchange([asRow('assets', { ...asset, brand: `Brand ${index}` }, asset)]);
        return body.answers[0]?.outcome;
      }),
    );
    expect(answers.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect(answers.filter((outcome) => outcome === 'conflict')).toHaveLength(WRITERS - 1);
  });
});

function createGate(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve: () => resolve() };
}

/** One connection cannot overlap with itself: only a real server can commit late. */
describe.each(DATABASES.filter(({ name }) => name === 'PostgreSQL'))('late commits over $name', (database) => {
  it('S2: while a writer holds a sequence uncommitted, a later one waits and no reader passes it', async () => {
    const endpoint = await startEndpoint({ database });
    const ministry = await endpoint.addMinistry();
    const other = await endpoint.enrol((await endpoint.addMinistry()).acronym);
    const device = await endpoint.enrol(ministry.acronym);
    const [held, hold] = [createGate(), createGate()];
    const body = { id: 'late' };
    const write = { collection: 'assets', id: 'late', seq: 1, isDeleted: false, body };

    const late = asMinistry(endpoint.store.database, ministry.id, async (connection) => {
      await lockSequence(connection, ministry.id);
      await writeDocuments(connection, {
        ministryId: ministry.id,
        deviceId: device.device.id,
        receivedAt: new Date(),
        lastSeq: 1,
        writes: [write],
      });
      held.resolve();
      await hold.promise;
    });
    await held.promise;
    let isNextDone = false;
    const next = device.exchange([asRow('assets', makeAsset(device))]).then((answer) => {
      isNextDone = true;
      return answer;
    });
    // Another ministry is not concerned, and by the time it is answered the waiting one could have been, too.
    expect((await other.exchange([asRow('assets', makeAsset(other))])).body.answers).toMatchObject([{ seq: 1 }]);
    expect((await device.exchange([])).body).toMatchObject({ documents: [], checkpoint: { seq: 0 } });
    expect(isNextDone).toBe(false);

    hold.resolve();
    await late;
    expect((await next).body.answers).toEqual([{ outcome: 'accepted', seq: 2 }]);
    expect((await device.exchange([])).body.documents.map(({ seq }) => seq)).toEqual([1, 2]);
    await endpoint.stop();
  });
});
