import { useEffect } from 'react';
import { MAX_ENTRIES_ASKED, type QuestionOutput } from '#shared/protocol/data-port.ts';
import { readyValue } from '../store/use-live-query.ts';
import { useQuestion } from '../store/use-question.ts';
import { useSyncState } from '../store/use-sync-state.ts';

const NOTHING: QuestionOutput['getEntriesSync'] = {};

/** Where entries of the journal stand between this desktop and the endpoint, kept up to date while they are shown. */
export function useEntriesSync(ids: readonly string[]): QuestionOutput['getEntriesSync'] {
  const asked = ids.length > 0 ? { ids: ids.slice(0, MAX_ENTRIES_ASKED) } : undefined;
  const answer = useQuestion('getEntriesSync', asked, 'movements');
  const sync = useSyncState();
  const { refresh } = answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an exchange may have carried entries.
  useEffect(refresh, [refresh, sync?.lastSuccess, sync?.waiting]);
  return readyValue(answer) ?? NOTHING;
}
