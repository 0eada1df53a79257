import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconInfoCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReviewFacts } from '#shared/protocol/reviews.ts';
import { useLateDecisions } from '../../store/late-decisions.tsx';
import { useSession } from '../../store/session.tsx';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { useReviewWords } from './review-text.ts';
import classes from './reviews.module.css';
import type { Decide } from './use-decide.ts';
import type { Review } from './use-reviews.ts';
import { ValueChoices } from './value-choices.tsx';

type DecisionFactsProps = {
  readonly review: Review;
  readonly facts: ReviewFacts | undefined;
  readonly decide: Decide;
  readonly mayDecide: boolean;
};

/** What was decided, by whom, and what was decided besides and did not stand (SPEC V5). */
export function DecisionFacts({ review, facts, decide, mayDecide }: DecisionFactsProps) {
  const { t, language } = useText();
  const { identity } = useSession();
  const { decision, overruled = [] } = review;
  useSeen(overruled, identity?.device.id);
  const canReopen = decision && mayDecide && decision.outcome !== 'resent' && decision.outcome !== 'merged';
  return (
    <Stack gap="md">
      {overruled.map((lost) => {
        const isMine = lost.author.personId === identity?.person.id;
        return (
          <Alert
            key={lost.actId}
            color={isMine ? 'orange' : 'gray'}
            icon={<IconInfoCircle />}
            title={t(isMine ? 'reviews.overruled.mine' : 'reviews.overruled.other')}
          >
            <Text fz="sm">
              {t('reviews.overruled.text', {
                name: lost.author.name,
                date: formatInstant(lost.decidedAt, language),
                outcome: t(`reviews.outcome.${lost.outcome}`),
              })}
            </Text>
          </Alert>
        );
      })}
      {(review.kind === 'same-field' || review.kind === 'edit-after-exit') && (
        <ValueChoices review={review} facts={facts} choices={new Map()} />
      )}
      {decision && (
        <div className={classes.card}>
          <Text fz="sm" fw={600}>
            {t(`reviews.outcome.${decision.outcome}`)}
          </Text>
          <Text fz="xs" c="dimmed">
            {t('reviews.decided', {
              name: decision.author.name,
              date: formatInstant(decision.decidedAt, language),
            })}
          </Text>
          <Kept review={review} decision={decision} />
          {decision.note && <Text fz="sm">{decision.note}</Text>}
        </div>
      )}
      {canReopen && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} />}
            loading={decide.isRunning}
            onClick={() => void decide.reopen(review)}
          >
            {t('reviews.reopen')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** SPEC V5: who looks at a decision that came too late has seen it. */
function useSeen(overruled: NonNullable<Review['overruled']>, deviceId: string | undefined): void {
  const { unseen, noteSeen } = useLateDecisions();
  const late = unseen.filter(({ actId }) =>
    overruled.some((lost) => lost.actId === actId && lost.deviceId === deviceId),
  );
  const key = late.map(({ actId }) => actId).join(' ');
  useEffect(() => {
    if (key !== '') noteSeen(key.split(' '));
  }, [key, noteSeen]);
}

type KeptProps = { readonly review: Review; readonly decision: NonNullable<Review['decision']> };

function Kept({ review, decision }: KeptProps) {
  const { t } = useText();
  const words = useReviewWords(review);
  return decision.values.map(({ field, value }) => (
    <Text key={field} fz="sm">
      {`${words.field(field)} : ${words.value(field, value) ?? t('common.notFilled')}`}
    </Text>
  ));
}
