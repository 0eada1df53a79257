import { expect, test } from '@playwright/test';
import { assetDraft } from '../support/asset-draft.ts';
import { DesktopApp, makeProfile } from '../support/desktop-app.ts';
import { asRow, makeAsset } from '../support/endpoint-documents.ts';
import { startEndpointProcess } from '../support/endpoint-process.ts';
import { type EndpointReader, type ReadRow, readerOf } from '../support/endpoint-reader.ts';
import { canLayLines, type LossyNetwork, makeLossyNetwork } from '../support/lossy-line.ts';
import { PagePort } from '../support/page-port.ts';

/** A satellite in the rain: 800 ms there and back. */
const LINE = { bitsPerSecond: 64_000, delay: 400, loss: 0.1, seed: 20_261_124 } as const;
const EDITS = 30;
/** What the ministry has before the desktop comes. */
const ASSETS = 150;
/** Packets into the void, each sent later than the one before: the line is dead for some seconds. */
const SWALLOWED = 6;
const PATIENCE = { timeout: 120_000 } as const;

async function arriveOverLossyLine(): Promise<void> {
  test.setTimeout(300_000);
  const network = makeLossyNetwork(LINE);
  // The last first: whatever goes wrong, and wherever, nothing of this stays on the machine.
  const ends: (() => unknown)[] = [() => network.close()];
  try {
    const endpoint = await startEndpointProcess({ demonstration: 'empty', place: network.place });
    ends.unshift(() => endpoint.stop());
    const reader = await readerOf(endpoint);
    await reader.device.exchange(Array.from({ length: ASSETS }, () => asRow('assets', makeAsset(reader.device))));
    const code = await endpoint.enrolmentCode();
    const profile = makeProfile('satellite', { enrolment: { server: network.address, code } });
    ends.unshift(() => profile.remove());
    const desktop = await DesktopApp.launch(profile);
    ends.unshift(() => desktop.close());
    await arrive(desktop, network, reader);
  } finally {
    for (const end of ends) await end();
  }
}

async function arrive(desktop: DesktopApp, network: LossyNetwork, reader: EndpointReader): Promise<void> {
  const seat = await begin(desktop, network);
  await seat.edit(0, 10);
  await seat.allReceived();
  await seat.tell('ten edits are received');

  await network.setDead(true);
  await seat.edit(10, 20);
  const news = makeAsset(reader.device, { serialNumber: 'NOUVELLE-77' });
  await reader.device.exchange([asRow('assets', news)]);
  await expect.poll(async () => (await network.facts()).up.swallowed, PATIENCE).toBeGreaterThanOrEqual(SWALLOWED);
  expect(await seat.waiting()).toBeGreaterThan(0);
  await seat.tell('the line was dead for a while');
  await network.setDead(false);

  await seat.edit(20, EDITS);
  await seat.allReceived();
  await expect.poll(() => seat.find('NOUVELLE-77'), PATIENCE).toEqual([news.id]);
  await seat.tell('all is received, and the news are here');

  assertOnce(await reader.rows(0), seat);
  expect(await seat.count()).toBe(ASSETS + 2);
  await desktop.goTo('Synchronisation');
  await expect(desktop.page.getByText('Tout ce qui est sur ce poste a été reçu par l’ASIN.')).toBeVisible(PATIENCE);
  const { up, down } = await network.facts();
  // A line that loses nothing proves nothing.
  expect(Math.min(up.lost, down.lost)).toBeGreaterThan(0);
}

type Seat = Awaited<ReturnType<typeof begin>>;

/** Enrolled, with the ministry's register, and one asset of its own to edit. */
async function begin(desktop: DesktopApp, network: LossyNetwork) {
  const begun = performance.now();
  const tell = async (description: string) => {
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    const figures = JSON.stringify({ seconds, ...(await network.facts()) });
    test.info().annotations.push({ type: 'lossy line', description: `${description}: ${figures}` });
  };
  await desktop.createRegister();
  await expect(desktop.page.getByRole('banner')).toContainText('À jour', PATIENCE);
  const port = await PagePort.open(desktop.page);
  const look = (text?: string) =>
    port.question('findAssets', { filter: text === undefined ? {} : { text }, offset: 0, limit: 9 });
  expect((await look()).total).toBe(ASSETS);
  await tell('enrolled and loaded');
  const { id } = await port.command('createAsset', { draft: assetDraft(), status: 'in-stock' });
  const waiting = async () => (await port.question('getSyncState', {})).waiting;
  return {
    id,
    tell,
    waiting,
    notes: Array.from({ length: EDITS }, (_, index) => `note ${1_000_000 + index}`),
    async edit(from: number, to: number) {
      for (const notes of this.notes.slice(from, to)) await port.command('updateAsset', { id, changes: { notes } });
    },
    async allReceived() {
      await expect.poll(waiting, PATIENCE).toBe(0);
      expect(await port.question('getAssetSync', { id })).toMatchObject({ state: 'received' });
    },
    find: async (text: string) => (await look(text)).ids,
    count: async () => (await look()).total,
  };
}

/** The asset as it was edited last, and each of its entries once and in order. */
function assertOnce(rows: readonly ReadRow[], { id, notes }: Seat): void {
  const assets = rows.filter(({ document }) => document.id === id);
  expect(assets.map(({ document }) => document.notes)).toEqual([notes.at(-1)]);
  const entries = rows.filter(({ document }) => document.assetId === id).map(({ document }) => document);
  expect(entries.map(({ deviceSequence }) => deviceSequence)).toEqual(
    Array.from({ length: EDITS + 1 }, (_, index) => index + 1),
  );
  for (const [index, text] of notes.entries()) expect(JSON.stringify(entries[index + 1]?.changes)).toContain(text);
}

if (canLayLines()) {
  test(
    'S3, S7, S15: over 64 kbit/s, 800 ms and 10 % loss, dead for a while in between: all arrives, once',
    arriveOverLossyLine,
  );
}
