import type { ErrorAnswer } from '#shared/protocol/replication.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset, makeMovement } from '../../support/endpoint-documents.ts';

describe.each(DATABASES)('standard pull and push over $name', (database) => {
  let endpoint: TestEndpoint;
  let device: TestDevice;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
  });
  afterAll(() => endpoint.stop());
  beforeEach(async () => {
    device = await endpoint.enrol((await endpoint.addMinistry()).acronym);
  });

  it('S2: a pull answers one collection, in order, after a checkpoint', async () => {
    const assets = [makeAsset(device), makeAsset(device), makeAsset(device)];
    await device.exchange([
      asRow('assets', assets[0] ?? makeAsset(device)),
      asRow('movements', makeMovement(device)),
      ...assets.slice(1).map((asset) => asRow('assets', asset)),
    ]);
    const first = await device.pull('assets', '?limit=2');
    expect(first.body).toEqual({ documents: assets.slice(0, 2), checkpoint: { seq: 3 } });
    const second = await device.pull('assets', '?seq=3&limit=2');
    expect(second.body).toEqual({ documents: assets.slice(2), checkpoint: { seq: 4 } });
    const third = await device.pull('assets', '?seq=4&limit=2');
    expect(third.body).toEqual({ documents: [], checkpoint: { seq: 4 } });
  });

  it('a push answers the masters of its conflicts and nothing else', async () => {
    const [contested, plain] = [makeAsset(device), makeAsset(device)];
    expect((await device.push('assets', [{ newDocumentState: contested }])).body).toEqual([]);
    const { status, body } = await device.push('assets', [
      { newDocumentState: { ...contested, brand: 'HP' } },
      { newDocumentState: plain },
      { newDocumentState: { ...plain, brand: 'HP' }, assumedMasterState: plain },
    ]);
    expect([status, body]).toEqual([200, [contested]]);
  });

  it('S4: a refused row fails the push by name, after the others were committed; a retry costs nothing', async () => {
    const good = makeAsset(device);
    const rows = [{ newDocumentState: good }, { newDocumentState: makeAsset(device, { brand: 7 }) }];
    const first = await device.push<ErrorAnswer>('assets', rows);
    expect([first.status, first.body]).toEqual([
      422,
      { code: 'SYNC_BAD_REQUEST', message: 'must be string', field: '/1/newDocumentState/brand' },
    ]);
    const before = await endpoint.documents(device.ministry.id);
    expect(before).toMatchObject([{ id: good.id, seq: 1 }]);
    await device.push('assets', rows);
    expect(await endpoint.documents(device.ministry.id)).toEqual(before);
  });

  it.each(['?limit=0', '?limit=1001', '?limit=x', '?seq=-1', '?seq=1e3', '?seq=99999999999999999', '?limit=1&limit=2'])(
    'a pull with %s is refused: a page cut in silence would pass for the last one',
    async (query) => {
      const { status, body } = await device.pull<ErrorAnswer>('assets', query);
      expect([status, body]).toEqual([
        400,
        { code: 'SYNC_BAD_REQUEST', message: expect.any(String), field: expect.stringMatching(/^\/query\//) },
      ]);
    },
  );

  it('an unknown collection is refused', async () => {
    const answers = [await device.pull<ErrorAnswer>('nothing'), await device.push<ErrorAnswer>('nothing', [])];
    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'SYNC_BAD_REQUEST']);
  });

  it('too many rows are refused as too large', async () => {
    const { status, body } = await device.push<ErrorAnswer>('assets', Array(1001).fill({}));
    expect([status, body.code]).toEqual([413, 'SYNC_TOO_LARGE']);
  });
});
