import { useCallback, useEffect, useRef } from 'react';
import { MAX_ACT_ASSETS } from '#shared/domain/act.ts';
import { useSelection } from '../../store/selection.tsx';
import { useSession } from '../../store/session.tsx';
import { addIds, type RowRange, rangeBetween } from './row-range.ts';
import type { AssetList } from './use-asset-rows.ts';

export type RowSelection = {
  readonly ids: ReadonlySet<string>;
  /** Chooses a row, or no longer; the next range begins at it. Always the same function. */
  readonly toggle: (index: number) => void;
  /** Chooses all rows from the last one chosen by itself to this one. Always the same function. */
  readonly extendTo: (index: number, from?: number) => void;
  /** All that the filters leave, up to what one act takes; nothing when all of it was chosen. */
  readonly toggleAll: () => void;
  clear(): void;
};

/** Choosing rows of a list of which only some are known here: the data process tells the others. */
export function useRowSelection(list: AssetList, total: number): RowSelection {
  const { channel } = useSession();
  const selection = useSelection();
  const latest = useRef({ list, total, selection });
  useEffect(() => {
    latest.current = { list, total, selection };
  });
  /** Where the range begins, and what was chosen before it. */
  const anchor = useRef<{ readonly index: number; readonly before: readonly string[] }>(undefined);
  const asked = useRef(0);

  const readRange = useCallback(
    async ({ offset, limit }: RowRange): Promise<readonly string[]> => {
      const { window, question } = latest.current.list;
      const taken = Math.min(limit, MAX_ACT_ASSETS);
      const known = Array.from({ length: taken }, (_, row) => window.idAt(offset + row));
      if (known.every((id) => id !== undefined)) return known;
      const { filter, sort } = question;
      const { ids } = await channel.question('findAssets', { filter, ...(sort && { sort }), offset, limit: taken });
      return ids;
    },
    [channel],
  );
  const choose = useCallback(
    (before: readonly string[], range: RowRange) => {
      asked.current += 1;
      const mine = asked.current;
      const add = (ids: readonly string[]) => {
        if (mine !== asked.current) return;
        const addition = addIds(before, ids, range.limit);
        latest.current.selection.replace(addition.ids, addition.cutFrom);
      };
      // Where the line is closed nothing is chosen; the list says so itself.
      readRange(range).then(add, () => undefined);
    },
    [readRange],
  );

  const toggle = useCallback((index: number) => {
    asked.current += 1;
    const { list: shown, selection: chosen } = latest.current;
    const id = shown.window.idAt(index);
    if (id === undefined) return;
    const others = [...chosen.ids].filter((one) => one !== id);
    anchor.current = { index, before: others };
    if (chosen.ids.has(id)) return chosen.replace(others);
    const addition = addIds(others, [id]);
    chosen.replace(addition.ids, addition.cutFrom);
  }, []);
  const extendTo = useCallback(
    (index: number, from = index) => {
      anchor.current ??= { index: from, before: [...latest.current.selection.ids] };
      choose(anchor.current.before, rangeBetween(anchor.current.index, index));
    },
    [choose],
  );
  const toggleAll = useCallback(() => {
    const { total: all, selection: chosen } = latest.current;
    anchor.current = undefined;
    if (chosen.ids.size >= Math.min(all, MAX_ACT_ASSETS)) return chosen.clear();
    choose([], { offset: 0, limit: all });
  }, [choose]);
  const clear = () => {
    anchor.current = undefined;
    selection.clear();
  };
  return { ids: selection.ids, toggle, extendTo, toggleAll, clear };
}
