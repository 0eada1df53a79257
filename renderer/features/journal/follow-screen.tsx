import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { map } from 'rxjs';
import { Link } from 'wouter';
import { compact } from '#shared/domain/fold.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { type Entry, JournalEntry } from '../../components/journal-entry.tsx';
import { paths } from '../../components/paths.ts';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { Section } from '../../components/section.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useEntriesSync } from '../../components/use-entries-sync.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import classes from './journal.module.css';

const FIRST = 50;
/** Assets looked through for those that are there today. */
const LOOKED_THROUGH = 500;

type FollowScreenProps = { readonly field: 'holderName' | 'room'; readonly name: string };

/** All that came to a holder or a room, and went, and what is there today. */
export function FollowScreen({ field, name }: FollowScreenProps) {
  const { t } = useText();
  const [limit, setLimit] = useState(FIRST);
  const found = useQuestion('findEntries', { field, value: name, offset: 0, limit }, 'movements');
  const ids = readyValue(found)?.ids ?? [];
  const total = readyValue(found)?.total ?? 0;
  const entries = useEntries(ids);
  const assets = useAssets([...new Set(entries.map(({ assetId }) => assetId))]);
  const sync = useEntriesSync(ids);
  if (found.state === 'loading') return <LoadingScreen />;
  if (found.state === 'error') return <ErrorAlert error={found.error} />;
  const undone = new Set(entries.flatMap(({ undoes }) => undoes ?? []));
  return (
    <Stack gap="md" className={classes.page}>
      <div>
        <Anchor component={Link} href={paths.journal} fz="sm">
          ← {t('journal.follow.back')}
        </Anchor>
        <Title order={1}>
          {t(field === 'room' ? 'journal.follow.roomTitle' : 'journal.follow.holderTitle', { name })}
        </Title>
        <Text c="dimmed" fz="sm">
          {t('journal.follow.entries', { count: total })}
        </Text>
      </div>
      <Today field={field} name={name} />
      <Section title={t('asset.section.history')}>
        {total === 0 && <Text c="dimmed">{t('journal.follow.empty')}</Text>}
        <ol className={classes.entries}>
          {entries.map((entry) => (
            <JournalEntry
              key={entry.id}
              entry={entry}
              isUndone={undone.has(entry.id)}
              sync={sync[entry.id]}
              subject={<Subject entry={entry} asset={assets.get(entry.assetId)} field={field} name={name} />}
            />
          ))}
        </ol>
        {total > limit && (
          <Button variant="subtle" size="xs" onClick={() => setLimit(limit + FIRST)}>
            {t('journal.follow.more')}
          </Button>
        )}
      </Section>
    </Stack>
  );
}

type SubjectProps = FollowScreenProps & { readonly entry: Entry; readonly asset: Asset | undefined };

/** Which asset, and whether it came or went. */
function Subject({ entry, asset, field, name }: SubjectProps) {
  const { t } = useText();
  const change = entry.changes.find((one) => one.field === field);
  const hasCome = change?.to === name;
  return (
    <Group gap="xs">
      <Badge size="sm" color={hasCome ? 'forest' : 'gray'}>
        {t(hasCome ? 'journal.follow.came' : 'journal.follow.left')}
      </Badge>
      <Anchor component={Link} href={paths.asset(entry.assetId)} fz="sm">
        {asset ? `${asset.designation} · ${asset.reference}` : t('journal.follow.unknownAsset')}
      </Anchor>
    </Group>
  );
}

function Today({ field, name }: FollowScreenProps) {
  const { t } = useText();
  const question = { filter: { text: name }, offset: 0, limit: LOOKED_THROUGH };
  const found = readyValue(useQuestion('findAssets', question, 'assets'));
  const assets = useAssets(found?.ids ?? []);
  const here = [...assets.values()].filter((asset) => compact(asset[field] ?? '') === compact(name));
  return (
    <Section title={t('journal.follow.now')}>
      {found && here.length === 0 && <Text c="dimmed">{t('journal.follow.nowNone')}</Text>}
      <ul className={classes.held}>
        {here.map(({ id, reference, designation, status }) => (
          <li key={id}>
            <Text fz="sm" c="dimmed">
              {reference}
            </Text>
            <Anchor component={Link} href={paths.asset(id)} fz="sm">
              {designation}
            </Anchor>
            <StatusBadge status={status} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

const NO_ENTRIES: readonly Entry[] = [];
const NO_ASSETS: ReadonlyMap<string, Asset> = new Map();

function useEntries(ids: readonly string[]): readonly Entry[] {
  const live = useLiveQuery(ids.length > 0 ? ids.join() : undefined, (database) =>
    database.movements
      .findByIds([...ids])
      .$.pipe(map((documents) => ids.flatMap((id) => documents.get(id)?.toJSON() ?? []))),
  );
  return ids.length > 0 ? (readyValue(live) ?? NO_ENTRIES) : NO_ENTRIES;
}

function useAssets(ids: readonly string[]): ReadonlyMap<string, Asset> {
  const live = useLiveQuery(ids.length > 0 ? ids.join() : undefined, (database) =>
    database.assets.findByIds([...ids]).$.pipe(
      map(
        (documents) =>
          new Map(
            ids.flatMap((id) => {
              const asset = documents.get(id)?.toJSON();
              return asset ? [[id, asset] as const] : [];
            }),
          ),
      ),
    ),
  );
  return ids.length > 0 ? (readyValue(live) ?? NO_ASSETS) : NO_ASSETS;
}
