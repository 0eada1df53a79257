import type { AssetFilter } from '#shared/protocol/asset-list.ts';
import { keystrokes, type RunPlan, type Stretch } from './questions.ts';

/** What a list was asked and answered, the same for everyone who is measured. */
export type ListContestant = {
  /** Before a run: nothing of what was answered before is remembered. */
  refresh(): Promise<void>;
  /** The documents of a stretch; how many. */
  list(stretch: Stretch): Promise<number>;
  /** The documents of a stretch and how many there are in all. */
  listWithTotal(stretch: Stretch): Promise<{ readonly rows: number; readonly total: number }>;
  count(filter: AssetFilter): Promise<number>;
  /** How many values each of the four filters has, and how many assets they count together. */
  facets(filter: AssetFilter): Promise<readonly number[]>;
  /** The documents of the first page that match. */
  search(text: string): Promise<number>;
  /** Edits an asset and waits until the list that is shown has it first. */
  edit(id: string, text: string): Promise<void>;
};

export const REGISTER_PARTS = ['list', 'page', 'count', 'facets', 'search', 'live'] as const;
export type RegisterPart = (typeof REGISTER_PARTS)[number];

/** What slow contestants are spared. */
export type Sparing = {
  /** Only whole texts, so many of a run. */
  readonly wholeSearches?: number;
};

/** Milliseconds of every single question, and answers by which contestants are compared. */
export type RunTimes = {
  readonly times: Readonly<Record<string, readonly number[]>>;
  readonly answers: Readonly<Record<string, readonly number[]>>;
};

/** Asks everything of one run, one question after another. */
export async function measureRun(
  contestant: ListContestant,
  plan: RunPlan,
  parts: readonly RegisterPart[],
  { wholeSearches }: Sparing = {},
): Promise<RunTimes> {
  const times: Record<string, number[]> = {};
  const answers: Record<string, number[]> = {};
  const ask = async <Input>(
    row: string,
    inputs: readonly Input[],
    question: (input: Input) => Promise<readonly number[]>,
  ): Promise<void> => {
    const [taken, answered]: [number[], number[]] = [[], []];
    for (const input of inputs) {
      const begun = performance.now();
      const answer = await question(input);
      taken.push(performance.now() - begun);
      answered.push(...answer);
    }
    times[row] = taken;
    answers[row] = answered;
  };
  const acts: Readonly<Record<RegisterPart, () => Promise<void>>> = {
    list: async () => {
      await ask('list', plan.lists, async (stretch) => [await contestant.list(stretch)]);
      await contestant.refresh();
      await ask('list and total', plan.lists, async (stretch) => {
        const { rows, total } = await contestant.listWithTotal(stretch);
        return [rows, total];
      });
    },
    page: () => ask('page', plan.pages, async (stretch) => [await contestant.list(stretch)]),
    count: () => ask('count', plan.counts, async (filter) => [await contestant.count(filter)]),
    facets: () => ask('facets', plan.facets, (filter) => contestant.facets(filter)),
    search: () => {
      const texts =
        wholeSearches === undefined ? plan.searches.flatMap(keystrokes) : plan.searches.slice(0, wholeSearches);
      return ask('search', texts, async (text) => [await contestant.search(text)]);
    },
    live: async () => {
      let edits = 0;
      await ask('live', plan.edits, async (id) => {
        edits += 1;
        // A text that no one has written before: a change that changes nothing would tell nobody.
        await contestant.edit(id, `Vu ${Date.now()}, ${edits}`);
        return [];
      });
    },
  };
  for (const part of parts) {
    await contestant.refresh();
    await acts[part]();
  }
  return { times, answers };
}
