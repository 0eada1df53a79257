import { filter, firstValueFrom, last, take } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportProgress } from '#shared/protocol/data-port.ts';
import type { RegisterService } from '../../../electron/data/service.ts';
import { draftOf, IMPORT_DEFAULTS, markOf, tableOf } from '../../support/crash-load.ts';
import { temporaryDirectory } from '../../support/storage.ts';
import { makeEnrolledService } from '../../support/storage-facts.ts';
import { FEW, openWindow, type TestWindow } from '../../support/storage-window.ts';

const ROWS = Number(process.env.IMPORT_ROWS ?? 50_000);
/** Parts of the import between two looks at the register. */
const PAUSE = 10;
/** Commands of the second window while the first imports. */
const CREATED = 40;

/** What one window heard and was answered while the import ran. */
type Life = { readonly progress: number[]; readonly heard: string[]; answers: number; counted: number };

function follow({ channel, database }: TestWindow): Life {
  const life: Life = { progress: [], heard: [], answers: 0, counted: 0 };
  channel.events$.subscribe((event) => {
    if (event.event === 'import') life.progress.push((event.progress satisfies ImportProgress).done);
  });
  database.assets.eventBulks$.subscribe(({ events, context }) => {
    // Not what a window tells itself to make its live queries run again.
    if (context === 'resync') return;
    for (const { documentId } of events) life.heard.push(documentId);
  });
  database.assets.count().$.subscribe((count) => {
    life.counted = count;
  });
  return life;
}

/** As someone who searches, opens what was found and looks at its history, again and again until the import ends. */
async function useWindow({ channel, database }: TestWindow, life: Life, importing: Promise<unknown>): Promise<void> {
  let isDone = false;
  const ended = importing.finally(() => {
    isDone = true;
  });
  for (let round = 0; !isDone; round += 1) {
    const text = round % 2 === 0 ? markOf(1, round * PAUSE) : 'ordinateur';
    const { ids } = await channel.question('findAssets', { filter: { text }, offset: 0, limit: 20, facets: true });
    const found = await database.assets.findByIds([...ids]).exec();
    expect(found.size).toBe(ids.length);
    const [assetId] = ids;
    if (assetId) {
      const history = await database.movements.find({ selector: { assetId }, sort: [{ declaredAt: 'desc' }] }).exec();
      expect(history.map(({ kind }) => kind)).toEqual(['creation']);
    }
    // Only what came before the end of the import proves that it made way.
    if (!isDone) life.answers += 1;
    const parts$ = channel.events$.pipe(filter(({ event }) => event === 'import'));
    await Promise.race([firstValueFrom(parts$.pipe(take(PAUSE), last())), ended]);
  }
}

describe('two windows and an import of 50,000 rows', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let service: RegisterService;
  let windows: TestWindow[];
  beforeEach(async () => {
    directory = temporaryDirectory();
    service = makeEnrolledService(`${directory.path}/profile`);
    windows = [await openWindow(service, FEW), await openWindow(service, FEW)];
  });
  afterEach(async () => {
    for (const window of windows) await window.close();
    await service.close();
    directory.remove();
  });

  it('P1, I1: every request is answered while it runs, and both windows end with the same state', async () => {
    const [first, second] = windows;
    if (!first || !second) throw new Error('no window');
    const lives = windows.map(follow);
    const files = [{ name: 'parc.csv', bytes: tableOf(1, ROWS) }];
    const { previewId, counts } = await first.channel.command('previewImport', { files, defaults: IMPORT_DEFAULTS });
    expect(counts).toEqual({ create: ROWS, existing: 0, invalid: 0 });

    let hasEnded = false;
    const importing = first.channel.command('commitImport', { previewId }).finally(() => {
      hasEnded = true;
    });
    const using = windows.map((window, index) => useWindow(window, lives[index] ?? follow(window), importing));
    const creating = (async () => {
      for (let row = 0; row < CREATED; row += 1) {
        await second.channel.command('createAsset', { draft: draftOf(2, row), status: 'in-stock' });
      }
      return hasEnded;
    })();
    const [{ created }, endedBefore] = await Promise.all([importing, creating, ...using]);

    expect([created, endedBefore]).toEqual([ROWS, false]);
    for (const { answers, progress } of lives) {
      expect(answers).toBeGreaterThan(10);
      expect(progress.at(-1)).toBe(ROWS);
    }
    // Answers and parts of the import take turns.
    const parts = new Set(lives[0]?.progress).size;
    expect(parts).toBeGreaterThan(100);
    expect(lives[1]?.progress).toEqual(lives[0]?.progress);

    const total = ROWS + CREATED;
    await expect
      .poll(() => lives.map(({ heard, counted }) => [heard.length, counted]), { timeout: 60_000 })
      .toEqual([
        [total, total],
        [total, total],
      ]);
    expect(lives[1]?.heard).toEqual(lives[0]?.heard);
    const question = { filter: { text: 'ordinateur' }, offset: 0, limit: 1000, facets: true } as const;
    const answers = await Promise.all(windows.map(({ channel }) => channel.question('findAssets', question)));
    expect(answers[0]?.total).toBe(total);
    expect(answers[1]).toEqual(answers[0]);
    expect(service.register.waiting.count()).toBe(2 * total);
  }, 600_000);
});
