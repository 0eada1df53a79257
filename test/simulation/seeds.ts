import { Profiles } from './desktop.ts';
import { SimulatedEndpoint } from './endpoint.ts';
import { type HistoryOptions, type Outcome, play } from './history.ts';
import type { Violation } from './oracle.ts';
import type { Place } from './seat.ts';
import { shrink, toReproducer } from './shrink.ts';
import { type Plan, planOf } from './steps.ts';

/** Where many histories are played one after the other. */
export type Stage = Place & { close(): Promise<void> };

export async function openStage(): Promise<Stage> {
  const endpoint = await SimulatedEndpoint.open();
  const profiles = new Profiles();
  return {
    endpoint,
    profiles,
    async close() {
      profiles.close();
      await endpoint.close();
    },
  };
}

/** What all histories of a run met, summed. */
export type Meetings = { histories: number; commands: number; merges: number; reviews: number };

export type Failure = {
  readonly seed: number;
  readonly violation: Violation;
  /** The shortest history that was found to break the same rule, as text for `known-seeds.test.ts`. */
  readonly reproducer: string;
  readonly trace: readonly string[];
};

export type SeedsOptions = {
  readonly from: number;
  readonly count: number;
  readonly onHistory?: (outcome: Outcome) => void;
  readonly isCancelled?: () => boolean;
  /** Seeds whose fault is known and not mended yet, with the rule that they break: any other rule is a failure. */
  readonly open?: ReadonlyMap<number, string>;
};

/** Plays the histories of consecutive seeds up to the first violation, which is made short. */
export async function playSeeds(
  stage: Stage,
  { from, count, onHistory, isCancelled = () => false, open = new Map() }: SeedsOptions,
): Promise<{ readonly met: Meetings; readonly failure?: Failure }> {
  const met: Meetings = { histories: 0, commands: 0, merges: 0, reviews: 0 };
  for (let seed = from; seed < from + count && !isCancelled(); seed += 1) {
    const outcome = await play(stage, planOf(seed));
    const { violation, facts } = outcome;
    if (violation && violation.rule === open.get(seed)) continue;
    if (violation) return { met, failure: await explain(stage, planOf(seed), violation) };
    met.histories += 1;
    met.commands += facts.commands;
    met.merges += facts.merges;
    met.reviews += facts.reviews;
    onHistory?.(outcome);
  }
  return { met };
}

/** A failing plan, made short. */
export async function explain(
  stage: Stage,
  plan: Plan,
  violation: Violation,
  options: HistoryOptions = {},
): Promise<Failure> {
  const short = await shrink(plan, violation.rule, async (tried) => (await play(stage, tried, options)).violation);
  const again = await play(stage, short, options);
  return {
    seed: plan.seed,
    violation: again.violation ?? violation,
    reproducer: toReproducer(short, again.violation ?? violation),
    trace: again.trace,
  };
}

/** A failure as a person reads it. */
export function describeFailure({ seed, violation, reproducer, trace }: Failure): string {
  return `seed ${seed}: ${violation.message}\n${reproducer}\n${trace.join('\n')}`;
}
