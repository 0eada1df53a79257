import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Connection, Database } from '../../../server/store/database.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES, type TestDatabase } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';
import { randomOf } from '../../support/random.ts';

/** Seconds of writing; `LATE_COMMIT_SECONDS=60` for a whole minute. An embedded database has one connection: no two writers meet. */
const SECONDS = (name: TestDatabase['name']) =>
  Number(process.env.LATE_COMMIT_SECONDS ?? (name === 'PostgreSQL' ? 20 : 2));
const WRITERS = 12;
const READERS = 6;
/** Milliseconds that a transaction which wrote waits before it commits, at the most. */
const LATEST = 30;
/** Of the transactions that wrote, those that never commit. */
const ROLLED_BACK = 0.1;

/** A database whose commits come late, each by its own time, and some never. */
function late(inner: Database, random: () => number): Database {
  return {
    ...inner,
    transaction: (work) =>
      inner.transaction(async (connection) => {
        let hasWritten = false;
        const watched: Connection = {
          ...connection,
          query: (text, parameters) => {
            hasWritten ||= text.includes('insert into documents');
            return connection.query(text, parameters);
          },
        };
        const result = await work(watched);
        if (hasWritten) await sleep(random() * LATEST);
        if (hasWritten && random() < ROLLED_BACK) throw new Error('This transaction does not commit');
        return result;
      }),
  };
}

describe.each(DATABASES)('late commits among many over $name', (database) => {
  const seconds = SECONDS(database.name);

  it(`S1 S2: for ${seconds} seconds no reader misses a row, however late it commits`, {
    timeout: (seconds + 60) * 1000,
  }, async () => {
    const random = randomOf(20_261_123);
    const endpoint = await startEndpoint({
      database: { name: database.name, open: async () => late(await database.open(), random) },
    });
    try {
      for (const { written, seen } of await crowd(endpoint, seconds, random)) {
        expect(written.size).toBeGreaterThan(10);
        for (const reader of seen) expect(reader).toEqual(written);
        // Whatever was rolled back left no gap either.
        expect([...written.values()].sort((a, b) => a - b)).toEqual(Array.from(written, (_, place) => place + 1));
      }
    } finally {
      await endpoint.stop();
    }
  });
});

type Seen = ReadonlyMap<string, number>;

/** Writers and readers of two ministries, all at once. */
async function crowd(
  endpoint: TestEndpoint,
  seconds: number,
  random: () => number,
): Promise<readonly { readonly written: Seen; readonly seen: readonly Seen[] }[]> {
  const end = performance.now() + seconds * 1000;
  const ministries = [await endpoint.addMinistry(), await endpoint.addMinistry()];
  return await Promise.all(
    ministries.map(async ({ acronym }) => {
      const devices = await Promise.all(Array.from({ length: (WRITERS + READERS) / 2 }, () => endpoint.enrol(acronym)));
      const written = new Map<string, number>();
      let isWriting = true;
      const readers = devices.slice(WRITERS / 2).map((device) => follow(device, () => isWriting));
      const writers = devices.slice(0, WRITERS / 2);
      await Promise.all(
        writers.map((device) => write(device, { written, random, isOver: () => performance.now() > end })),
      );
      isWriting = false;
      return { written, seen: await Promise.all(readers) };
    }),
  );
}

/** Pushes new rows without a pause; what was not committed is pushed again. */
async function write(
  device: TestDevice,
  { written, random, isOver }: { written: Map<string, number>; random: () => number; isOver: () => boolean },
): Promise<void> {
  while (!isOver()) {
    const assets = Array.from({ length: 1 + Math.floor(random() * 20) }, () => makeAsset(device));
    let answer = await device.exchange(
      assets.map((asset) => asRow('assets', asset)),
      { limit: 1 },
    );
    while (answer.status === 500) {
      answer = await device.exchange(
        assets.map((asset) => asRow('assets', asset)),
        { limit: 1 },
      );
    }
    for (const [place, row] of answer.body.answers.entries()) {
      if (row.outcome !== 'accepted') throw new Error(`A new row was ${row.outcome}`);
      written.set(assets[place]?.id ?? '', row.seq);
    }
  }
}

/** Goes from checkpoint to checkpoint, once more after the last write. */
async function follow(device: TestDevice, isWriting: () => boolean): Promise<Seen> {
  const seen = new Map<string, number>();
  let seq = 0;
  for (let isLast = false; !isLast; ) {
    isLast = !isWriting();
    for (let more = true; more; ) {
      const { body } = await device.exchange([], { seq, limit: 100 });
      for (const { document, seq: given } of body.documents) seen.set(document.id, given);
      seq = body.checkpoint.seq;
      more = body.more;
    }
  }
  return seen;
}
