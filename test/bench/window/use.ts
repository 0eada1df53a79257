import { Subscription, throttleTime } from 'rxjs';
import { DataChannel } from '../../../renderer/store/data-channel.ts';
import { openDatabase } from '../../../renderer/store/database.ts';
import type { FreezeFacts, Handlers, WindowApi } from '../protocol.ts';
import { keystrokes, PAGE } from '../register/questions.ts';
import { takePort } from './ports.ts';

type UseCalls = Pick<WindowApi, 'beginUse' | 'endUse' | 'importTable'>;

/** Between two letters of a quick typist, in milliseconds. */
const BETWEEN_LETTERS = 100;
/** The list is read again at most so often while rows keep changing, in milliseconds. */
const LIST_INTERVAL = 400;

type Use = { readonly channel: DataChannel; end(): Promise<FreezeFacts> };
let current: Use | undefined;

export const useHandlers: Handlers<UseCalls> = {
  beginUse: async ({ nonce, searches }) => {
    current = await beginUse(new DataChannel(await takePort(nonce)), searches);
    return null;
  },
  endUse: async () => {
    const facts = await inUse().end();
    current = undefined;
    return facts;
  },
  importTable: async ({ rows, structureId, siteId }) => {
    const { channel } = inUse();
    const bytes = new TextEncoder().encode(inventTable(rows));
    const previewBegan = Date.now();
    const { previewId } = await channel.command('previewImport', {
      files: [{ name: 'parc.csv', bytes }],
      defaults: {
        structureId,
        siteId,
        status: 'in-service',
        physicalState: 'good',
        holderKind: 'service',
        acquisitionMode: 'existing',
      },
    });
    const commitBegan = Date.now();
    const { created } = await channel.command('commitImport', { previewId });
    return { created, previewBegan, commitBegan, ended: Date.now() };
  },
};

function inUse(): Use {
  if (!current) throw new Error('This window is not in use');
  return current;
}

/** A window as a person uses it: the list is on screen and follows every change, and somebody types searches. */
async function beginUse(channel: DataChannel, searches: readonly string[]): Promise<Use> {
  const database = await openDatabase(channel);
  const pulse = feelPulse();
  const subscription = new Subscription();
  const questions: { at: number; took: number }[] = [];
  const errors: string[] = [];
  let listRefreshes = 0;
  const look = async (text?: string): Promise<void> => {
    const at = Date.now();
    const begun = performance.now();
    try {
      const filter = text === undefined ? {} : { text };
      const { ids } = await channel.question('findAssets', { filter, offset: 0, limit: PAGE, facets: true });
      if (ids.length > 0) await database.assets.findByIds([...ids]).exec();
    } catch (error) {
      errors.push(error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : String(error));
    }
    questions.push({ at, took: performance.now() - begun });
  };
  subscription.add(
    database.assets.eventBulks$
      .pipe(throttleTime(LIST_INTERVAL, undefined, { leading: true, trailing: true }))
      .subscribe(() => {
        listRefreshes += 1;
        void look();
      }),
  );
  let isTyping = true;
  const typed = (async () => {
    for (let turn = 0; isTyping; turn += 1) {
      for (const text of keystrokes(searches[turn % searches.length] ?? 'a')) {
        if (!isTyping) return;
        await Promise.all([look(text), new Promise((resolve) => setTimeout(resolve, BETWEEN_LETTERS))]);
      }
    }
  })();
  return {
    channel,
    end: async () => {
      isTyping = false;
      await typed;
      subscription.unsubscribe();
      const felt = pulse.end();
      await database.close();
      channel.close();
      return { ...felt, questions, errors, listRefreshes };
    },
  };
}

/** Notices every time the page's main thread did not answer: between two timers, between two frames, and by Chromium's own account. */
function feelPulse(): { end(): Pick<FreezeFacts, 'longestTurn' | 'longestFrame' | 'longTasks'> } {
  let isBeating = true;
  const longest = { turn: 0, frame: 0 };
  const beat = (kind: keyof typeof longest, next: (act: () => void) => void): void => {
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      longest[kind] = Math.max(longest[kind], now - last);
      last = now;
      if (isBeating) next(tick);
    };
    next(tick);
  };
  beat('turn', (act) => setTimeout(act, 0));
  beat('frame', (act) => requestAnimationFrame(act));
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ type: 'longtask' });
  return {
    end: () => {
      isBeating = false;
      longTasks.push(...observer.takeRecords().map(({ duration }) => duration));
      observer.disconnect();
      return { longestTurn: longest.turn, longestFrame: longest.frame, longTasks };
    },
  };
}

/** A table as an office keeps it. */
function inventTable(rows: number): string {
  const models = ['OptiPlex 7090;Dell;PCF', 'Latitude 5420;Dell;PCP', 'ProDesk 400 G7;HP;PCF', 'P2419H;Dell;ECR'];
  const lines = Array.from({ length: rows }, (_, row) => {
    const [model, brand, type] = (models[row % models.length] ?? '').split(';');
    return `${brand} ${model};${brand};${model};IMP${100_000 + row};${type};Bon;Bureau ${row % 400};AGENT ${row % 9000}`;
  });
  return ['Désignation;Marque;Modèle;N° de série;Type;État;Bureau;Détenteur', ...lines].join('\r\n');
}
