import { assetFeed } from '../../../renderer/features/asset-list/asset-source.ts';
import { DataChannel } from '../../../renderer/store/data-channel.ts';
import { openDatabase } from '../../../renderer/store/database.ts';
import type { FreezeFacts, Handlers, WindowApi } from '../protocol.ts';
import { keystrokes } from '../register/questions.ts';
import { takePort } from './ports.ts';

type UseCalls = Pick<WindowApi, 'beginUse' | 'endUse' | 'importTable'>;

/** Between two letters of a quick typist, in milliseconds. */
const BETWEEN_LETTERS = 100;
/** Rows on the screen. */
const LAST_ROW = 30;

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
    const file = await inventTable(rows);
    const previewBegan = Date.now();
    const bytes = new Uint8Array(await file.arrayBuffer());
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

/** A window as a person uses it: the product's own list follows every change, and somebody types searches into it. */
async function beginUse(channel: DataChannel, searches: readonly string[]): Promise<Use> {
  const database = await openDatabase(channel);
  const feed = assetFeed(database, channel);
  feed.show(0, LAST_ROW);
  const pulse = feelPulse();
  const searched: { at: number; took: number }[] = [];
  const errors: string[] = [];

  /** Until the rows of this text are those on the screen. */
  const search = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const at = Date.now();
      const begun = performance.now();
      const stop = feed.subscribe(() => check());
      const check = () => {
        if (feed.error === undefined && (feed.isStale || feed.shown?.key !== text)) return;
        stop();
        if (feed.error === undefined) searched.push({ at, took: performance.now() - begun });
        else errors.push(nameError(feed.error));
        resolve();
      };
      feed.ask({ key: text, question: { filter: { text } } });
      check();
    });

  let isTyping = true;
  const typed = (async () => {
    for (let turn = 0; isTyping; turn += 1) {
      for (const text of keystrokes(searches[turn % searches.length] ?? 'a')) {
        if (!isTyping) return;
        await Promise.all([search(text), new Promise((resolve) => setTimeout(resolve, BETWEEN_LETTERS))]);
      }
    }
  })();
  return {
    channel,
    end: async () => {
      isTyping = false;
      await typed;
      feed.pause();
      const felt = pulse.end();
      await database.close();
      channel.close();
      return { ...felt, searched, errors };
    },
  };
}

function nameError(error: unknown): string {
  return error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : String(error);
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

const ROWS_AT_ONCE = 250;

/** A table as an office keeps it, as a file that was chosen. Made in small turns: making it is no part of what is measured. */
async function inventTable(rows: number): Promise<Blob> {
  const models = ['OptiPlex 7090;Dell;PCF', 'Latitude 5420;Dell;PCP', 'ProDesk 400 G7;HP;PCF', 'P2419H;Dell;ECR'];
  const line = (row: number): string => {
    const [model, brand, type] = (models[row % models.length] ?? '').split(';');
    return `${brand} ${model};${brand};${model};IMP${100_000 + row};${type};Bon;Bureau ${row % 400};AGENT ${row % 9000}`;
  };
  const parts = ['Désignation;Marque;Modèle;N° de série;Type;État;Bureau;Détenteur'];
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const length = Math.min(ROWS_AT_ONCE, rows - from);
    parts.push(`\r\n${Array.from({ length }, (_, index) => line(from + index)).join('\r\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return new Blob(parts);
}
