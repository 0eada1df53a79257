import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import type { AssetFilter, AssetSort, GroupField } from '#shared/protocol/asset-list.ts';
import type { ListColumn, ListSettings } from '#shared/protocol/views.ts';

/** Filters with a button of their own. */
export const FACETS = ['status', 'typeCode', 'structureId', 'siteId'] as const;
export type Facet = (typeof FACETS)[number];
/** Conditions besides the text; a structure or site stands for all that is below it. */
export type Chosen = Omit<AssetFilter, 'text'>;

/** A group that was opened from the groups of a list. */
export type OpenGroup = { readonly field: GroupField; readonly key: string; readonly today: string };

/** What the list of assets shows. It outlives the list's screen, so that coming back from a record finds the same place. */
export type ListView = {
  readonly text: string;
  readonly chosen: Chosen;
  /** Of the whole list; none: the last changed first. */
  readonly sort?: AssetSort | undefined;
  /** Of what a text found; none: the best matches first. It ends with the text. */
  readonly sortOfFound?: AssetSort | undefined;
  /** None: those that fit the window. */
  readonly columns?: readonly ListColumn[] | undefined;
  readonly groupBy?: GroupField | undefined;
  readonly openGroup?: OpenGroup | undefined;
  /** The saved view that the list began with: its id, or the name of one that ships. */
  readonly viewId?: string | undefined;
};

export const NOTHING_CHOSEN: Chosen = {};
const FIRST_VIEW: ListView = { text: '', chosen: NOTHING_CHOSEN };
const LAST_CHANGED: AssetSort = { field: 'updatedAt', direction: 'desc' };

/** The column that orders the list at the moment; none when the best matches come first. */
export function sortOf({ text, sort, sortOfFound }: ListView): AssetSort | undefined {
  return text.trim() ? sortOfFound : (sort ?? LAST_CHANGED);
}

/** The conditions without those that name no value: what is not there narrows nothing. */
export function withoutEmpty(chosen: Chosen): Chosen {
  const entries = Object.entries(chosen).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '',
  );
  return Object.fromEntries(entries);
}

/** The list as a view keeps it. */
export function settingsOf({ text, chosen, sort, columns, groupBy }: ListView): ListSettings {
  return {
    filter: { ...(text.trim() && { text: text.trim() }), ...chosen },
    ...(sort && { sort }),
    ...(columns && { columns: [...columns] }),
    ...(groupBy && { groupBy }),
  };
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
  /** Changes some conditions; `undefined` or an empty one takes it away. */
  choose(part: { readonly [Name in keyof Chosen]?: Chosen[Name] | undefined }): void;
  /** Shows the list of a view, in the place of what was shown. */
  show(settings: ListSettings, origin?: Pick<ListView, 'viewId' | 'openGroup'>): void;
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
    (): ListViewState => ({
      view,
      place,
      sortBy,
      change: (part) =>
        setView((known) => ({ ...known, ...(part.text?.trim() === '' && { sortOfFound: undefined }), ...part })),
      choose: (part) =>
        setView((known) => {
          // A condition that is undefined is taken away with the empty ones.
          const chosen = withoutEmpty({ ...known.chosen, ...part } as Chosen);
          return { ...known, chosen };
        }),
      show: ({ filter: { text = '', ...chosen }, sort, columns, groupBy }, origin) =>
        setView({ text, chosen, sort, columns, groupBy, ...origin }),
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
