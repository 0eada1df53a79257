import { randomUUID } from 'node:crypto';
import { PROTOCOL_VERSION, type RowAnswer } from '#shared/protocol/replication.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset, makeMovement } from '../../support/endpoint-documents.ts';

describe.each(DATABASES)('exchange over $name', (database) => {
  let endpoint: TestEndpoint;
  let device: TestDevice;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
  });
  afterAll(() => endpoint.stop());
  beforeEach(async () => {
    const ministry = await endpoint.addMinistry();
    device = await endpoint.enrol(ministry.acronym);
  });

  const stored = () => endpoint.documents(device.ministry.id);

  async function pushOne(
    collection: string,
    ...row: Parameters<typeof asRow> extends [string, ...infer R] ? R : never
  ) {
    const { body } = await device.exchange([asRow(collection, ...row)]);
    return body.answers[0];
  }

  it('S1 S3: accepted rows get the next sequences and are in the database', async () => {
    const assets = [makeAsset(device), makeAsset(device)];
    const { status, body } = await device.exchange(assets.map((asset) => asRow('assets', asset)));
    expect(status).toBe(200);
    expect(body.answers).toEqual([
      { outcome: 'accepted', seq: 1 },
      { outcome: 'accepted', seq: 2 },
    ]);
    expect((await stored()).map(({ id, seq }) => ({ id, seq }))).toEqual(
      assets.map(({ id }, index) => ({ id, seq: index + 1 })),
    );
  });

  it('S2: what a device pushed comes to another one of the ministry, unchanged', async () => {
    const asset = makeAsset(device, { notes: 'é è 漢字 😀 \\ " \t', acquisitionValue: 650_000 });
    await device.exchange([asRow('assets', asset)]);
    const other = await endpoint.enrol(device.ministry.acronym);
    const { body } = await other.exchange([]);
    expect(body.documents).toEqual([{ collection: 'assets', seq: 1, document: asset }]);
    expect(body).toMatchObject({ checkpoint: { seq: 1 }, more: false, protocol: PROTOCOL_VERSION });
  });

  it('S2: pages follow one another by checkpoint until there is no more', async () => {
    await device.exchange(Array.from({ length: 7 }, () => asRow('assets', makeAsset(device))));
    const seen: number[] = [];
    let checkpoint = 0;
    for (let more = true; more; ) {
      const { body } = await device.exchange([], { seq: checkpoint, limit: 3 });
      seen.push(...body.documents.map(({ seq }) => seq));
      checkpoint = body.checkpoint.seq;
      more = body.more;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('S2: a changed row leaves its old place and is pulled once, at its new one', async () => {
    const [first, second] = [makeAsset(device), makeAsset(device)];
    await device.exchange([asRow('assets', first), asRow('assets', second)]);
    await device.exchange([asRow('assets', { ...first, brand: 'HP' }, first)]);
    const { body } = await device.exchange([]);
    expect(body.documents.map(({ seq, document }) => [seq, document.id])).toEqual([
      [2, second.id],
      [3, first.id],
    ]);
  });

  it('rows accepted in an exchange are answered, not sent back in the same exchange', async () => {
    const others = makeAsset(device);
    await device.exchange([asRow('assets', others)]);
    const mine = makeAsset(device);
    const { body } = await device.exchange([asRow('assets', mine)]);
    expect(body.documents.map(({ document }) => document.id)).toEqual([others.id]);
    expect(body.checkpoint).toEqual({ seq: 2 });
  });

  it('S4: one request with a new, a known, a conflicting, a malformed and a forbidden row answers each', async () => {
    const [known, contested] = [makeAsset(device), makeAsset(device)];
    await device.exchange([asRow('assets', known), asRow('assets', contested)]);
    await device.exchange([asRow('assets', { ...contested, brand: 'HP' }, contested)]);
    const { body } = await device.exchange([
      asRow('assets', makeAsset(device, { brand: 42 })),
      asRow('assets', makeAsset(device)),
      asRow('assets', known),
      asRow('assets', { ...contested, brand: 'Acer' }, contested),
      asRow('unknown', makeAsset(device)),
      { collection: 'assets', row: 'not a row' },
      asRow('assets', makeAsset(device, { ministryId: randomUUID() })),
      asRow('movements', makeMovement(device)),
    ]);
    expect(body.answers).toEqual([
      { outcome: 'refused', reason: 'must be string', field: '/newDocumentState/brand' },
      { outcome: 'accepted', seq: 4 },
      { outcome: 'accepted', seq: 1 },
      { outcome: 'conflict', master: { ...contested, brand: 'HP' }, seq: 3 },
      { outcome: 'refused', reason: 'unknown collection' },
      { outcome: 'refused', reason: 'must be object' },
      { outcome: 'refused', reason: 'belongs to another ministry', field: '/newDocumentState/ministryId' },
      { outcome: 'accepted', seq: 5 },
    ] satisfies RowAnswer[]);
    expect(await stored()).toHaveLength(4);
  });

  it('S5: pushing again what was accepted is accepted with the same sequence and changes nothing', async () => {
    const asset = makeAsset(device);
    const change = { ...asset, brand: 'HP' };
    const rows = [asRow('assets', asset), asRow('movements', makeMovement(device))];
    const first = await device.exchange(rows);
    expect((await device.exchange(rows)).body.answers).toEqual(first.body.answers);
    const accepted = await pushOne('assets', change, asset);
    expect(await pushOne('assets', change, asset)).toEqual(accepted);
    const before = await stored();
    await device.exchange([asRow('assets', change, asset)]);
    expect(await stored()).toEqual(before);
  });

  it('S5: a retry is recognised whatever the order of its keys', async () => {
    const asset = makeAsset(device);
    await pushOne('assets', asset);
    const reordered = Object.fromEntries(Object.entries(asset).reverse());
    const { body } = await device.exchange([{ collection: 'assets', row: { newDocumentState: reordered } }]);
    expect(body.answers).toEqual([{ outcome: 'accepted', seq: 1 }]);
  });

  it('several rows for one document in one request are decided in their order', async () => {
    const one = makeAsset(device);
    const two = { ...one, brand: 'HP' };
    const three = { ...one, brand: 'Acer' };
    const { body } = await device.exchange([
      asRow('assets', one),
      asRow('assets', two, one),
      asRow('assets', { ...one, brand: 'Lenovo' }, one),
      asRow('assets', three, two),
    ]);
    expect(body.answers).toEqual([
      { outcome: 'accepted', seq: 1 },
      { outcome: 'accepted', seq: 2 },
      { outcome: 'conflict', master: two, seq: 2 },
      { outcome: 'accepted', seq: 3 },
    ]);
    expect(await stored()).toMatchObject([{ seq: 3, body: { brand: 'Acer' } }]);
  });

  it('a new document whose id exists already, or a change from an old master, is a conflict', async () => {
    const asset = makeAsset(device);
    await pushOne('assets', asset);
    const conflict = { outcome: 'conflict', master: asset, seq: 1 };
    expect(await pushOne('assets', { ...asset, brand: 'HP' })).toEqual(conflict);
    expect(await pushOne('assets', { ...asset, brand: 'HP' }, { ...asset, brand: 'Acer' })).toEqual(conflict);
  });

  it('a change of a document that the endpoint lost is accepted and restores it', async () => {
    const asset = makeAsset(device);
    expect(await pushOne('assets', { ...asset, brand: 'HP' }, asset)).toEqual({ outcome: 'accepted', seq: 1 });
  });

  it('J1: a second version of a journal entry is refused, also within one request', async () => {
    const entry = makeMovement(device);
    const altered = { ...entry, reason: 'rewritten' };
    const { body } = await device.exchange([asRow('movements', entry), asRow('movements', altered, entry)]);
    expect(body.answers).toMatchObject([{ outcome: 'accepted' }, { outcome: 'refused' }]);
    expect(await pushOne('movements', altered, entry)).toMatchObject({ outcome: 'refused' });
    expect(await pushOne('movements', { ...entry, _deleted: true }, entry)).toMatchObject({ outcome: 'refused' });
    expect(await stored()).toMatchObject([{ isDeleted: false, body: { id: entry.id } }]);
  });

  it('an entry in the name of another device is refused', async () => {
    const answer = await pushOne('movements', makeMovement(device, { deviceId: randomUUID() }));
    expect(answer).toMatchObject({ outcome: 'refused', field: '/newDocumentState/deviceId' });
  });

  it('A3: a deleted asset is refused and stays', async () => {
    const asset = makeAsset(device);
    await pushOne('assets', asset);
    expect(await pushOne('assets', { ...asset, _deleted: true }, asset)).toMatchObject({
      outcome: 'refused',
      field: '/newDocumentState/_deleted',
    });
    expect(await stored()).toMatchObject([{ isDeleted: false }]);
  });

  it.each(['consultation', 'asin'] as const)('A7: a device of role %s writes nothing and reads', async (role) => {
    await pushOne('assets', makeAsset(device));
    const reader = await endpoint.enrol(device.ministry.acronym, role);
    const { body } = await reader.exchange([
      asRow('assets', makeAsset(device)),
      asRow('movements', makeMovement(reader)),
    ]);
    expect(body.answers).toMatchObject([{ outcome: 'refused' }, { outcome: 'refused' }]);
    expect(body.documents).toHaveLength(1);
  });

  it('A7: an RSSI changes an asset, but creates none and changes no status', async () => {
    const asset = makeAsset(device);
    await pushOne('assets', asset);
    const rssi = await endpoint.enrol(device.ministry.acronym, 'rssi');
    const { body } = await rssi.exchange([
      asRow('assets', makeAsset(device)),
      asRow('assets', { ...asset, status: 'lost' }, asset),
      asRow('assets', { ...asset, brand: 'HP' }, asset),
    ]);
    expect(body.answers).toMatchObject([
      { outcome: 'refused' },
      { outcome: 'refused', field: '/newDocumentState/status' },
      { outcome: 'accepted' },
    ]);
  });

  it.each(['technicien', 'gestionnaire', 'rssi', 'comptable', 'dsi', 'administrateur'] as const)(
    'A7: the lists of the ministry are changed by DSI and administrator only: %s',
    async (role) => {
      const writer = await endpoint.enrol(device.ministry.acronym, role);
      const { id, ministryId } = makeAsset(writer);
      const reference = { id, ministryId, kind: 'brand', code: 'X', label: 'X', active: true, _deleted: false };
      const structure = { id, ministryId, kind: 'ministry', name: 'Direction', _deleted: false };
      const site = { id, ministryId, kind: 'commune', name: 'Cotonou', _deleted: false };
      const { body } = await writer.exchange([
        asRow('references', reference),
        asRow('structures', structure),
        asRow('sites', site),
        asRow('movements', makeMovement(writer)),
      ]);
      const outcome = role === 'dsi' || role === 'administrateur' ? 'accepted' : 'refused';
      expect(body.answers.map((answer) => answer.outcome)).toEqual([outcome, outcome, outcome, 'accepted']);
    },
  );

  it('J2 S6: an entry in the name of another person, or of a role not held, is refused', async () => {
    const { person } = device;
    const author = { personId: person.id, name: person.name, role: person.role };
    const { body } = await device.exchange([
      asRow('movements', makeMovement(device, { author: { ...author, personId: randomUUID() } })),
      asRow('movements', makeMovement(device, { author: { ...author, role: 'administrateur' } })),
    ]);
    expect(body.answers).toMatchObject([
      { outcome: 'refused', field: '/newDocumentState/author/personId' },
      { outcome: 'refused', field: '/newDocumentState/author/role' },
    ]);
  });

  it.each([
    ['A5', 'no serial and no reason', { serialNumber: undefined }, 'serialNumber'],
    ['A5', 'an agent without a name', { holderKind: 'agent' }, 'holderName'],
    ['A5', 'a day that is not in the calendar', { acquisitionDate: '2026-02-31' }, 'acquisitionDate'],
    ['A6', 'a placeholder for a serial', { serialNumber: 'To be filled by O.E.M.' }, 'serialNumber'],
  ])('%s: a new asset with %s is refused with the field', async (_rule, _name, changes, field) => {
    const answer = await pushOne('assets', makeAsset(device, changes));
    expect(answer).toMatchObject({ outcome: 'refused', field: `/newDocumentState/${field}` });
  });

  it('A4: an asset that changed its status several times before its first push is new and accepted', async () => {
    expect(await pushOne('assets', makeAsset(device, { status: 'disposed' }))).toMatchObject({ outcome: 'accepted' });
  });

  it('A2: a reference that another asset of the ministry has is refused, also within one request', async () => {
    const [first, second] = [makeAsset(device), makeAsset(device)];
    const taken = { outcome: 'refused', field: '/newDocumentState/reference' };
    const { body } = await device.exchange([
      asRow('assets', first),
      asRow('assets', makeAsset(device, { reference: first.reference })),
      asRow('assets', second),
    ]);
    expect(body.answers).toMatchObject([{ outcome: 'accepted' }, taken, { outcome: 'accepted' }]);
    expect(await pushOne('assets', makeAsset(device, { reference: first.reference }))).toMatchObject(taken);
    expect(await pushOne('assets', { ...second, reference: first.reference }, second)).toMatchObject(taken);
    expect(await pushOne('assets', { ...first, brand: 'HP' }, first)).toMatchObject({ outcome: 'accepted' });
    const other = await endpoint.enrol((await endpoint.addMinistry()).acronym);
    const same = await other.exchange([asRow('assets', makeAsset(other, { reference: first.reference }))]);
    expect(same.body.answers).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('A2: of many devices that push one reference at once, one is accepted', async () => {
    const devices = await Promise.all(Array.from({ length: 5 }, () => endpoint.enrol(device.ministry.acronym)));
    const { reference } = makeAsset(device);
    const answers = await Promise.all(
      devices.map((sender) => sender.exchange([asRow('assets', makeAsset(sender, { reference }))])),
    );
    const outcomes = answers.flatMap(({ body }) => body.answers.map(({ outcome }) => outcome)).sort();
    expect(outcomes).toEqual(['accepted', ...Array(4).fill('refused')]);
  });

  it.each([
    ['a missing field', { designation: undefined }, '/newDocumentState/designation'],
    ['an unknown field', { surprise: 1 }, '/newDocumentState/surprise'],
    ['a word that is not in the list', { status: 'eaten' }, '/newDocumentState/status'],
    ['a nested value of the wrong type', { attributes: { ram: [1] } }, '/newDocumentState/attributes/ram'],
    ['an id that is no UUID', { id: "'; drop table documents; --" }, '/newDocumentState/id'],
    ['text with a NUL', { designation: 'a\u0000b' }, '/newDocumentState/designation'],
    ['half of a surrogate pair', { designation: 'a\ud800b' }, '/newDocumentState/designation'],
    ['a NUL in the name of an attribute', { attributes: { 'a\u0000': 1 } }, '/newDocumentState/attributes'],
  ])('S4: %s is refused with its field', async (_name, changes, field) => {
    const answer = await pushOne('assets', makeAsset(device, changes));
    expect(answer).toMatchObject({ outcome: 'refused', field });
    expect(await stored()).toEqual([]);
  });

  it('a value nested a hundred thousand times is refused and ends nothing', async () => {
    const depth = 100_000;
    const text = JSON.stringify(makeAsset(device, { attributes: { deep: 'HERE' } }));
    const nested = text.replace('"HERE"', `${'['.repeat(depth)}${']'.repeat(depth)}`);
    const body = `{"protocol":1,"checkpoint":{"seq":0},"limit":1,"push":[{"collection":"assets","row":{"newDocumentState":${nested}}}]}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await device.request<{ answers: RowAnswer[] }>('/v1/exchange', { method: 'POST', headers, body });
    expect(answer.body.answers).toMatchObject([{ outcome: 'refused', reason: 'value is nested too deeply' }]);
  });
});
