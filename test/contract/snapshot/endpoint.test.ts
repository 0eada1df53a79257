import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_ROWS, type WireDocument } from '#shared/protocol/replication.ts';
import { SNAPSHOT_PATHS, type SnapshotHead, type SnapshotOpening, snapshotText } from '#shared/protocol/snapshot.ts';
import { fromChunkText } from '#shared/snapshot/chunk.ts';
import { isSignedBy, loadEndpointKeys } from '../../../server/auth/endpoint-keys.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { beginSnapshot } from '../../../server/store/snapshots.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';

type Loaded = { readonly head: SnapshotHead; readonly rows: Map<string, { seq: number; document: WireDocument }> };

describe.each(DATABASES)('snapshots on $name', (database) => {
  let endpoint: TestEndpoint;
  let device: TestDevice;
  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
    device = await endpoint.enrol();
    await fill(device, 2 * MAX_ROWS + 300);
  });
  afterAll(() => endpoint.stop());

  const get = (from: TestDevice, path: string, headers: Record<string, string> = {}) =>
    fetch(`${endpoint.address}${path}`, { headers: { authorization: `Bearer ${from.token}`, ...headers } });
  const load = async (from = device) => {
    const response = await get(from, SNAPSHOT_PATHS.latest);
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  test('S20: holds every row of the ministry with its sequence, signed by the endpoint', async () => {
    const file = await load();
    const { head, rows } = read(file);
    const there = await endpoint.documents();
    expect(rows.size).toBe(there.length);
    for (const { id, seq, body } of there) {
      expect(rows.get(id)).toEqual({ seq, document: { ...body, _deleted: false } });
    }
    expect(head).toMatchObject({ ministryId: endpoint.ministry.id, seq: there.at(-1)?.seq });
    const { publicKeys } = await loadEndpointKeys(endpoint.store.database);
    const opening = openingOf(file);
    expect(isSignedBy(publicKeys.signing, snapshotText(opening.head), opening.signature)).toBe(true);
    expect(isSignedBy(publicKeys.signing, snapshotText(`${opening.head} `), opening.signature)).toBe(false);
  });

  test('S20: the same file from any byte on, whoever asks', async () => {
    const file = await load();
    const { id } = read(file).head;
    for (const from of [1, openingLength(file) - 1, openingLength(file), openingLength(file) + 70, file.length - 1]) {
      const response = await get(device, SNAPSHOT_PATHS.byId.replace(':id', id), { range: `bytes=${from}-` });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(`bytes ${from}-${file.length - 1}/${file.length}`);
      expect(Buffer.from(await response.arrayBuffer()).equals(file.subarray(from))).toBe(true);
    }
    const beyond = await get(device, SNAPSHOT_PATHS.byId.replace(':id', id), { range: `bytes=${file.length}-` });
    expect(beyond.status).toBe(416);
  });

  test('S20: it is made once while little comes after it, however many ask at once', async () => {
    const files = await Promise.all(Array.from({ length: 5 }, () => load()));
    expect(new Set(files.map((file) => read(file).head.id)).size).toBe(1);
    await fill(device, 3);
    expect(read(await load()).head.id).toBe(read(files[0] ?? Buffer.alloc(0)).head.id);
  });

  test('S6: another ministry gets its own or none, and not this one by its name', async () => {
    const other = await endpoint.addMinistry();
    const stranger = await endpoint.enrol(other.id);
    expect((await get(stranger, SNAPSHOT_PATHS.latest)).status).toBe(404);
    const { id } = read(await load()).head;
    expect((await get(stranger, SNAPSHOT_PATHS.byId.replace(':id', id))).status).toBe(404);
    expect((await fetch(`${endpoint.address}${SNAPSHOT_PATHS.latest}`)).status).toBe(401);
  });

  test('S2: rows written while it is made are in it or come after it: none is missed', async () => {
    const other = await endpoint.addMinistry();
    const writer = await endpoint.enrol(other.id);
    const made = await fill(writer, MAX_ROWS + 200);
    let isMade = false;
    const snapshot = load(writer).finally(() => {
      isMade = true;
    });
    for (let round = 0; !isMade || round < 3; round += 1) {
      const old = made[(round * 37) % made.length];
      if (old) await change(writer, old, `room ${round}`);
      await fill(writer, 20);
    }
    const { head, rows } = read(await snapshot);
    for (const { seq, document } of rows.values()) {
      expect(seq).toBeLessThanOrEqual(head.seq);
      expect(document.ministryId).toBe(other.id);
    }
    const known = new Map([...rows].map(([id, { document }]) => [id, document]));
    for (const { id, body } of await endpoint.store.pull(other.id, { seq: head.seq, limit: 1_000_000 })) {
      known.set(id, { ...body, id, _deleted: false });
    }
    const there = await endpoint.documents(other.id);
    expect(known.size).toBe(there.length);
    for (const { id, body } of there) expect(known.get(id)).toEqual({ ...body, _deleted: false });
  });

  test('S20: one that its maker left half made is made anew by another', async () => {
    const other = await endpoint.addMinistry();
    const writer = await endpoint.enrol(other.id);
    await fill(writer, MAX_ROWS + 1);
    const begun = { ministryId: other.id, id: '0198a000-0000-7000-8000-00000000dead', seq: 1 };
    const run = <T>(work: Parameters<typeof asMinistry<T>>[2]) => asMinistry(endpoint.store.database, other.id, work);
    expect(await run((connection) => beginSnapshot(connection, begun))).toBe(true);
    expect(await run((connection) => beginSnapshot(connection, { ...begun, id: endpoint.ministry.id }))).toBe(false);
    await run((connection) =>
      connection.query("update snapshots set touched_at = now() - interval '2 minutes' where ministry_id = $1", [
        other.id,
      ]),
    );
    expect(read(await load(writer)).rows.size).toBe(MAX_ROWS + 1);
  }, 30_000);
});

async function fill(device: TestDevice, count: number): Promise<WireDocument[]> {
  const documents = Array.from({ length: count }, () => makeAsset(device));
  for (let start = 0; start < count; start += 500) {
    const rows = documents.slice(start, start + 500).map((document) => asRow('assets', document));
    expect((await device.exchange(rows, { limit: 1 })).status).toBe(200);
  }
  return documents;
}

async function change(device: TestDevice, document: WireDocument, room: string): Promise<void> {
  const { body } = await device.exchange([asRow('assets', { ...document, room }, document)], { limit: 1 });
  expect(body.answers[0]?.outcome).toMatch(/accepted|conflict/);
}

function openingLength(file: Buffer): number {
  return file.indexOf(10) + 1;
}

function openingOf(file: Buffer): SnapshotOpening {
  return JSON.parse(file.subarray(0, openingLength(file)).toString());
}

function read(file: Buffer): Loaded {
  const head: SnapshotHead = JSON.parse(openingOf(file).head);
  const rows: Loaded['rows'] = new Map();
  let start = openingLength(file);
  for (const chunk of head.chunks) {
    const data = file.subarray(start, start + chunk.bytes);
    start += chunk.bytes;
    expect(createHash('sha256').update(data).digest('base64url')).toBe(chunk.sha256);
    for (const row of fromChunkText(brotliDecompressSync(data).toString(), chunk.rows)) rows.set(row.document.id, row);
  }
  expect(start).toBe(file.length);
  return { head, rows };
}
