import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Environment } from '../../../electron/data/register.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint, expectGaplessJournal, wireOf } from './facts.ts';

const DECADE = 10 * 365.25 * 24 * 60 * 60 * 1000;
const MINUTE = 60_000;

let endpoint: TestEndpoint;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.stop());

/** A desktop whose clock is so many milliseconds ahead; the ids that it makes tell the same. */
function clockAhead(ahead: number): Environment {
  const now = () => Date.now() + ahead;
  return { now, newId: () => uuidv7({ msecs: now() }) };
}

const update = ({ service }: Desktop, id: string, changes: Record<string, unknown>) =>
  service.commands.updateAsset({ id, changes });

/** Edits of one field and of two, a retirement, conflicts on both sides and their reviews, decided on either desktop. */
async function history(ahead: readonly [number, number]) {
  const ministry = (await endpoint.addMinistry()).id;
  const start = (by: number) => startEnrolled(endpoint, { ministry, environment: clockAhead(by) });
  const [one, two] = [await start(ahead[0]), await start(ahead[1])];
  const names = new Map([one, two].map(({ register }, at) => [register.identity.require().device.id, `desktop ${at}`]));
  const ids = ['first', 'second', 'third'].map((notes) => one.create({ room: 'A1', notes }));
  const [first = '', second = '', third = ''] = ids;
  await one.sync();
  await two.sync();
  await one.goOffline();
  await two.goOffline();
  update(one, first, { room: 'B1' });
  update(two, first, { brand: 'HP' });
  update(two, second, { room: 'C2' });
  update(one, second, { room: 'B2' });
  update(one, third, { room: 'B3' });
  update(two, third, { room: 'C3' });
  // The first to come is the one that stands, whatever its clock says.
  await one.goOnline();
  await two.goOnline();
  await one.sync();
  const reviewOf = ({ service, register }: Desktop, documentId: string) => {
    const review = register.table('reviews').changedSince(Number.POSITIVE_INFINITY).documents;
    const found = review.find((row) => 'documentId' in row && row.documentId === documentId);
    return { ids: [String(found?.id)], service };
  };
  const taken = reviewOf(one, second);
  await taken.service.commands.decideReviews({ ids: taken.ids, answer: 'taken' });
  const kept = reviewOf(two, third);
  await kept.service.commands.decideReviews({ ids: kept.ids, answer: 'kept' });
  await one.sync();
  await two.sync();
  await one.sync();
  const rows = await endpoint.documents(ministry);
  for (const desktop of [one, two]) expectEqualToEndpoint(desktop, rows);
  const movements = wireOf(rows, 'movements');
  expectGaplessJournal(movements, [...names.keys()]);
  return { one, two, ids, names, movements, assets: wireOf(rows, 'assets'), reviews: wireOf(rows, 'reviews') };
}

/** What is said, without the ids that chance gives and the times that a device declares. */
function told({ ids, names, movements, assets, reviews }: Awaited<ReturnType<typeof history>>) {
  const nameOf = (id: unknown) => `asset ${ids.indexOf(String(id))}`;
  const bySource = (a: { source: string }, b: { source: string }) => a.source.localeCompare(b.source);
  return {
    assets: assets
      .map(({ id, room, brand, status, notes }) => ({ source: nameOf(id), room, brand, status, notes }))
      .sort(bySource),
    journal: movements
      .map(({ assetId, kind, changes, deviceId, deviceSequence }) => ({
        source: `${names.get(String(deviceId))} ${deviceSequence}`,
        asset: nameOf(assetId),
        kind,
        // A serial number is another one in each history.
        changes: kind === 'creation' ? [] : changes,
      }))
      .sort(bySource),
    reviews: reviews
      .map(({ documentId, kind, state, fields }) => ({ source: nameOf(documentId), kind, state, fields }))
      .sort(bySource),
  };
}

test('S17: with clocks ten years ahead and ten behind, edits, conflicts and reviews go as with right ones; only declared times differ', async () => {
  const skewed = await history([DECADE, -DECADE]);
  const right = await history([0, 0]);
  expect(told(skewed)).toEqual(told(right));
  expect(told(skewed)).toMatchObject({
    assets: [{ room: 'B1', brand: 'HP' }, { room: 'C2' }, { room: 'B3' }],
    reviews: [{ state: 'resolved' }, { state: 'resolved' }],
  });
  const years = (device: string) =>
    new Set(
      skewed.movements
        .filter(({ deviceId }) => skewed.names.get(String(deviceId)) === device)
        .map(({ declaredAt }) => Math.round((Date.parse(String(declaredAt)) - Date.now()) / (DECADE / 10))),
    );
  expect([years('desktop 0'), years('desktop 1')]).toEqual([new Set([10]), new Set([-10])]);
});

test.each([
  ['ahead', DECADE],
  ['behind', -DECADE],
])('S17: a clock ten years %s is measured and said, and a right one is within a minute', async (_way, ahead) => {
  const desktop = await startEnrolled(endpoint, { environment: clockAhead(ahead) });
  expect(Math.abs(Number(desktop.state.clockSkew) - ahead)).toBeLessThan(MINUTE);
  const right = await startEnrolled(endpoint);
  expect(Math.abs(Number(right.state.clockSkew))).toBeLessThan(MINUTE);
});
