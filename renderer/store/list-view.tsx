import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import type { AssetSort } from '#shared/protocol/asset-list.ts';
import type { AssetStatus } from '#shared/schema/asset.ts';

export const FACETS = ['status', 'typeCode', 'structureId', 'siteId'] as const;
export type Facet = (typeof FACETS)[number];
export type Chosen = {
  readonly status: readonly AssetStatus[];
  readonly typeCode: readonly string[];
  readonly structureId: readonly string[];
  readonly siteId: readonly string[];
};

/** What the list of assets shows. It outlives the list's screen, so that coming back from a record finds the same place. */
export type ListView = {
  readonly text: string;
  readonly chosen: Chosen;
  /** Of the whole list; none: the last changed first. */
  readonly sort?: AssetSort | undefined;
  /** Of what a text found; none: the best matches first. It ends with the text. */
  readonly sortOfFound?: AssetSort | undefined;
};

export const NOTHING_CHOSEN: Chosen = { status: [], typeCode: [], structureId: [], siteId: [] };
const FIRST_VIEW: ListView = { text: '', chosen: NOTHING_CHOSEN };
const LAST_CHANGED: AssetSort = { field: 'updatedAt', direction: 'desc' };

/** The column that orders the list at the moment; none when the best matches come first. */
export function sortOf({ text, sort, sortOfFound }: ListView): AssetSort | undefined {
  return text.trim() ? sortOfFound : (sort ?? LAST_CHANGED);
}

/** Where one is in a list. */
export type Place = {
  /** Which list; another one begins at its top. */
  list: string;
  /** Pixels of the list above what is in sight. */
  offset: number;
  activeIndex: number;
  /** True while a record that was opened from the list is looked at. */
  isAway: boolean;
};
type ListViewState = {
  readonly view: ListView;
  change(part: Partial<ListView>): void;
  /** Orders what is listed at the moment; `undefined` gives back the first order. Always the same function. */
  readonly sortBy: (sort: AssetSort | undefined) => void;
  /** Read and written by the list itself; a change of it draws nothing. */
  readonly place: Place;
};

const ListViewContext = createContext<ListViewState | null>(null);

export function ListViewProvider({ children }: { readonly children: ReactNode }) {
  const [view, setView] = useState(FIRST_VIEW);
  const [place] = useState<Place>(() => ({ list: '', offset: 0, activeIndex: 0, isAway: false }));
  const sortBy = useCallback(
    (sort: AssetSort | undefined) =>
      setView((known) => (known.text.trim() ? { ...known, sortOfFound: sort } : { ...known, sort })),
    [],
  );
  const state = useMemo(
    () => ({
      view,
      place,
      sortBy,
      change: (part: Partial<ListView>) =>
        setView((known) => ({ ...known, ...(part.text?.trim() === '' && { sortOfFound: undefined }), ...part })),
    }),
    [view, place, sortBy],
  );
  return <ListViewContext value={state}>{children}</ListViewContext>;
}

export function useListView(): ListViewState {
  const state = use(ListViewContext);
  if (!state) throw new Error('useListView needs a ListViewProvider above');
  return state;
}
