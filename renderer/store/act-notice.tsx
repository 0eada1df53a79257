import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import type { Act } from '#shared/domain/lifecycle.ts';

/** What was done last in this window. */
export type DoneAct = {
  readonly actId: string;
  /** What is said about it. */
  readonly message: string;
  /** Undefined for an edit. */
  readonly act?: Act | undefined;
  readonly assetIds: readonly string[];
  readonly canBeUndone: boolean;
};

type ActNotice = {
  readonly done: DoneAct | undefined;
  announce(done: DoneAct): void;
  dismiss(): void;
};

const ActNoticeContext = createContext<ActNotice | null>(null);

/** The last act, wherever it was done: it can be taken back from every screen for a while. */
export function ActNoticeProvider({ children }: { readonly children: ReactNode }) {
  const [done, setDone] = useState<DoneAct>();
  const dismiss = useCallback(() => setDone(undefined), []);
  const notice = useMemo(() => ({ done, announce: setDone, dismiss }), [done, dismiss]);
  return <ActNoticeContext value={notice}>{children}</ActNoticeContext>;
}

export function useActNotice(): ActNotice {
  const notice = use(ActNoticeContext);
  if (!notice) throw new Error('useActNotice needs an ActNoticeProvider above');
  return notice;
}
