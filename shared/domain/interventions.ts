import type { Movement, Repair } from '../schema/movement.ts';

/** What was done to an asset: on the spot, or from its departure for repair to its return. Costs in F CFA. */
export type Intervention = {
  /** Of the entry that began it. */
  readonly id: string;
  /** Instant. */
  readonly startedAt: string;
  /** Instant at which it was back; absent while it is away, and where it never left. */
  readonly backAt?: string;
  readonly isAway: boolean;
  readonly fault?: string;
  readonly diagnosis?: string;
  readonly work?: string;
  readonly parts?: string;
  readonly cost?: number;
  readonly provider?: string;
  readonly nextDate?: string;
};

type Entry = Pick<Movement, 'id' | 'declaredAt' | 'deviceSequence' | 'act' | 'repair'>;

/**
 * Interventions out of the entries of one asset that were not taken back, the latest first. A departure for repair and the
 * return after it are one: what the return says stands, its cost is added to what the departure said.
 */
export function listInterventions(entries: readonly Entry[]): Intervention[] {
  const found: Intervention[] = [];
  for (const entry of [...entries].sort(byTime)) {
    const open = found.at(-1);
    if (entry.act === 'repair-end' && open?.isAway) found[found.length - 1] = closed(open, entry);
    else found.push(begun(entry));
  }
  return found.reverse();
}

/** What is known to have been spent; absent where no cost is known. */
export function totalCost(interventions: readonly Intervention[]): number | undefined {
  const known = interventions.flatMap(({ cost }) => cost ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, cost) => sum + cost, 0);
}

/** The next one planned: what the latest intervention says. */
export function nextIntervention(interventions: readonly Intervention[]): string | undefined {
  return interventions[0]?.nextDate;
}

function begun({ id, declaredAt, act, repair }: Entry): Intervention {
  return {
    id,
    startedAt: declaredAt,
    isAway: act === 'repair',
    ...(act === 'repair-end' && { backAt: declaredAt }),
    ...repair,
  };
}

function closed(open: Intervention, { declaredAt, repair }: Entry): Intervention {
  const { nextDate: _, ...before } = open;
  const cost = sumOf(open.cost, repair?.cost);
  return { ...before, ...repair, isAway: false, backAt: declaredAt, ...(cost !== undefined && { cost }) };
}

function sumOf(a: Repair['cost'], b: Repair['cost']): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

function byTime(a: Entry, b: Entry): number {
  if (a.declaredAt !== b.declaredAt) return a.declaredAt < b.declaredAt ? -1 : 1;
  return a.deviceSequence - b.deviceSequence;
}
