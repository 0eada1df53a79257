import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { AssetFilter } from '#shared/protocol/data-port.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { Sort } from '../../store/list-view.tsx';
import { useSession } from '../../store/session.tsx';
import { type AssetSource, browseAssets, searchAssets } from './asset-source.ts';
import { RowWindow } from './row-window.ts';

export type AssetRows = {
  readonly state: 'loading' | 'ready' | 'error';
  readonly error: ErrorData | undefined;
  /** Rows to scroll through. */
  readonly total: number;
  /** Assets that match; more than `total` when a search shows only the closest. */
  readonly found: number;
  /** True while other rows than the chosen ones are still on screen. */
  readonly isStale: boolean;
  rowAt(index: number): Asset | undefined;
  show(first: number, last: number): void;
  /** After an error. */
  retry(): void;
};

type Shown = { readonly key: string; readonly window: RowWindow<Asset> };

/** The rows of the list. When filter or order change, the former rows stay until the first new ones are there. */
export function useAssetRows(filter: AssetFilter, sort: Sort): AssetRows {
  const { database, channel, generation } = useSession();
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify([filter, filter.text ? 0 : sort, generation, attempt]);
  const [shown, setShown] = useState<Shown>();
  const [found, setFound] = useState(0);
  const [failed, setFailed] = useState<{ readonly key: string; readonly error: ErrorData }>();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const range = useRef<readonly [number, number]>([0, 0]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for filter, order and generation.
  useEffect(() => {
    const source: AssetSource = filter.text
      ? searchAssets(database, channel, filter)
      : browseAssets(database, filter, sort);
    const counting = source.found$.subscribe({ next: setFound, error: () => undefined });
    const window = new RowWindow<Asset>(source, () => {
      if (window.error) setFailed({ key, error: toErrorData(window.error) });
      if (window.isReady) setShown((known) => (known?.window === window ? known : { key, window }));
      redraw();
    });
    window.show(...range.current);
    return () => {
      counting.unsubscribe();
      window.close();
    };
  }, [database, channel, key]);

  const window = shown?.window;
  const show = useCallback(
    (first: number, last: number) => {
      range.current = [first, last];
      window?.show(first, last);
    },
    [window],
  );
  const error = failed?.key === key ? failed.error : undefined;
  return {
    state: stateOf(shown, error),
    error,
    total: window?.total ?? 0,
    found,
    isStale: shown?.key !== key,
    rowAt: (index) => window?.rowAt(index),
    show,
    retry: () => setAttempt((known) => known + 1),
  };
}

function stateOf(shown: Shown | undefined, error: ErrorData | undefined): AssetRows['state'] {
  if (error) return 'error';
  return shown ? 'ready' : 'loading';
}
