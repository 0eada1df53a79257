import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { SyncState } from '#shared/protocol/data-port.ts';
import type { CountingProxy } from './counting-proxy.ts';
import type { EndpointReader } from './endpoint-reader.ts';

/** A desktop whose line is cut: the data process's service, or the packaged application. */
export type CutDesktop = {
  /** Writes the note of one asset: one row of it and one entry of the journal wait. */
  writeNote(note: string): Promise<unknown>;
  /** A person presses “Synchroniser maintenant”. */
  syncNow(): Promise<SyncState>;
  state(): Promise<SyncState>;
};

export type CutOptions = {
  readonly desktop: CutDesktop;
  /** Its line. */
  readonly proxy: CountingProxy;
  readonly reader: EndpointReader;
  readonly assetId: string;
  /** Bytes from one cut to the next: 1 for every place. */
  readonly stride?: number;
};

export type CutReport = {
  readonly notes: readonly string[];
  /** Exchanges that were cut under way, each at another byte. */
  readonly cut: number;
  /** Those of them whose push the endpoint had taken: only the answer was lost. */
  readonly unanswered: number;
  /** The last byte that was cut. */
  readonly bytes: number;
};

/** Exchanges in a row that were through before the cut: the place lies behind the longest of them. */
const THROUGH = 12;
/** Milliseconds: who hears no stream looks once a minute, who hears one very much later. */
const STREAM_IS_HEARD = 2 * 60_000;
const PATIENCE = 60_000;
const ROWS_OF_AN_EDIT = 2;

/**
 * Edits a note and cuts the exchange that carries it, after its first byte, its second and so on until it is through before the
 * cut; mends the line each time. Then all that was written is at the endpoint, once (SPEC S3, S5, S11).
 * @throws AssertionError
 */
export async function cutEverywhere({ desktop, proxy, reader, assetId, stride = 1 }: CutOptions): Promise<CutReport> {
  await synchronise(desktop, proxy);
  const begun = await reader.lastSequence();
  const notes: string[] = [];
  const report = { cut: 0, unanswered: 0, bytes: 0 };
  for (let [place, through] = [1, 0]; through < THROUGH; place += stride) {
    const note = `note ${1_000_000 + notes.length}`;
    notes.push(note);
    cutAfter(proxy, place);
    await desktop.writeNote(note);
    // The edit itself wakes the exchange; nobody presses anything before it is cut.
    const waiting = await waitingAfterExchange(desktop);
    through = waiting > 0 ? 0 : through + 1;
    if (waiting > 0) {
      const { up, down, cuts } = proxy.traffic;
      // Cut right there. After many cuts a batch is one row (SPEC S14), so the edit takes two exchanges; the second one goes over
      // the kept connection, and what fails on such a one is tried on a new one at once, and cut there again.
      assert.ok(cuts > 0 && up + down >= place && up + down <= (cuts + 1) * place, JSON.stringify(proxy.traffic));
      const rows = await reader.rows(begun + ROWS_OF_AN_EDIT * (notes.length - 1));
      report.cut += 1;
      report.bytes = place;
      if (rows.length > 0) report.unanswered += 1;
    }
    await synchronise(desktop, proxy);
  }
  await assertArrivedOnce(reader, begun, assetId, notes);
  return { notes, ...report };
}

/** Once the exchange under way is through or has failed: how many rows still wait. */
async function waitingAfterExchange(desktop: CutDesktop): Promise<number> {
  let state = await desktop.state();
  await until(async () => {
    state = await desktop.state();
    return state.phase === 'offline' || (state.phase === 'idle' && state.waiting === 0);
  });
  return state.waiting;
}

/** Ends what is open, so that the next exchange begins a connection of its own and the cut falls where it is meant to. */
export function cutAfter(proxy: CountingProxy, bytes: number): void {
  proxy.cut();
  proxy.reset();
  proxy.setLine({ cutEvery: bytes });
}

/** The line is sound again, and what it cut is gone; ends when nothing more is to be expected on it. */
export async function synchronise(desktop: Pick<CutDesktop, 'syncNow' | 'state'>, proxy: CountingProxy): Promise<void> {
  proxy.setLine({});
  proxy.cut();
  await until(async () => {
    const { phase, waiting } = await desktop.syncNow();
    return phase === 'idle' && waiting === 0;
  });
  // The stream opens behind the exchange: its first bytes would take the next cut on them.
  await until(async () => Date.parse((await desktop.state()).nextTry ?? '') > Date.now() + STREAM_IS_HEARD);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const begun = performance.now();
  while (!(await isSo())) {
    assert.ok(performance.now() - begun < PATIENCE, 'The desktop does not come to rest');
    await setTimeout(2);
  }
}

async function assertArrivedOnce(
  reader: EndpointReader,
  begun: number,
  assetId: string,
  notes: readonly string[],
): Promise<void> {
  const rows = await reader.rows(begun);
  const asset = rows.find(({ document }) => document.id === assetId);
  assert.equal(asset?.document.notes, notes.at(-1));
  const entries = rows.filter(({ collection }) => collection === 'movements').map(({ document }) => document);
  const written = entries.map(({ changes }) => JSON.stringify(changes));
  assert.equal(written.length, notes.length);
  for (const [index, note] of notes.entries()) assert.ok(written[index]?.includes(`"${note}"`), note);
  // Two rows for each edit took two sequences: none was written a second time.
  assert.equal(rows.at(-1)?.seq, begun + ROWS_OF_AN_EDIT * notes.length);
}
