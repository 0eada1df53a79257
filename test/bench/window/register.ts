import { DataChannel } from '../../../renderer/store/data-channel.ts';
import { openDatabase } from '../../../renderer/store/database.ts';
import type { Handlers, WindowApi } from '../protocol.ts';
import { createDexieContestant } from '../register/dexie.ts';
import { type ListContestant, measureRun, type RunTimes } from '../register/measure.ts';
import { createOurContestant } from '../register/ours.ts';
import { PAGE, type Stretch } from '../register/questions.ts';
import { takePort } from './ports.ts';

type RegisterCalls = Pick<
  WindowApi,
  'startList' | 'measureThroughPort' | 'loadDexie' | 'measureDexie' | 'startDexie' | 'removeDexie'
>;

const FIRST_PAGE: Stretch = {
  filter: {},
  sort: { field: 'updatedAt', direction: 'desc' },
  offset: 0,
  limit: PAGE,
};

export const registerHandlers: Handlers<RegisterCalls> = {
  /** What a window does after it got its port: its database, then the list. */
  startList: async ({ nonce }) => {
    const channel = new DataChannel(await takePort(nonce));
    const contestant = await throughPort(channel, '');
    const answer = await contestant.listWithTotal(FIRST_PAGE);
    await contestant.close();
    channel.close();
    return answer;
  },
  measureThroughPort: async ({ nonce, runs, parts }) => {
    const channel = new DataChannel(await takePort(nonce));
    const contestant = await throughPort(channel, runs[0]?.edits[0] ?? '');
    try {
      return await measureRuns(contestant, { runs, parts });
    } finally {
      await contestant.close();
      channel.close();
    }
  },
  loadDexie: async ({ nonce, name }) => {
    const port = await takePort(nonce);
    const contestant = await createDexieContestant(name);
    let milliseconds = 0;
    for (;;) {
      const assets = JSON.parse(await nextBatch(port));
      if (assets.length === 0) break;
      const begun = performance.now();
      await contestant.insert(assets);
      milliseconds += performance.now() - begun;
    }
    await contestant.close();
    return milliseconds;
  },
  measureDexie: async ({ name, runs, parts, sparing }) => {
    const contestant = await createDexieContestant(name);
    try {
      return await measureRuns(contestant, { runs, parts }, sparing);
    } finally {
      await contestant.close();
    }
  },
  startDexie: async ({ name }) => {
    const contestant = await createDexieContestant(name);
    const answer = await contestant.listWithTotal(FIRST_PAGE);
    await contestant.close();
    return answer;
  },
  removeDexie: async ({ name }) => {
    await (await createDexieContestant(name)).remove();
    return null;
  },
};

function throughPort(channel: DataChannel, anyId: string) {
  return createOurContestant(
    {
      ask: (input) => channel.question('findAssets', input),
      changeNotes: (id, notes) => channel.command('updateAsset', { id, changes: { notes } }),
      openDatabase: () => openDatabase(channel),
    },
    anyId,
  );
}

async function measureRuns(
  contestant: ListContestant,
  { runs, parts }: Pick<Parameters<RegisterMeasure>[0], 'runs' | 'parts'>,
  sparing?: Parameters<typeof measureRun>[3],
): Promise<RunTimes[]> {
  const measured: RunTimes[] = [];
  for (const plan of runs) measured.push(await measureRun(contestant, plan, parts, sparing));
  return measured;
}
type RegisterMeasure = Handlers<WindowApi>['measureThroughPort'];

function nextBatch(port: Awaited<ReturnType<typeof takePort>>): Promise<string> {
  return new Promise((resolve) => {
    const receive = ({ data }: { readonly data: unknown }) => {
      port.removeEventListener('message', receive);
      resolve(String(data));
    };
    port.addEventListener('message', receive);
    port.start?.();
    port.postMessage('next');
  });
}
