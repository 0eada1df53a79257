import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { play } from './history.ts';
import { openStage, type Stage } from './seeds.ts';
import type { Plan } from './steps.ts';

/** What histories found, made short. Each failed once; what mended it stands in the rule that it is named by. */
const FOUND: Readonly<Record<string, Plan>> = {
  'S11, M2: a push whose answer was lost, of a value that somebody replaced meanwhile, asks nobody': {
    seed: 340,
    ministries: [0, 0, 0],
    steps: [
      { kind: 'act', act: 'create', a: 0, b: 0, desktop: 0 },
      { kind: 'flow', desktop: 0 },
      { kind: 'flow', desktop: 1 },
      { kind: 'act', desktop: 1, act: 'edit', a: 53715, b: 359164 },
      { kind: 'endpoint-break', how: 'after-commit', after: 3 },
      { kind: 'request', desktop: 1, fate: 'whole' },
      { kind: 'flow', desktop: 0 },
      { kind: 'act', desktop: 0, act: 'edit', a: 453629, b: 388416 },
    ],
  },
  'S11, M2: a new record that arrives after its sender gave up, and is changed by another desktop, asks nobody': {
    seed: 226,
    ministries: [0, 0, 1],
    steps: [
      { kind: 'act', desktop: 1, act: 'create', a: 997342, b: 837610 },
      { kind: 'request', desktop: 1, fate: 'late' },
      { kind: 'ghost', desktop: 1, place: 462224 },
      { kind: 'flow', desktop: 0 },
      { kind: 'act', desktop: 0, act: 'editMany', a: 96073, b: 71485 },
    ],
  },
};

describe('histories that failed once', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test.each(Object.entries(FOUND))('%s', async (_name, plan) => {
    const { violation } = await play(stage, plan);
    expect(violation?.message).toBeUndefined();
  });
});
