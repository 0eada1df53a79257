import { Alert, Anchor, Button, Group, Kbd, Stack, Text, Title } from '@mantine/core';
import { IconGitMerge, IconPencil, IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ruleOf } from '#shared/domain/lifecycle.ts';
import { mayDecide } from '#shared/domain/review.ts';
import type { FieldDecision, PlainAnswer, ReviewFacts } from '#shared/protocol/reviews.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { paths } from '../../components/paths.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useSession } from '../../store/session.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { answersTo, hasKey } from './answers.ts';
import { DecisionFacts } from './decision-facts.tsx';
import { proposedAnswer } from './proposal.ts';
import { KIND_ICONS, useReviewName } from './review-list.tsx';
import { useRefusal, useReviewWords } from './review-text.ts';
import classes from './reviews.module.css';
import type { Decide } from './use-decide.ts';
import { useReviewKeys } from './use-review-keys.ts';
import type { Review } from './use-reviews.ts';
import { useRowName } from './use-row-name.ts';
import { ValueChoices } from './value-choices.tsx';

type ReviewDetailProps = {
  readonly review: Review;
  readonly asset: Asset | undefined;
  readonly other: Asset | undefined;
  readonly decide: Decide;
};

/** One review: what happened, both values, and what can be answered. */
export function ReviewDetail({ review, asset, other, decide }: ReviewDetailProps) {
  const { t, language } = useText();
  const { identity } = useSession();
  const rowName = useRowName(review);
  const known = useReviewName()(review, asset);
  // Structures and places are named already.
  const name = rowName === undefined || known.endsWith(rowName) ? known : `${known} : ${rowName}`;
  const Icon = KIND_ICONS[review.kind];
  const facts = readyValue(useQuestion('getReviewFacts', { id: review.id }, 'reviews'));
  const mine = identity !== null && mayDecide(identity.person.role, review.collectionName);
  const isOpen = review.state === 'open';
  return (
    <article className={classes.detail} aria-labelledby="review-title">
      <header className={classes.detailHead}>
        <span className={classes.kindMark} data-kind={review.kind}>
          <Icon size={20} stroke={1.8} aria-hidden="true" />
        </span>
        <div className={classes.detailTitle}>
          <Text fz="xs" c="dimmed" fw={550}>
            {t(`reviews.kind.${review.kind}`)}
          </Text>
          <Title order={2} id="review-title">
            {name}
          </Title>
          <Text fz="xs" c="dimmed">
            {t('reviews.openedAt', { date: formatInstant(review.openedAt, language) })}
            {' · '}
            {ownerText()}
          </Text>
        </div>
        {asset && (
          <Anchor component={Link} href={paths.asset(asset.id)} fz="sm">
            {t('reviews.openRecord')}
          </Anchor>
        )}
      </header>
      <What review={review} />
      {isOpen ? (
        <Open review={review} asset={asset} other={other} facts={facts} decide={decide} mayDecide={mine} />
      ) : (
        <DecisionFacts review={review} facts={facts} decide={decide} mayDecide={mine} />
      )}
    </article>
  );

  function ownerText(): string {
    if (!review.owner) return t('reviews.noOwner');
    if (review.owner.personId === identity?.person.id) return t('reviews.ownerMe');
    return t('reviews.owner', { name: review.owner.name });
  }
}

function What({ review }: { readonly review: Review }) {
  const { t } = useText();
  const refusal = useRefusal(review);
  return (
    <>
      <Text fz="sm" maw="46rem">
        {review.otherMinistry
          ? t('reviews.what.elsewhere', { ministry: review.otherMinistry })
          : t(`reviews.what.${review.kind}`)}
      </Text>
      {review.kind === 'refused' && refusal && (
        <div className={classes.refusal}>
          <Text fz="sm" fw={550}>
            {t('reviews.refusedWhy', { reason: refusal.why })}
            {refusal.field && ` (${refusal.field})`}
          </Text>
          <Text fz="sm">{refusal.todo}</Text>
        </div>
      )}
    </>
  );
}

type OpenProps = ReviewDetailProps & { readonly facts: ReviewFacts | undefined; readonly mayDecide: boolean };

function Open({ review, asset, other, facts, decide, mayDecide: may }: OpenProps) {
  const { t } = useText();
  const { identity } = useSession();
  const [choices, setChoices] = useState<ReadonlyMap<string, FieldDecision>>(new Map());
  const hasValues = review.kind === 'same-field' || review.kind === 'edit-after-exit';
  const isGone = hasValues && review.collectionName === 'assets' && !asset;
  const choose = (choice: FieldDecision) => setChoices(new Map([...choices, [choice.field, choice]]));
  const isMixed = [...choices.values()].some(({ choice }) => choice !== 'theirs');
  const save = () =>
    void decide.choose(
      review,
      review.fields.map(({ field }) => choices.get(field) ?? { field, choice: 'theirs' }),
    );
  return (
    <Stack gap="md">
      {hasValues && (
        <ValueChoices review={review} facts={facts} choices={choices} {...(may && !isGone && { onChoose: choose })} />
      )}
      {review.kind === 'twin' && !review.otherMinistry && <Pair review={review} asset={asset} other={other} />}
      {isGone && <Text fz="sm">{t('reviews.gone')}</Text>}
      {!may && (
        <Alert color="gray">
          <Text fz="sm">{t('reviews.mayNot')}</Text>
        </Alert>
      )}
      {may && !isGone && (
        <Group gap="xs">
          {isMixed ? (
            <Button loading={decide.isRunning} onClick={save}>
              {t('reviews.answer.mixed')}
            </Button>
          ) : (
            <Answers review={review} other={other} asset={asset} facts={facts} decide={decide} />
          )}
          {review.owner?.personId !== identity?.person.id && <Take review={review} decide={decide} />}
        </Group>
      )}
      {may && (
        <Text fz="xs" c="dimmed">
          {t('reviews.keysHelp')}
        </Text>
      )}
    </Stack>
  );
}

function Key({ name }: { readonly name: 'kept' | 'taken' | 'separate' | 'merge' | 'resent' | 'take' }) {
  const { t } = useText();
  return (
    <Kbd size="xs" aria-hidden="true">
      {t(`reviews.keys.${name}`)}
    </Kbd>
  );
}

function Take({ review, decide }: Pick<OpenProps, 'review' | 'decide'>) {
  const { t } = useText();
  const take = () => void decide.take([review]);
  useReviewKeys({ [t('reviews.keys.take').toLowerCase()]: take });
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconUserCheck size={16} />}
      rightSection={<Key name="take" />}
      onClick={take}
    >
      {t('reviews.take')}
    </Button>
  );
}

/** The answers of a kind; the most usual one leads. */
function Answers({ review, asset, other, facts, decide }: Omit<OpenProps, 'mayDecide'>) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const { identity } = useSession();
  const isElsewhere = review.kind === 'refused' && facts !== undefined && !facts.isHere;
  const mayMerge = identity !== null && ruleOf('record-merge').roles.includes(identity.person.role);
  const mergePath = asset && other && mayMerge ? paths.mergeAssets(other.id, asset.id) : undefined;
  const answers = answersTo([review]).filter((answer) => answer !== 'given-up' || facts?.canGiveUp === true);
  const hasValues = review.kind === 'same-field' || review.kind === 'edit-after-exit';
  const proposed = hasValues ? proposedAnswer(review, facts) : undefined;
  const give = (answer: PlainAnswer) => () => void decide.answer([review], answer);
  useReviewKeys({
    ...Object.fromEntries(
      answers
        .filter(hasKey)
        .map((answer) => [t(`reviews.keys.${answer}`).toLowerCase(), isElsewhere ? undefined : give(answer)]),
    ),
    ...(mergePath && { [t('reviews.keys.merge').toLowerCase()]: () => navigate(mergePath) }),
  });
  if (isElsewhere) {
    const code = facts?.deviceCode;
    return <Text fz="sm">{code === undefined ? t('reviews.elsewhere') : t('reviews.elsewhereOn', { code })}</Text>;
  }
  return (
    <>
      {mergePath && (
        <Button
          component={Link}
          href={mergePath}
          leftSection={<IconGitMerge size={17} />}
          rightSection={<Key name="merge" />}
        >
          {t('reviews.answer.merge')}
        </Button>
      )}
      {review.kind === 'refused' && asset && (
        <Button component={Link} href={paths.editAsset(asset.id)} leftSection={<IconPencil size={17} />}>
          {t('reviews.answer.edit')}
        </Button>
      )}
      {answers.map((answer) => (
        <Button
          key={answer}
          variant={answer === proposed ? 'filled' : 'default'}
          loading={decide.isRunning}
          rightSection={hasKey(answer) && <Key name={answer} />}
          onClick={give(answer)}
        >
          {t(`reviews.answer.${answer}`)}
        </Button>
      ))}
      {review.kind === 'refused' && facts && !facts.canGiveUp && (
        <Text fz="xs" c="dimmed">
          {t('reviews.neverThere')}
        </Text>
      )}
    </>
  );
}

/** Two records that may be one thing. */
function Pair({ review, asset, other }: Pick<OpenProps, 'review' | 'asset' | 'other'>) {
  const { t } = useText();
  const words = useReviewWords(review);
  return (
    <div className={classes.pair}>
      {[other, asset].map((one, index) => (
        <div key={one?.id ?? index} className={classes.card}>
          {one ? (
            <>
              <Anchor component={Link} href={paths.asset(one.id)} fw={600} fz="sm">
                {one.reference}
              </Anchor>
              <Text fz="sm">{one.designation}</Text>
              <StatusBadge status={one.status} />
              {review.fields.map(({ field, mine, theirs }) => (
                <Text key={field} fz="xs" c="dimmed">
                  {`${words.field(field)} : ${String(one === asset ? mine : theirs)}`}
                </Text>
              ))}
            </>
          ) : (
            <Text fz="sm" c="dimmed">
              {t('reviews.gone')}
            </Text>
          )}
        </div>
      ))}
    </div>
  );
}
