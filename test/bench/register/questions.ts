import type { AssetFilter, AssetSort } from '#shared/protocol/asset-list.ts';

/** Rows of one page of the list. */
export const PAGE = 100;
/** Rows on a screen: what a search must bring before it is seen. */
export const SIGHT = 31;
/** A stretch of the list. */
export type Stretch = {
  readonly filter: AssetFilter;
  readonly sort: AssetSort;
  readonly offset: number;
  readonly limit: number;
};

/** What is asked in one run. Runs ask for different things, so that nobody answers from what he remembers. */
export type RunPlan = {
  readonly lists: readonly Stretch[];
  readonly pages: readonly Stretch[];
  readonly counts: readonly AssetFilter[];
  readonly facets: readonly AssetFilter[];
  /** Typed letter by letter. */
  readonly searches: readonly string[];
  /** Assets that are edited one after another. */
  readonly edits: readonly string[];
};

/** The texts that stand in the field while somebody types, without those that only add a space. */
export function keystrokes(text: string): string[] {
  return Array.from(text, (_, index) => text.slice(0, index + 1)).filter((typed) => !typed.endsWith(' '));
}
