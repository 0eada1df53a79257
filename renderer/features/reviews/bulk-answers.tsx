import { Button, Group, Text } from '@mantine/core';
import { useText } from '../../text/use-text.ts';
import { answersTo } from './answers.ts';
import classes from './reviews.module.css';
import type { Decide } from './use-decide.ts';
import type { Review } from './use-reviews.ts';

type BulkAnswersProps = {
  readonly reviews: readonly Review[];
  readonly decide: Decide;
  readonly onDone: () => void;
};

/** One answer to all that were chosen: all are decided, or none. */
export function BulkAnswers({ reviews, decide, onDone }: BulkAnswersProps) {
  const { t } = useText();
  const answers = answersTo(reviews);
  return (
    <section className={classes.bulk} aria-label={t('reviews.bulk')}>
      <Group justify="space-between">
        <Text fz="sm" fw={600} role="status">
          {t('reviews.selected', { count: reviews.length })}
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={onDone}>
          {t('reviews.selectNone')}
        </Button>
      </Group>
      {answers.length === 0 && (
        <Text fz="xs" c="dimmed">
          {t('reviews.mixed')}
        </Text>
      )}
      <Group gap="xs">
        {answers.map((answer) => (
          <Button
            key={answer}
            size="compact-sm"
            variant="default"
            loading={decide.isRunning}
            onClick={() => void decide.answer(reviews, answer).then((isDone) => isDone && onDone())}
          >
            {t(`reviews.answer.${answer}`)}
          </Button>
        ))}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void decide.take(reviews)}>
          {t('reviews.take')}
        </Button>
      </Group>
    </section>
  );
}
