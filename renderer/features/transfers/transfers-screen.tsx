import { Stack, Text, Title } from '@mantine/core';
import { useText } from '../../text/use-text.ts';
import { ReceiveFile } from './receive-file.tsx';
import { SentList } from './sent-list.tsx';
import classes from './transfers.module.css';

/** What goes to other institutions and what comes from them: by files that travel beside the papers. */
export function TransfersScreen() {
  const { t } = useText();
  return (
    <Stack gap="md" className={classes.screen}>
      <header>
        <Title order={1}>{t('transfers.title')}</Title>
        <Text fz="sm" c="dimmed" maw="46rem">
          {t('transfers.intro')}
        </Text>
      </header>
      <ReceiveFile />
      <SentList />
    </Stack>
  );
}
