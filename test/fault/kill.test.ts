import { describe, expect, it } from 'vitest';
import { runKills } from '../support/crash-driver.ts';

const KILLS = Number(process.env.KILLS ?? 30);
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 2 ** 31);

describe('the data process, killed', () => {
  it(`J3, J4, K5, S3: every acknowledged write is there and none is half there (seed ${SEED})`, async () => {
    const report = await runKills({ kills: KILLS, seed: SEED });
    console.log(JSON.stringify(report));
    expect(report.kills).toBe(KILLS);
    // Kills that hit nothing prove nothing.
    expect(report.acknowledged).toBeGreaterThan(KILLS);
  }, 600_000);
});
