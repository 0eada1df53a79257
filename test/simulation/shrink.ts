import type { Violation } from './oracle.ts';
import type { Plan, Step } from './steps.ts';

/** Plays a plan and says what was violated. */
export type Play = (plan: Plan) => Promise<Violation | undefined>;

/** Most plans tried for one failure. */
const MAX_TRIES = 400;

/**
 * The shortest plan found that breaks the same rule: first the steps after the failure go, then ever smaller stretches, as
 * long as something can go (delta debugging).
 */
export async function shrink(plan: Plan, rule: string, playPlan: Play): Promise<Plan> {
  let tries = 0;
  const fails = async (steps: readonly Step[]) => {
    tries += 1;
    return (await playPlan({ ...plan, steps }))?.rule === rule;
  };
  let { steps } = plan;
  for (let size = Math.ceil(steps.length / 2); size >= 1 && tries < MAX_TRIES; ) {
    let hasShrunk = false;
    for (let from = steps.length - size; from > -size && tries < MAX_TRIES; from -= size) {
      const fewer = steps.filter((_step, place) => place < from || place >= from + size);
      if (fewer.length === steps.length || !(await fails(fewer))) continue;
      steps = fewer;
      hasShrunk = true;
    }
    if (size > 1) size = Math.floor(size / 2);
    else if (!hasShrunk) break;
  }
  return { ...plan, steps };
}

/** The plan as it stands in a test. */
export function toReproducer({ seed, ministries, carries, steps }: Plan, violation: Violation): string {
  const lines = steps.map((step) => `    ${JSON.stringify(step)},`);
  return [
    `// ${violation.message.split('\n')[0]}`,
    '{',
    `  seed: ${seed},`,
    `  ministries: ${JSON.stringify(ministries)},`,
    ...(carries ? [`  carries: ${JSON.stringify(carries)},`] : []),
    '  steps: [',
    ...lines,
    '  ],',
    '}',
  ].join('\n');
}
