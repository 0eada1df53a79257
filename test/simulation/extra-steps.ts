import { randomOf } from '../support/random.ts';
import type { Freight } from './line.ts';
import { FILE_STATES } from './snapshots.ts';
import type { Plan, Step } from './steps.ts';

/** Of all histories: how many have files, a first load by a snapshot, an endpoint that comes back from a backup. */
const WITH_FILES = 0.3;
const WITH_SNAPSHOTS = 0.3;
const WITH_RESTORE = 0.2;

const SALT = 0x0f11e5;
const RAW = 1_000_000;

type Random = {
  next(): number;
  below(limit: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
};

/**
 * The steps of rarer things, put between those of a history. They come from numbers of their own: a history without them is
 * the one that its seed was before there were any.
 * @param count how many of its last steps they may stand between
 */
export function withExtras(plan: Plan, count: number): Plan {
  const random = randomFrom(plan.seed);
  const hasFiles = random.next() < WITH_FILES;
  const hasSnapshots = random.next() < WITH_SNAPSHOTS;
  const hasRestore = random.next() < WITH_RESTORE;
  const groups = [
    ...(hasFiles ? [fileSteps(plan, random)] : []),
    ...(hasSnapshots ? [loadSteps(plan, random)] : []),
    ...(hasRestore ? [restoreSteps(random)] : []),
  ];
  const carries: readonly Freight[] = [
    ...(hasFiles ? (['files'] as const) : []),
    ...(hasSnapshots ? (['snapshots'] as const) : []),
  ];
  const steps = groups.reduce(
    (all, group) => scatter(all, group, { from: plan.steps.length - count, random }),
    plan.steps,
  );
  return { ...plan, ...(carries.length > 0 && { carries }), steps };
}

function randomFrom(seed: number): Random {
  const next = randomOf(seed ^ SALT);
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, pick: (items) => items[below(items.length)] ?? items[0] };
}

/** A file is attached, carried by whatever the network does, opened elsewhere, taken off, forgotten by the endpoint. */
function fileSteps({ ministries }: Plan, random: Random): readonly Step[] {
  const desktop = () => random.below(ministries.length);
  const place = () => random.below(RAW);
  const line = (): Step[] => [
    { kind: 'wait', seconds: 1 },
    { kind: 'request', desktop: desktop(), fate: random.pick(['whole', 'whole', 'lost', 'twice', 'late']) },
    { kind: 'answer', desktop: desktop(), fate: random.pick(['whole', 'whole', 'cut', 'garbled', 'lost']) },
  ];
  const attach = (): Step[] => {
    const at = desktop();
    return [
      { kind: 'attach-file', desktop: at, place: place() },
      { kind: 'flow', desktop: at },
      { kind: 'wait', seconds: 1 },
      { kind: 'request', desktop: at, fate: random.pick(['whole', 'whole', 'lost', 'twice', 'late']) },
      { kind: 'answer', desktop: at, fate: random.pick(['whole', 'whole', 'cut', 'garbled']) },
      { kind: 'request', desktop: at, fate: random.pick(['whole', 'lost', 'lost']) },
      { kind: 'flow', desktop: at },
    ];
  };
  const steps = Array.from({ length: 1 + random.below(3) }, attach).flat();
  const others = [
    (): Step[] => [{ kind: 'turn-file', desktop: desktop(), place: place() }],
    (): Step[] => [{ kind: 'fetch-file', desktop: desktop(), place: place() }, ...line()],
    (): Step[] => [{ kind: 'forget-file', desktop: desktop(), place: place() }],
    (): Step[] => [{ kind: 'clock', desktop: desktop(), days: random.pick([-4000, -1]) }],
    line,
  ] as const;
  return [...steps, ...Array.from({ length: 2 + random.below(3) }, () => random.pick(others)()).flat()];
}

/** A new desktop, or one that was installed anew, loads the register while the others write. */
function loadSteps({ ministries }: Plan, random: Random): readonly Step[] {
  const joins = random.below(2) === 0;
  const desktop = joins ? ministries.length : random.below(ministries.length);
  const request = (): Step => ({
    kind: 'request',
    desktop,
    fate: random.pick(['whole', 'whole', 'whole', 'lost', 'twice']),
  });
  const answer = (): Step => ({
    kind: 'answer',
    desktop,
    fate: random.pick(['whole', 'cut', 'cut', 'garbled', 'lost']),
  });
  const between = [
    (): Step[] => [{ kind: 'restart', desktop }],
    (): Step[] => [{ kind: 'snapshot-gone', desktop }],
    (): Step[] => [{ kind: 'act', desktop, act: 'edit', a: random.below(RAW), b: random.below(RAW) }],
    (): Step[] => [{ kind: 'wait', seconds: 5 }],
    (): Step[] => [
      { kind: 'snapshot-file', desktop, state: random.pick(['whole', ...FILE_STATES]), place: random.below(RAW) },
    ],
  ] as const;
  const tries = Array.from({ length: 2 + random.below(3) }, () => [
    { kind: 'sync', desktop } as const,
    request(),
    answer(),
    ...random.pick(between)(),
  ]).flat();
  return [
    joins ? { kind: 'join', ministry: random.pick([0, ...ministries]) } : { kind: 'reinstall', desktop },
    // Its enrolment.
    { kind: 'request', desktop, fate: 'whole' },
    { kind: 'answer', desktop, fate: 'whole' },
    ...tries,
    { kind: 'flow', desktop },
  ];
}

function restoreSteps(random: Random): readonly Step[] {
  const restore: Step = { kind: 'restore' };
  return [{ kind: 'backup' }, restore, ...(random.below(4) === 0 ? [restore] : [])];
}

/** In their order, at places of the history from one on. */
function scatter(
  steps: readonly Step[],
  extras: readonly Step[],
  { from, random }: { readonly from: number; readonly random: Random },
): readonly Step[] {
  const places = extras.map(() => from + random.below(steps.length - from + 1)).sort((a, b) => a - b);
  const all: Step[] = [];
  let taken = 0;
  for (let at = 0; at <= steps.length; at += 1) {
    while (taken < extras.length && places[taken] === at) {
      const extra = extras[taken];
      if (extra) all.push(extra);
      taken += 1;
    }
    const step = steps[at];
    if (step) all.push(step);
  }
  return all;
}
