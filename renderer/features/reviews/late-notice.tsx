import { Button, Text } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { paths } from '../../components/paths.ts';
import { useLateDecisions } from '../../store/late-decisions.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './late-notice.module.css';

/** SPEC V5: whoever decided too late is told so on every screen, until they have seen it. */
export function LateNotice() {
  const { t } = useText();
  const { unseen, noteSeen } = useLateDecisions();
  const [first] = unseen;
  return (
    <div role="status" aria-live="polite">
      {first && (
        <div className={classes.notice}>
          <IconArrowsSplit2 size={18} className={classes.mark} aria-hidden="true" />
          <Text fz="sm" className={classes.words ?? ''}>
            {t('reviews.late.text', { count: unseen.length, by: first.by })}
          </Text>
          <Button size="compact-sm" variant="default" component={Link} href={paths.decidedReview(first.reviewId)}>
            {t('reviews.late.show')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => noteSeen(unseen.map(({ actId }) => actId))}>
            {t('reviews.late.understood')}
          </Button>
        </div>
      )}
    </div>
  );
}
