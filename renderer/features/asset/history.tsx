import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { DeepReadonlyObject } from 'rxdb';
import { map } from 'rxjs';
import type { Movement } from '#shared/schema/movement.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useLiveQuery } from '../../store/use-live-query.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './history.module.css';

type Entry = DeepReadonlyObject<Movement>;
const FIRST = 20;

/** The journal of one asset, newest first, growing before one's eyes. */
export function History({ assetId }: { readonly assetId: string }) {
  const { t } = useText();
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
  return (
    <Section title={t('asset.section.history')}>
      {live.state === 'error' && <ErrorAlert error={live.error} />}
      {live.state === 'ready' && entries.length === 0 && <Text c="dimmed">{t('asset.history.empty')}</Text>}
      <ol className={classes.list}>
        {entries.slice(0, limit).map((entry) => (
          <HistoryEntry key={entry.id} entry={entry} />
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

function HistoryEntry({ entry }: { readonly entry: Entry }) {
  const { t, language } = useText();
  const { author, reason, documentNumber } = entry;
  return (
    <li className={classes.entry}>
      <div className={classes.line}>
        <Text fz="sm" fw={600}>
          {entry.act ? t(`domain.act.${entry.act}`) : t(`domain.movementKind.${entry.kind}`)}
        </Text>
        <Text fz="xs" c="dimmed" className="tabular" component="time" dateTime={entry.declaredAt}>
          {formatInstant(entry.declaredAt, language)}
        </Text>
      </div>
      <Text fz="xs" c="dimmed">
        {t('asset.history.byline', { name: author.name, role: t(`domain.role.${author.role}`) })}
      </Text>
      {entry.kind === 'creation' ? (
        <Text fz="sm" mt={4}>
          {t('asset.history.created', { count: entry.changes.length })}
          {entry.importId && ` · ${t('asset.history.imported')}`}
        </Text>
      ) : (
        <Changes changes={entry.changes} />
      )}
      {reason && <Text fz="sm">{t('asset.history.reason', { reason })}</Text>}
      {documentNumber && <Text fz="sm">{t('asset.history.document', { number: documentNumber })}</Text>}
    </li>
  );
}

function Changes({ changes }: { readonly changes: Entry['changes'] }) {
  const { t } = useText();
  const label = useFieldLabel();
  const text = useValueText();
  if (changes.length === 0) return null;
  return (
    <table className={classes.changes} aria-label={t('asset.history.changes')}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('asset.history.field')}</th>
          <th scope="col">{t('asset.history.from')}</th>
          <th scope="col">{t('asset.history.to')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, from, to }) => (
          <tr key={field}>
            <th scope="row">{label(field)}</th>
            <td className={classes.from}>{text(field, from) ?? <em>{t('common.notFilled')}</em>}</td>
            <td>{text(field, to) ?? <em>{t('common.notFilled')}</em>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
