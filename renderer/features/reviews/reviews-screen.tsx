import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { REVIEW_KINDS } from '#shared/schema/review.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { SyncTabs } from '../../components/sync-tabs.tsx';
import { useSession } from '../../store/session.tsx';
import { useAssets } from '../../store/use-assets.ts';
import { useSyncState } from '../../store/use-sync-state.ts';
import { useText } from '../../text/use-text.ts';
import { BulkAnswers } from './bulk-answers.tsx';
import { ReviewDetail } from './review-detail.tsx';
import { ReviewError } from './review-error.tsx';
import { ReviewList } from './review-list.tsx';
import classes from './reviews.module.css';
import { useDecide } from './use-decide.ts';
import { applyFilters, type Filters, type Review, SHOWN, useReviews } from './use-reviews.ts';

const ALL: Filters = { state: 'open', kind: '', isMineOnly: false };

type ReviewsScreenProps = {
  /** A decided review to begin with. */
  readonly decidedId?: string;
};

/** The queue of what waits for a person: conflicts, edits after a leave, twins, refusals (SPEC V1 to V6). */
export function ReviewsScreen({ decidedId }: ReviewsScreenProps) {
  const { t } = useText();
  const { identity } = useSession();
  const [filters, setFilters] = useState<Filters>({ ...ALL, state: decidedId === undefined ? 'open' : 'resolved' });
  const live = useReviews(filters.state);
  const openReviews = useSyncState()?.openReviews ?? 0;
  const all = live.state === 'ready' ? live.value : undefined;
  const reviews = useMemo(
    () =>
      all &&
      applyFilters(
        all.filter(({ state }) => state === filters.state),
        filters,
        identity?.person.id,
      ),
    [all, filters, identity],
  );
  return (
    <div className={classes.screen}>
      <SyncTabs counts={{ reviews: openReviews }} />
      <FilterBar filters={filters} onChange={setFilters} />
      {live.state === 'error' && <ErrorAlert error={live.error} />}
      {live.state === 'loading' && <LoadingScreen />}
      {reviews && reviews.length === 0 && <Nothing filters={filters} onReset={() => setFilters(ALL)} />}
      {reviews && reviews.length > 0 && <Queue key={filters.state} reviews={reviews} firstId={decidedId} />}
      {all && all.length === SHOWN && (
        <Text fz="xs" c="dimmed">
          {t('reviews.more', { shown: SHOWN })}
        </Text>
      )}
    </div>
  );
}

type FilterBarProps = { readonly filters: Filters; readonly onChange: (filters: Filters) => void };

function FilterBar({ filters, onChange }: FilterBarProps) {
  const { t } = useText();
  return (
    <Group gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('reviews.filter.state')}
        value={filters.state}
        onChange={(value) => onChange({ ...filters, state: value === 'resolved' ? 'resolved' : 'open' })}
        data={[
          { value: 'open', label: t('reviews.filter.open') },
          { value: 'resolved', label: t('reviews.filter.resolved') },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('reviews.filter.owner')}
        value={filters.isMineOnly ? 'mine' : 'all'}
        onChange={(value) => onChange({ ...filters, isMineOnly: value === 'mine' })}
        data={[
          { value: 'all', label: t('reviews.filter.all') },
          { value: 'mine', label: t('reviews.filter.mine') },
        ]}
      />
      <Select
        size="xs"
        w="15rem"
        aria-label={t('reviews.filter.kind')}
        allowDeselect={false}
        value={filters.kind}
        onChange={(value) => onChange({ ...filters, kind: REVIEW_KINDS.find((kind) => kind === value) ?? '' })}
        data={[
          { value: '', label: t('reviews.filter.allKinds') },
          ...REVIEW_KINDS.map((kind) => ({ value: kind, label: t(`reviews.kind.${kind}`) })),
        ]}
      />
    </Group>
  );
}

function Nothing({ filters, onReset }: { readonly filters: Filters; readonly onReset: () => void }) {
  const { t } = useText();
  const isFiltered = filters.kind !== '' || filters.isMineOnly;
  const text = () => {
    if (isFiltered) return t('reviews.empty.filtered');
    return t(filters.state === 'open' ? 'reviews.empty.text' : 'reviews.empty.resolved');
  };
  return (
    <EmptyScreen icon={<IconCircleCheck />} title={t('reviews.empty.title')} text={text()}>
      {isFiltered && (
        <Button variant="default" onClick={onReset}>
          {t('reviews.empty.showAll')}
        </Button>
      )}
    </EmptyScreen>
  );
}

/** The list, and beside it the one that is looked at. Once decided, the next one comes. */
function Queue({ reviews, firstId }: { readonly reviews: readonly Review[]; readonly firstId: string | undefined }) {
  const decide = useDecide();
  const [openId, setOpenId] = useState(firstId);
  const [lastIndex, setLastIndex] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const assets = useNamed(reviews);
  const index = reviews.findIndex(({ id }) => id === openId);
  const current = reviews[index === -1 ? Math.min(lastIndex, reviews.length - 1) : index];
  const selected = reviews.filter(({ id }) => chosen.has(id));
  useEffect(() => {
    if (index !== -1) setLastIndex(index);
  }, [index]);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <div className={classes.queue}>
      <div className={classes.side}>
        {selected.length > 0 && <BulkAnswers reviews={selected} decide={decide} onDone={() => setChosen(new Set())} />}
        <ReviewList
          reviews={reviews}
          assets={assets}
          currentId={current?.id}
          chosen={chosen}
          onOpen={(id) => {
            decide.clearError();
            setOpenId(id);
          }}
          onChoose={toggle}
        />
      </div>
      <div className={classes.pane}>
        <ReviewError error={decide.error} />
        {current && (
          <ReviewDetail
            key={current.id}
            review={current}
            asset={assets.get(current.documentId)}
            other={current.otherId === undefined ? undefined : assets.get(current.otherId)}
            decide={decide}
          />
        )}
      </div>
    </div>
  );
}

function useNamed(reviews: readonly Review[]) {
  const ids = useMemo(
    () => [
      ...new Set(
        reviews.flatMap(({ collectionName, documentId, otherId }) =>
          collectionName === 'assets' ? [documentId, ...(otherId === undefined ? [] : [otherId])] : [],
        ),
      ),
    ],
    [reviews],
  );
  const assets = useAssets(ids);
  return useMemo(() => new Map(assets.map((asset) => [asset.id, asset])), [assets]);
}
