import { Center, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';
import { useDelayed } from './use-delayed.ts';

type EmptyScreenProps = {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
};

/** Nothing to show, and what to do about it. */
export function EmptyScreen({ icon, title, text, children }: EmptyScreenProps) {
  return (
    <Center h="100%" p="xl">
      <Stack align="center" gap="sm" maw={460}>
        <ThemeIcon size={56} radius="xl" variant="light" color="gray">
          {icon}
        </ThemeIcon>
        <Title order={2} ta="center">
          {title}
        </Title>
        <Text c="dimmed" ta="center">
          {text}
        </Text>
        {children}
      </Stack>
    </Center>
  );
}

/** A wait that shows itself only when it lasts. */
export function LoadingScreen() {
  const { t } = useText();
  const isLong = useDelayed(true);
  return (
    <Center h="100%" p="xl" role="status" aria-label={t('common.loading')}>
      {isLong && <Loader type="dots" />}
    </Center>
  );
}
