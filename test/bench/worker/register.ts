import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRxDatabase, type RxCollection, type RxJsonSchema } from 'rxdb';
import { type Asset, assets } from '#shared/schema/asset.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import { Register } from '../../../electron/data/register.ts';
import { REMOTE_CONTEXT } from '../../../electron/data/replication/waiting-rows.ts';
import { RegisterService } from '../../../electron/data/service.ts';
import { openRegister, REGISTER_FILE } from '../../../electron/data/sqlcipher/register-file.ts';
import { getRxStorageSqlcipher } from '../../../electron/data/storage/rx-storage.ts';
import { createFloorContestant } from '../floor/contestant.ts';
import { type FloorRegister, openFloorRegister } from '../floor/register-database.ts';
import { BENCH_KEY, type Loaded, type LoadInput, type MeasureInput } from '../protocol.ts';
import { BENCH_MINISTRY, inventPlaces, inventRegister } from '../register/assets.ts';
import { measureRun, type RunTimes } from '../register/measure.ts';
import { createOurContestant } from '../register/ours.ts';

/** Assets of one transaction: of ours, as replication brings them; of the floor, as one fills a table in bulk. */
const BATCH = { ours: 1000, floor: 10_000 } as const;

const FLOOR_FILE = 'floor.db';

type Progress = (done: number, total: number) => void;

/** Ours, as replication fills it: page after page through the table, index and search with it. */
export async function loadOurs(input: LoadInput, progress: Progress): Promise<Loaded> {
  const { directory } = input;
  let register = new Register(openRegister({ directory, key: BENCH_KEY, create: true }));
  enrol(register);
  register.transaction(() => {
    for (const { collection, document } of inventPlaces()) register.table(collection).put([document], REMOTE_CONTEXT);
  });
  return await load(input, progress, join(directory, REGISTER_FILE), {
    batch: BATCH.ours,
    put: (batch) => register.table('assets').put(batch, REMOTE_CONTEXT),
    close: () => register.close(),
    reopen: () => {
      register = new Register(openRegister({ directory, key: BENCH_KEY, create: false }));
    },
  });
}

export async function loadFloor(input: LoadInput, progress: Progress): Promise<Loaded> {
  const path = join(input.directory, FLOOR_FILE);
  mkdirSync(input.directory);
  let register = openFloorRegister(path, inventPlaces());
  return await load(input, progress, path, {
    batch: BATCH.floor,
    put: (batch) => register.put(batch),
    close: () => {
      register.makeIndexes();
      register.close();
    },
    reopen: () => {
      register = openFloorRegister(path);
      register.dropIndexes();
    },
  });
}

type Target = { readonly batch: number; put(batch: readonly Asset[]): void; close(): void; reopen(): void };

/** What is measured is writing and closing (the log is then in the file); inventing the assets is not. */
async function load(
  { size, snapshots = [] }: LoadInput,
  progress: Progress,
  file: string,
  target: Target,
): Promise<Loaded> {
  let milliseconds = 0;
  const time = (act: () => void): void => {
    const begun = performance.now();
    act();
    milliseconds += performance.now() - begun;
  };
  let [done, batch]: [number, Asset[]] = [0, []];
  for (const asset of inventRegister()) {
    batch.push(asset);
    const snapshot = snapshots.find((wanted) => wanted.size === done + batch.length);
    const isLast = done + batch.length >= size;
    if (batch.length < target.batch && !isLast && !snapshot) continue;
    const full = batch;
    time(() => target.put(full));
    done += batch.length;
    batch = [];
    progress(done, size);
    await nextTurn();
    if (isLast) break;
    if (snapshot) {
      target.close();
      mkdirSync(snapshot.directory, { recursive: true });
      copyFileSync(file, join(snapshot.directory, file.endsWith(FLOOR_FILE) ? FLOOR_FILE : REGISTER_FILE));
      target.reopen();
    }
  }
  time(() => target.close());
  return { milliseconds, bytes: statSync(file).size };
}

/** An identity that may write, of a desktop that reaches no endpoint. */
function enrol(register: Register): void {
  const { id, acronym, name } = BENCH_MINISTRY;
  register.identity.save(
    {
      token: 't'.repeat(43),
      ministry: { id, acronym, name },
      person: { id: '00000000-0000-4000-8000-000000000004', name: 'Afiavi Dossou', role: 'gestionnaire' },
      device: { id: '00000000-0000-4000-8000-000000000005', code: 'K7', name: 'banc' },
    },
    'http://127.0.0.1:9',
  );
}

/** Ours in the process that has the file: the same questions and commands without a port, RxDB on the storage itself. */
export async function measureInProcess(
  { directory, runs, parts }: MeasureInput,
  progress: Progress,
): Promise<RunTimes[]> {
  const register = new Register(openRegister({ directory, key: BENCH_KEY, create: false }));
  const service = new RegisterService(register);
  const storage = getRxStorageSqlcipher({
    store: register.store,
    // The collection is the register's own table; what RxDB notes for itself goes beside it.
    nameTable: (database, collection) => (collection === 'assets' ? collection : `${database}/${collection}`),
  });
  const contestant = await createOurContestant(
    {
      ask: async (input) => service.questions.findAssets(input),
      changeNotes: async (id, notes) => service.commands.updateAsset({ id, changes: { notes } }),
      openDatabase: async () => {
        const database = await createRxDatabase<{ assets: RxCollection<Asset> }>({
          name: 'bench',
          storage,
          multiInstance: false,
          eventReduce: true,
          allowSlowCount: true,
        });
        // RxDB's schema type is mutable and generic over the document; the plain data is the same.
        await database.addCollections({ assets: { schema: toRxSchema(assets) as unknown as RxJsonSchema<Asset> } });
        return database;
      },
    },
    runs[0]?.edits[0] ?? '',
  );
  try {
    return await measureRuns(contestant, { runs, parts }, progress);
  } finally {
    await contestant.close();
    await service.close();
  }
}

export async function measureFloor({ directory, runs, parts }: MeasureInput, progress: Progress): Promise<RunTimes[]> {
  const register = openFloorRegister(join(directory, FLOOR_FILE));
  try {
    return await measureRuns(createFloorContestant(register), { runs, parts }, progress);
  } finally {
    register.close();
  }
}

async function measureRuns(
  contestant: Parameters<typeof measureRun>[0],
  { runs, parts }: Pick<MeasureInput, 'runs' | 'parts'>,
  progress: Progress,
): Promise<RunTimes[]> {
  const measured: RunTimes[] = [];
  for (const plan of runs) {
    measured.push(await measureRun(contestant, plan, parts));
    progress(measured.length, runs.length);
    await nextTurn();
  }
  return measured;
}

/** From nothing open to the first page and the total, by hand. */
export async function startFloor({ directory }: { readonly directory: string }): Promise<number> {
  const register: FloorRegister = openFloorRegister(join(directory, FLOOR_FILE));
  const contestant = createFloorContestant(register);
  const { rows } = await contestant.listWithTotal({
    filter: {},
    sort: { field: 'updatedAt', direction: 'desc' },
    offset: 0,
    limit: 100,
  });
  register.close();
  return rows;
}
