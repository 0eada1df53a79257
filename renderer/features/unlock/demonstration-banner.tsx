import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useDesktop } from '../../store/desktop.tsx';
import { useText } from '../../text/use-text.ts';

/** The demonstration says its passphrase; no other profile ever does. */
export function DemonstrationBanner({ onFill }: { readonly onFill: (passphrase: string) => void }) {
  const { info } = useDesktop();
  const { t } = useText();
  if (!info.demonstration) return null;
  const { passphrase } = info.demonstration;
  return (
    <Alert color="yellow" icon={<IconFlask />}>
      <Text fz="sm">{t('gate.demonstration.text')}</Text>
      <Group mt="xs" justify="space-between">
        <Code fz="sm">{passphrase}</Code>
        <Button size="xs" variant="default" onClick={() => onFill(passphrase)}>
          {t('gate.demonstration.fill')}
        </Button>
      </Group>
    </Alert>
  );
}
