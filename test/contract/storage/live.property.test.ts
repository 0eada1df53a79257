import { setImmediate, setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import type { MangoQuery } from 'rxdb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SITE_KINDS, type Site } from '#shared/schema/site.ts';
import type { RegisterService } from '../../../electron/data/service.ts';
import type { Query } from '../../../electron/data/storage/memory-query.ts';
import { MINISTRY_ID } from '../../support/asset-draft.ts';
import { type Fields, prepare, type TestSchema, temporaryDirectory } from '../../support/storage.ts';
import { makeEnrolledService } from '../../support/storage-facts.ts';
import { FEW, openWindow, type TestWindow } from '../../support/storage-window.ts';

/** `LIVE_RUNS` raises the number of runs; `LIVE_SEED` replays a failure. */
const RUNS = Number(process.env.LIVE_RUNS ?? 25);
const SEED = Number(process.env.LIVE_SEED ?? Date.now() % 2 ** 31);

const NAMES = ['Abomey', 'Allada', 'Bohicon', 'Cotonou', 'Ouidah', 'Parakou', 'Pobè', 'Sèmè-Kpodji'];
const name = fc.constantFrom(...NAMES);
const kind = fc.constantFrom(...SITE_KINDS);

const selector: fc.Arbitrary<Fields> = fc.oneof(
  fc.constant({}),
  kind.map((one) => ({ kind: one })),
  fc.array(kind, { minLength: 1, maxLength: 3 }).map((kinds) => ({ kind: { $in: kinds } })),
  fc.tuple(name, name).map(([low, high]) => ({ name: { $gte: low, $lt: high } })),
  fc.tuple(kind, name).map(([one, low]) => ({ kind: one, name: { $gt: low } })),
  fc.constantFrom({ name: { $regex: 'o' } }, { parentId: { $exists: true } }, { aliases: 'alias' }),
  fc.tuple(kind, name).map(([one, other]) => ({ $or: [{ kind: one }, { name: other }] })),
);

const query: fc.Arbitrary<MangoQuery<Site>> = fc.record(
  {
    selector,
    sort: fc.constantFrom<Fields[]>(
      [{ name: 'asc' }],
      [{ name: 'desc' }, { id: 'desc' }],
      [{ kind: 'asc' }, { name: 'asc' }],
      [{ kind: 'desc' }, { name: 'asc' }, { id: 'asc' }],
      [{ id: 'asc' }],
    ),
    // No `skip`: what RxDB's event reduction makes of one is wrong at times, over its memory storage too; no screen has any.
    limit: fc.integer({ min: 1, max: 6 }),
  },
  { requiredKeys: ['selector'] },
) as fc.Arbitrary<MangoQuery<Site>>; // RxDB types queries by the documents' type

type Write = { readonly number: number; readonly site: Partial<Site>; readonly isGone: boolean };
const write: fc.Arbitrary<Write> = fc.record({
  number: fc.integer({ min: 0, max: 25 }),
  site: fc.record(
    { kind, name, parentId: fc.constant(idOf(99)), aliases: fc.constant(['alias']) },
    { requiredKeys: ['kind', 'name'] },
  ),
  isGone: fc.integer({ min: 0, max: 4 }).map((chance) => chance === 0),
});

/** What happens one after the other; windows are asked nothing in between but what their live queries ask. */
type Step = { readonly writes: readonly Write[]; readonly pause: number };
const step: fc.Arbitrary<Step> = fc.record({
  writes: fc.array(write, { minLength: 1, maxLength: 8 }),
  pause: fc.constantFrom(0, 0, 0, 1, 5, 30, 120),
});

function idOf(number: number): string {
  return `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

describe('live queries', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let service: RegisterService;
  let windows: TestWindow[];
  beforeAll(async () => {
    directory = temporaryDirectory();
    service = makeEnrolledService(`${directory.path}/profile`);
    windows = [await openWindow(service, FEW), await openWindow(service, FEW)];
  });
  afterAll(async () => {
    for (const window of windows) await window.close();
    await service.close();
    directory.remove();
  });

  function put({ number, site, isGone }: Write): void {
    const document = { id: idOf(number), ministryId: MINISTRY_ID, ...site, _deleted: isGone };
    service.register.table('sites').put([document], 'command');
  }

  /** What the store itself answers now. */
  function ask(question: MangoQuery<Site>): readonly unknown[] {
    const table = service.register.table('sites');
    const asked = { ...question, selector: { ...question.selector, _deleted: { $eq: false } } };
    // JSON all the same; the types follow the documents' types.
    const prepared = prepare(table.schema as unknown as TestSchema, structuredClone(asked) as MangoQuery<Fields>);
    return table.query(prepared as unknown as Query).map(({ id }) => id);
  }

  it(`D2: whatever is written in whichever rhythm, both windows end with what the store answers (seed ${SEED})`, async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(query, { minLength: 6, maxLength: 6 }),
        fc.array(step, { minLength: 2, maxLength: 12 }),
        async (queries, steps) => {
          const shown = new Map<string, readonly unknown[]>();
          const counted = new Map<string, number>();
          const subscriptions = windows.flatMap(({ database }, window) =>
            queries.flatMap((question, index) => [
              database.sites.find(structuredClone(question)).$.subscribe((found) =>
                shown.set(
                  `${window} ${index}`,
                  found.map(({ id }) => id),
                ),
              ),
              database.sites
                .count({ selector: structuredClone(question.selector ?? {}) })
                .$.subscribe((count) => counted.set(`${window} ${index}`, count)),
            ]),
          );
          for (const { writes, pause } of steps) {
            for (const one of writes) put(one);
            await (pause === 0 ? setImmediate() : setTimeout(pause));
          }
          await vi.waitFor(
            () => {
              for (const [index, question] of queries.entries()) {
                const everything = { selector: question.selector ?? {} };
                for (const window of windows.keys()) {
                  const key = `${window} ${index}`;
                  expect(shown.get(key), `window ${key}: ${JSON.stringify(question)}`).toEqual(ask(question));
                  expect(counted.get(key), `count ${key}: ${JSON.stringify(everything)}`).toBe(ask(everything).length);
                }
              }
            },
            { timeout: 20_000, interval: 20 },
          );
          compared += queries.length * windows.length;
          for (const subscription of subscriptions) subscription.unsubscribe();
        },
      ),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    console.log(`${compared} live queries followed; seed ${SEED}`);
  }, 600_000);
});
