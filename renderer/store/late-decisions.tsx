import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import type { LateDecision } from '#shared/protocol/reviews.ts';
import { useCommand } from './use-command.ts';
import { readyValue } from './use-live-query.ts';
import { useQuestion } from './use-question.ts';

type LateDecisions = {
  /** What was decided here and does not stand, and nobody has seen yet (SPEC V5). */
  readonly unseen: readonly LateDecision[];
  noteSeen(actIds: readonly string[]): void;
};

const LateDecisionsContext = createContext<LateDecisions | null>(null);

/** Kept for the whole session: told on every screen until it was seen, also after a restart. */
export function LateDecisionsProvider({ children }: { readonly children: ReactNode }) {
  const asked = readyValue(useQuestion('getLateDecisions', {}, 'reviews'));
  const { run } = useCommand('noteLateDecisionsSeen');
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const noteSeen = useCallback(
    (actIds: readonly string[]) => {
      setSeen((before) => new Set([...before, ...actIds]));
      void run({ actIds: [...actIds] });
    },
    [run],
  );
  const value = useMemo(
    () => ({ unseen: (asked?.decisions ?? []).filter(({ actId }) => !seen.has(actId)), noteSeen }),
    [asked, seen, noteSeen],
  );
  return <LateDecisionsContext value={value}>{children}</LateDecisionsContext>;
}

export function useLateDecisions(): LateDecisions {
  const value = use(LateDecisionsContext);
  if (!value) throw new Error('useLateDecisions needs a LateDecisionsProvider above');
  return value;
}
