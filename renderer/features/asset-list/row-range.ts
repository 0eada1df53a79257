import { MAX_ACT_ASSETS } from '#shared/domain/act.ts';

/** Rows from one to another, in whichever direction. */
export type RowRange = { readonly offset: number; readonly limit: number };

export function rangeBetween(anchor: number, index: number): RowRange {
  return { offset: Math.min(anchor, index), limit: Math.abs(index - anchor) + 1 };
}

export type Addition = {
  readonly ids: readonly string[];
  /** How many there would be without the limit of an act; undefined when all found room. */
  readonly cutFrom: number | undefined;
};

/** What was chosen before with more rows after it, up to what one act takes (SPEC A8). `wanted`: all rows of the range. */
export function addIds(before: Iterable<string>, more: readonly string[], wanted = more.length): Addition {
  const all = [...new Set([...before, ...more])];
  const beyond = Math.max(0, wanted - more.length) + Math.max(0, all.length - MAX_ACT_ASSETS);
  return {
    ids: all.slice(0, MAX_ACT_ASSETS),
    cutFrom: beyond > 0 ? Math.min(all.length, MAX_ACT_ASSETS) + beyond : undefined,
  };
}
