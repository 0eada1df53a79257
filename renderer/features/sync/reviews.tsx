import { Anchor, Badge, Group, Text } from '@mantine/core';
import { map } from 'rxjs';
import { Link } from 'wouter';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './sync-screen.module.css';

const SHOWN = 50;

/** Conflicts and refusals that wait for a person: both values, side by side (SPEC M4). Deciding comes later. */
export function Reviews({ openCount }: { readonly openCount: number }) {
  const { t } = useText();
  const live = useOpenReviews();
  const reviews = readyValue(live) ?? [];
  const count = Math.max(openCount, reviews.length);
  return (
    <Section
      title={t('sync.reviews')}
      aside={count > 0 ? <Badge color="orange">{t('sync.open', { count })}</Badge> : undefined}
    >
      <Text fz="sm" c="dimmed">
        {t(count > 0 ? 'sync.reviewsText' : 'sync.reviewsEmpty')}
      </Text>
      {live.state === 'error' && <ErrorAlert error={live.error} />}
      {reviews.map((review) => (
        <Review key={review.id} review={review} />
      ))}
      {count > reviews.length && reviews.length === SHOWN && (
        <Text fz="sm" c="dimmed">
          {t('sync.reviewsMore', { count: count - reviews.length })}
        </Text>
      )}
    </Section>
  );
}

function useOpenReviews() {
  return useLiveQuery('reviews', (database) =>
    database.reviews
      .find({
        selector: { state: 'open' },
        sort: [{ state: 'desc' }, { openedAt: 'desc' }, { id: 'desc' }],
        limit: SHOWN,
      })
      .$.pipe(map((documents) => documents.map((document) => document.toJSON()))),
  );
}

type Row = Extract<ReturnType<typeof useOpenReviews>, { readonly state: 'ready' }>['value'][number];

function Review({ review }: { readonly review: Row }) {
  const { t, language } = useText();
  const isAsset = review.collectionName === 'assets';
  const name =
    useReviewedName(isAsset ? review.documentId : undefined) ??
    t(`domain.collection.${review.collectionName}`, { defaultValue: review.collectionName });
  return (
    <article className={classes.review}>
      <Group justify="space-between">
        <Text fz="sm" fw={600}>
          {isAsset ? (
            <Anchor component={Link} href={paths.asset(review.documentId)} inherit>
              {name}
            </Anchor>
          ) : (
            name
          )}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('sync.openedAt', { date: formatInstant(review.openedAt, language) })}
        </Text>
      </Group>
      <Text fz="sm" c="dimmed">
        {t(`domain.reviewKind.${review.kind}`)}
        {review.reason && ` · ${review.reason}`}
      </Text>
      {review.fields.length > 0 && <BothValues fields={review.fields} />}
    </article>
  );
}

function BothValues({ fields }: { readonly fields: Row['fields'] }) {
  const { t } = useText();
  const label = useFieldLabel();
  const text = useValueText();
  return (
    <table className={classes.values}>
      <thead>
        <tr>
          <th scope="col">{t('sync.reviewField')}</th>
          <th scope="col">{t('sync.reviewMine')}</th>
          <th scope="col">{t('sync.reviewTheirs')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ field, mine, theirs }) => (
          <tr key={field}>
            <th scope="row">{label(field)}</th>
            <td>{text(field, mine) ?? t('common.notFilled')}</td>
            <td>{text(field, theirs) ?? t('common.notFilled')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useReviewedName(assetId: string | undefined): string | undefined {
  const live = useLiveQuery(assetId, (database) =>
    database.assets
      .findOne(assetId ?? '')
      .$.pipe(map((asset) => (asset ? `${asset.designation} (${asset.reference})` : undefined))),
  );
  return readyValue(live);
}
