import { Checkbox, Text } from '@mantine/core';
import { IconArrowsSplit2, IconCopy, IconDoorExit, IconMailX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { useDirectory } from '../../store/directory.tsx';
import { useSession } from '../../store/session.tsx';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { useRefusal, useReviewWords } from './review-text.ts';
import classes from './reviews.module.css';
import type { Review } from './use-reviews.ts';

export const KIND_ICONS = {
  'same-field': IconArrowsSplit2,
  'edit-after-exit': IconDoorExit,
  twin: IconCopy,
  refused: IconMailX,
} as const;

type ReviewListProps = {
  readonly reviews: readonly Review[];
  readonly assets: ReadonlyMap<string, Asset>;
  readonly currentId: string | undefined;
  readonly chosen: ReadonlySet<string>;
  readonly onOpen: (id: string) => void;
  readonly onChoose: (id: string) => void;
};

/** The queue: arrows move through it, Space chooses, as in the list of assets. */
export function ReviewList({ reviews, assets, currentId, chosen, onOpen, onChoose }: ReviewListProps) {
  const { t } = useText();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (currentId !== undefined) list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = reviews.findIndex(({ id }) => id === currentId) + step;
    const next = reviews[Math.min(reviews.length - 1, Math.max(0, index))];
    if (!next) return;
    onOpen(next.id);
    document.getElementById(rowId(next.id))?.focus();
  };
  return (
    <ul className={classes.list} aria-label={t('reviews.list')} ref={list} onKeyDown={move}>
      {reviews.map((review) => (
        <Row
          key={review.id}
          review={review}
          asset={assets.get(review.documentId)}
          isCurrent={review.id === currentId}
          isChosen={chosen.has(review.id)}
          onOpen={() => onOpen(review.id)}
          onChoose={() => onChoose(review.id)}
        />
      ))}
    </ul>
  );
}

function rowId(id: string): string {
  return `review-${id}`;
}

type RowProps = {
  readonly review: Review;
  readonly asset: Asset | undefined;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly onOpen: () => void;
  readonly onChoose: () => void;
};

function Row({ review, asset, isCurrent, isChosen, onOpen, onChoose }: RowProps) {
  const { t, language } = useText();
  const name = useReviewName()(review, asset);
  const title = asset?.designation ?? name;
  const Icon = KIND_ICONS[review.kind];
  const { identity } = useSession();
  return (
    <li className={classes.row} data-current={isCurrent || undefined} data-chosen={isChosen || undefined}>
      {review.state === 'open' && (
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={t('reviews.select', { name })}
          checked={isChosen}
          onChange={onChoose}
        />
      )}
      <button
        type="button"
        id={rowId(review.id)}
        className={classes.open}
        aria-current={isCurrent || undefined}
        tabIndex={isCurrent ? 0 : -1}
        onClick={onOpen}
        onKeyDown={(event) => {
          if (event.key !== ' ' || review.state !== 'open') return;
          event.preventDefault();
          onChoose();
        }}
      >
        <span className={classes.rowName}>{title}</span>
        {asset && <span className={classes.reference}>{asset.reference}</span>}
        <span className={classes.rowKind}>
          <Icon size={14} stroke={1.8} aria-hidden="true" />
          {t(`reviews.kind.${review.kind}`)}
        </span>
        <Summary review={review} />
        {review.overruled?.some(({ deviceId }) => deviceId === identity?.device.id) && (
          <span className={classes.lost}>{t('reviews.overruled.mine')}</span>
        )}
        <Text span fz="xs" c="dimmed" className="tabular">
          {[review.owner?.name, formatInstant(review.decision?.decidedAt ?? review.openedAt, language)]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </button>
    </li>
  );
}

/** What it is about, in one line. */
function Summary({ review }: { readonly review: Review }) {
  const { t } = useText();
  const words = useReviewWords(review);
  const refusal = useRefusal(review);
  const [first, ...others] = review.fields;
  if (review.decision)
    return <span className={classes.summary}>{t(`reviews.outcome.${review.decision.outcome}`)}</span>;
  if (review.otherMinistry) return <span className={classes.summary}>{review.otherMinistry}</span>;
  if (refusal) return <span className={classes.summary}>{refusal.field ?? refusal.why}</span>;
  if (!first) return null;
  const value = (one: unknown) => words.value(first.field, one) ?? t('common.notFilled');
  const more = others.length > 0 ? ` +${others.length}` : '';
  const both = review.kind === 'twin' ? value(first.mine) : `${value(first.theirs)} ↔ ${value(first.mine)}`;
  return <span className={classes.summary}>{`${words.field(first.field)} : ${both}${more}`}</span>;
}

/** What a review is about, by name. */
export function useReviewName(): (review: Review, asset: Asset | undefined) => string {
  const { t } = useText();
  const { structures, sites } = useDirectory();
  return ({ collectionName, documentId }, asset) => {
    if (asset) return `${asset.designation} (${asset.reference})`;
    const kind = t(`domain.collection.${collectionName}`, { defaultValue: collectionName });
    const place = { structures, sites }[collectionName]?.byId.get(documentId)?.name;
    return place === undefined ? kind : `${kind} : ${place}`;
  };
}
