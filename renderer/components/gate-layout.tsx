import { Box, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDesktop } from '../store/desktop.tsx';
import { LANGUAGES } from '../text/i18n.ts';
import { useText } from '../text/use-text.ts';
import { BrandMark } from './brand-mark.tsx';
import classes from './gate-layout.module.css';

type GateLayoutProps = { readonly title: string; readonly intro?: ReactNode; readonly children: ReactNode };

/** The frame of every screen that stands before the register: one card, one task. */
export function GateLayout({ title, intro, children }: GateLayoutProps) {
  const { info } = useDesktop();
  const { t, language, setLanguage } = useText();
  return (
    <Box className={classes.page}>
      <Box component="header" className={classes.brand}>
        <BrandMark size={40} />
        <div>
          <Text fw={650} fz="lg" lh={1.2}>
            {t('shell.product')}
          </Text>
          <Text fz="sm" c="dimmed">
            {t('shell.tagline')}
          </Text>
        </div>
      </Box>
      <Paper component="main" className={classes.card} withBorder>
        <Stack gap="md">
          <div>
            <Title order={1}>{title}</Title>
            {intro && (
              <Text c="dimmed" mt={6}>
                {intro}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </Paper>
      <Group component="footer" className={classes.footer} gap="lg">
        <Text fz="xs" c="dimmed">
          {t('gate.profile', { profile: info.profile })}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('gate.version', { version: info.version })}
        </Text>
        <Group gap={4}>
          {LANGUAGES.map((known) => (
            <Button
              key={known}
              size="compact-xs"
              variant={known === language ? 'light' : 'subtle'}
              color="gray"
              aria-pressed={known === language}
              onClick={() => setLanguage(known)}
            >
              {t(`settings.languages.${known}`)}
            </Button>
          ))}
        </Group>
      </Group>
    </Box>
  );
}
