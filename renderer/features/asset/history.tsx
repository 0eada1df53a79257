import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { map } from 'rxjs';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { JournalEntry } from '../../components/journal-entry.tsx';
import { Section } from '../../components/section.tsx';
import { UndoActButton } from '../../components/undo-act-button.tsx';
import { useEntriesSync } from '../../components/use-entries-sync.ts';
import { useSession } from '../../store/session.tsx';
import { useLiveQuery } from '../../store/use-live-query.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-screen.module.css';
import { undoableEntry, undoneEntries } from './undoable.ts';

const FIRST = 20;

/** The journal of one asset, newest first, growing before one's eyes. */
export function History({ assetId }: { readonly assetId: string }) {
  const { t } = useText();
  const { identity } = useSession();
  const [limit, setLimit] = useState(FIRST);
  const live = useLiveQuery(`${assetId} ${limit}`, (database) =>
    database.movements
      .find({
        selector: { assetId },
        sort: [{ assetId: 'desc' }, { declaredAt: 'desc' }, { id: 'desc' }],
        // One more than shown tells whether there are older ones.
        limit: limit + 1,
      })
      .$.pipe(map((documents) => documents.map((document) => document.toJSON()))),
  );
  const entries = live.state === 'ready' ? live.value : [];
  const shown = entries.slice(0, limit);
  const sync = useEntriesSync(shown.map(({ id }) => id));
  const undone = undoneEntries(entries);
  const undoable = identity ? undoableEntry(entries, identity.person.role) : undefined;
  return (
    <Section title={t('asset.section.history')}>
      {live.state === 'error' && <ErrorAlert error={live.error} />}
      {live.state === 'ready' && entries.length === 0 && <Text c="dimmed">{t('asset.history.empty')}</Text>}
      <ol className={classes.history}>
        {shown.map((entry) => (
          <JournalEntry key={entry.id} entry={entry} isUndone={undone.has(entry.id)} sync={sync[entry.id]}>
            {entry.actId && entry === undoable && <UndoActButton actId={entry.actId} act={entry.act} />}
          </JournalEntry>
        ))}
      </ol>
      {entries.length > limit && (
        <Button variant="subtle" size="xs" onClick={() => setLimit(limit + FIRST)}>
          {t('asset.history.more')}
        </Button>
      )}
    </Section>
  );
}
