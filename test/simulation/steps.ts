import { randomOf } from '../support/random.ts';
import { ACTS } from './acts.ts';
import type { Break } from './endpoint.ts';
import { withExtras } from './extra-steps.ts';
import { ANSWER_FATES, type AnswerFate, FATES, type Fate, type Freight, WEATHERS, type Weather } from './line.ts';
import type { FileState } from './snapshots.ts';

/**
 * One step of a history. Numbers are raw and read against whatever is there when the step runs, so that a history stays one
 * whichever of its steps are left out: that is how a failing one is made short.
 */
export type Step =
  | { readonly kind: 'act'; readonly desktop: number; readonly act: string; readonly a: number; readonly b: number }
  /** Asks for an exchange now. */
  | { readonly kind: 'sync'; readonly desktop: number }
  | { readonly kind: 'request'; readonly desktop: number; readonly fate: Fate }
  | { readonly kind: 'answer'; readonly desktop: number; readonly fate: AnswerFate }
  /** Asks for an exchange now, and everything on this line arrives, and what follows from it. */
  | { readonly kind: 'flow'; readonly desktop: number }
  /** A request that was given up arrives after all. */
  | { readonly kind: 'ghost'; readonly desktop: number; readonly place: number }
  | { readonly kind: 'wake'; readonly desktop: number }
  | { readonly kind: 'weather'; readonly desktop: number; readonly weather: Weather }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** The clock of a desktop is put so many days forward or back. */
  | { readonly kind: 'clock'; readonly desktop: number; readonly days: number }
  | { readonly kind: 'restart'; readonly desktop: number }
  /** The disk is lost; the same person enrols a new installation. */
  | { readonly kind: 'reinstall'; readonly desktop: number }
  | { readonly kind: 'disk'; readonly desktop: number; readonly isFull: boolean }
  | { readonly kind: 'endpoint-restart' }
  | { readonly kind: 'endpoint-break'; readonly how: Break; readonly after: number }
  /** What waits here, and answers for others, are put on a stick. */
  | { readonly kind: 'stick-out'; readonly desktop: number }
  /** Some of the files of the stick are taken in here, whoever they are for; one of them may have been altered. */
  | { readonly kind: 'stick-in'; readonly desktop: number; readonly place: number; readonly isAltered: boolean }
  /** The endpoint's backup is made; its disk is lost and the backup comes back. */
  | { readonly kind: 'backup' }
  | { readonly kind: 'restore' }
  /** A new desktop of a ministry enrols. */
  | { readonly kind: 'join'; readonly ministry: number }
  /** The newest snapshot comes to this desktop as a file. */
  | { readonly kind: 'snapshot-file'; readonly desktop: number; readonly state: FileState; readonly place: number }
  /** A newer snapshot took the place of the one that this desktop's ministry has. */
  | { readonly kind: 'snapshot-gone'; readonly desktop: number }
  /** A person attaches a file, takes one off or puts it back, opens one. */
  | { readonly kind: 'attach-file' | 'turn-file' | 'fetch-file'; readonly desktop: number; readonly place: number }
  /** The endpoint's disk forgets a file of this desktop's ministry. */
  | { readonly kind: 'forget-file'; readonly desktop: number; readonly place: number }
  /** Sends what no honest program sends, with this desktop's own token. */
  | { readonly kind: 'forge'; readonly desktop: number; readonly a: number; readonly b: number };

type Maker = (random: Random) => Step;

class Random {
  readonly #next: () => number;
  readonly desktops: number;

  constructor(next: () => number, desktops: number) {
    this.#next = next;
    this.desktops = desktops;
  }

  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  desktop(): number {
    return this.below(this.desktops);
  }

  /** An item of a table, by its weight. */
  weighted<Item extends { readonly weight: number }>(items: readonly [Item, ...Item[]]): Item {
    let place = this.#next() * items.reduce((sum, { weight }) => sum + weight, 0);
    for (const item of items) {
      place -= item.weight;
      if (place < 0) return item;
    }
    return items[0];
  }
}

const RAW = 1_000_000;

const ACT_TABLE = Object.entries(ACTS).map(([name, { weight }]) => ({ name, weight })) as [
  { name: string; weight: number },
]; // a table with rows

const STEP_TABLE: readonly [{ readonly weight: number; readonly make: Maker }, ...{ weight: number; make: Maker }[]] = [
  {
    weight: 40,
    make: (random) => ({
      kind: 'act',
      desktop: random.desktop(),
      act: random.weighted(ACT_TABLE).name,
      a: random.below(RAW),
      b: random.below(RAW),
    }),
  },
  { weight: 10, make: (random) => ({ kind: 'sync', desktop: random.desktop() }) },
  {
    weight: 14,
    make: (random) => ({
      kind: 'request',
      desktop: random.desktop(),
      fate: random.pick(['whole', 'whole', ...FATES]),
    }),
  },
  {
    weight: 12,
    make: (random) => ({
      kind: 'answer',
      desktop: random.desktop(),
      fate: random.pick(['whole', 'whole', ...ANSWER_FATES]),
    }),
  },
  { weight: 14, make: (random) => ({ kind: 'flow', desktop: random.desktop() }) },
  { weight: 4, make: (random) => ({ kind: 'ghost', desktop: random.desktop(), place: random.below(RAW) }) },
  { weight: 3, make: (random) => ({ kind: 'wake', desktop: random.desktop() }) },
  {
    weight: 4,
    make: (random) => ({ kind: 'weather', desktop: random.desktop(), weather: random.pick(['up', 'up', ...WEATHERS]) }),
  },
  { weight: 6, make: (random) => ({ kind: 'wait', seconds: random.pick([1, 5, 60, 3600, 40_000]) }) },
  {
    weight: 1,
    make: (random) => ({ kind: 'clock', desktop: random.desktop(), days: random.pick([-4000, -1, 1, 4000]) }),
  },
  { weight: 3, make: (random) => ({ kind: 'restart', desktop: random.desktop() }) },
  { weight: 0.6, make: (random) => ({ kind: 'reinstall', desktop: random.desktop() }) },
  { weight: 1.5, make: (random) => ({ kind: 'disk', desktop: random.desktop(), isFull: random.below(2) === 0 }) },
  { weight: 0.5, make: () => ({ kind: 'endpoint-restart' }) },
  {
    weight: 2,
    make: (random) => ({
      kind: 'endpoint-break',
      how: random.pick(['before-commit', 'after-commit']),
      after: random.below(4),
    }),
  },
  { weight: 3, make: (random) => ({ kind: 'stick-out', desktop: random.desktop() }) },
  {
    weight: 4,
    make: (random) => ({
      kind: 'stick-in',
      desktop: random.desktop(),
      place: random.below(RAW),
      isAltered: random.below(8) === 0,
    }),
  },
  { weight: 0.6, make: () => ({ kind: 'backup' }) },
  { weight: 0.4, make: () => ({ kind: 'restore' }) },
  {
    weight: 1,
    make: (random) => ({ kind: 'forge', desktop: random.desktop(), a: random.below(RAW), b: random.below(RAW) }),
  },
];

/** Who takes part, and what happens. */
export type Plan = {
  readonly seed: number;
  /** Desktops by ministry: `[0, 0, 1]` are two of one and one of another. */
  readonly ministries: readonly number[];
  /** What the lines carry beside rows. */
  readonly carries?: readonly Freight[];
  readonly steps: readonly Step[];
};

const CASTS = [
  [0, 0],
  [0, 0],
  [0, 0, 0],
  [0, 0, 1],
  [0, 0, 1, 1],
] as const satisfies readonly (readonly number[])[];

/** The history of a seed: what people and the network do, and in some also files, snapshots, and an endpoint that comes back. */
export function planOf(seed: number): Plan {
  const plan = planOfRows(seed);
  return withExtras(plan, plan.steps.length - beginning(plan.ministries).length);
}

function planOfRows(seed: number): Plan {
  const next = randomOf(seed);
  const ministries = CASTS[Math.floor(next() * CASTS.length)] ?? CASTS[0];
  const random = new Random(next, ministries.length);
  const count = 30 + random.below(51);
  const steps = Array.from({ length: count }, () => random.weighted(STEP_TABLE).make(random));
  return { seed, ministries, steps: [...beginning(ministries), ...steps] };
}

/** Something that everybody knows: two records that desktops then meet on. */
function beginning(ministries: readonly number[]): readonly Step[] {
  const create = { kind: 'act', act: 'create', a: 0, b: 0 } as const;
  const first = ministries.map((ministry, desktop) => ({ desktop, isFirst: ministries.indexOf(ministry) === desktop }));
  return [
    ...first
      .filter(({ isFirst }) => isFirst)
      .flatMap(({ desktop }): Step[] => [
        { ...create, desktop },
        { ...create, desktop },
        { kind: 'flow', desktop },
      ]),
    ...first.filter(({ isFirst }) => !isFirst).map(({ desktop }): Step => ({ kind: 'flow', desktop })),
  ];
}
