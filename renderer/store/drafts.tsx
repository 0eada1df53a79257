import { createContext, type ReactNode, use, useState } from 'react';

/**
 * What was typed and not saved yet, by form. In memory only, and gone when the register is locked: it may hold names.
 * A form left for another screen finds its words again.
 */
export type Drafts = Map<string, unknown>;

const DraftsContext = createContext<Drafts | null>(null);

export function DraftsProvider({ children }: { readonly children: ReactNode }) {
  const [drafts] = useState<Drafts>(() => new Map());
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}

export function useDrafts(): Drafts {
  const drafts = use(DraftsContext);
  if (!drafts) throw new Error('useDrafts needs a DraftsProvider above');
  return drafts;
}
