import { Stack, Text, Title } from '@mantine/core';
import { useText } from '../../text/use-text.ts';
import { FollowForm } from './follow-form.tsx';
import classes from './journal.module.css';
import { JournalVerification } from './journal-verification.tsx';

/** The journal as a whole: whether it can be trusted, and where to look something up in it. */
export function JournalScreen() {
  const { t } = useText();
  return (
    <Stack gap="md" className={classes.page}>
      <div>
        <Title order={1}>{t('journal.title')}</Title>
        <Text c="dimmed" fz="sm">
          {t('journal.intro')}
        </Text>
      </div>
      <JournalVerification />
      <FollowForm />
    </Stack>
  );
}
