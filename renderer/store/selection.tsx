import { createContext, type ReactNode, use, useMemo, useState } from 'react';

/**
 * Assets chosen in the list, by id, in the order in which they were chosen. They stay chosen while a record is looked at
 * or the list is narrowed.
 */
export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** How many there would be, when only as many as one act takes were chosen. */
  readonly cutFrom: number | undefined;
  replace(ids: Iterable<string>, cutFrom?: number): void;
  clear(): void;
};

const SelectionContext = createContext<Selection | null>(null);
const NONE: ReadonlySet<string> = new Set();

type Chosen = { readonly ids: ReadonlySet<string>; readonly cutFrom: number | undefined };
const NOTHING: Chosen = { ids: NONE, cutFrom: undefined };

export function SelectionProvider({ children }: { readonly children: ReactNode }) {
  const [chosen, setChosen] = useState(NOTHING);
  const selection = useMemo(
    (): Selection => ({
      ...chosen,
      replace: (ids, cutFrom) => setChosen({ ids: new Set(ids), cutFrom }),
      clear: () => setChosen(NOTHING),
    }),
    [chosen],
  );
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

export function useSelection(): Selection {
  const selection = use(SelectionContext);
  if (!selection) throw new Error('useSelection needs a SelectionProvider above');
  return selection;
}
