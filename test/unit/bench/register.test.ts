import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { Asset } from '#shared/schema/asset.ts';
import { inventPlaces, takeAssets } from '../../bench/register/assets.ts';
import { planRuns } from '../../bench/register/plan.ts';
import { keystrokes } from '../../bench/register/questions.ts';
import { median, percentile } from '../../bench/statistics.ts';

describe('the register of the bench', () => {
  it('is the same every time, and a larger one begins with the smaller', () => {
    expect(takeAssets(300).slice(0, 100)).toEqual(takeAssets(100));
  });

  it('holds assets of the right shape, each with ids of its own, in structures and sites that exist', () => {
    const assets = takeAssets(2000);
    const places = new Set([...inventPlaces()].map(({ document }) => document.id));
    for (const asset of assets) {
      expect(Value.Check(Asset, asset), JSON.stringify(asset)).toBe(true);
      expect(places).toContain(asset.structureId);
      expect(places).toContain(asset.siteId);
    }
    expect(new Set(assets.map(({ id }) => id)).size).toBe(assets.length);
    expect(new Set(assets.map(({ reference }) => reference)).size).toBe(assets.length);
  });

  it('is asked the same questions every time, and other ones in every run', () => {
    const input = { size: 500, runs: 2, searches: 30, edits: 3 };
    const [first, second] = planRuns(input);
    expect(planRuns(input)).toEqual([first, second]);
    expect(second).not.toEqual(first);
    expect(first?.searches).toHaveLength(30);
  });

  it('is searched letter by letter', () => {
    expect(keystrokes('hp 4')).toEqual(['h', 'hp', 'hp 4']);
  });
});

describe('medians and percentiles', () => {
  it('are those of the sorted values', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([5, 4, 3, 2, 1], 95)).toBe(5);
    expect(
      percentile(
        Array.from({ length: 100 }, (_, index) => index + 1),
        95,
      ),
    ).toBe(95);
  });
});
