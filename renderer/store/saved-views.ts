import { useMemo } from 'react';
import { map } from 'rxjs';
import { readViewContent, type ViewContent } from '#shared/protocol/views.ts';
import { useText } from '../text/use-text.ts';
import { readyValue, useLiveQuery } from './use-live-query.ts';

/** A list that somebody of the ministry kept. */
export type SavedView = { readonly id: string; readonly label: string; readonly content: ViewContent };

/** The ministry's views by their names; those that a newer program wrote are left out. */
export function useSavedViews(): readonly SavedView[] {
  const { language } = useText();
  const rows = useLiveQuery('saved-views', (database) =>
    database.references
      .find({ selector: { kind: 'saved-view' }, sort: [{ kind: 'asc' }, { label: 'asc' }, { id: 'asc' }] })
      .$.pipe(map((found) => found.map((row) => row.toJSON()))),
  );
  return useMemo(() => {
    const compare = new Intl.Collator(language).compare;
    return (readyValue(rows) ?? [])
      .flatMap(({ id, label, active, content }) => {
        const read = active ? readViewContent(content) : undefined;
        return read ? [{ id, label, content: read }] : [];
      })
      .sort((a, b) => compare(a.label, b.label));
  }, [rows, language]);
}
