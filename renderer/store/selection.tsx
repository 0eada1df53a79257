import { createContext, type ReactNode, use, useMemo, useState } from 'react';

/** Assets chosen in the list, by id, in the order in which they were chosen. They stay chosen while a record is looked at. */
export type Selection = {
  readonly ids: ReadonlySet<string>;
  replace(ids: Iterable<string>): void;
  clear(): void;
};

const SelectionContext = createContext<Selection | null>(null);
const NONE: ReadonlySet<string> = new Set();

export function SelectionProvider({ children }: { readonly children: ReactNode }) {
  const [ids, setIds] = useState(NONE);
  const selection = useMemo(
    () => ({ ids, replace: (next: Iterable<string>) => setIds(new Set(next)), clear: () => setIds(NONE) }),
    [ids],
  );
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

export function useSelection(): Selection {
  const selection = use(SelectionContext);
  if (!selection) throw new Error('useSelection needs a SelectionProvider above');
  return selection;
}
