import { Center, Loader, Stack, Text } from '@mantine/core';
import { useText } from '../text/use-text.ts';
import { BrandMark } from './brand-mark.tsx';
import { useDelayed } from './use-delayed.ts';

type OpeningScreenProps = { readonly step: 'file' | 'backup' | 'migration' | 'screens' };

/** The moment between the passphrase and the register. Says nothing if it is short. */
export function OpeningScreen({ step }: OpeningScreenProps) {
  const { t } = useText();
  const isLong = useDelayed(true);
  return (
    <Center component="main" mih="100vh">
      {isLong && (
        <Stack align="center" gap="md" role="status">
          <BrandMark size={44} />
          <Loader size="sm" type="dots" />
          <Text c="dimmed">{t(`gate.opening.${step}`)}</Text>
        </Stack>
      )}
    </Center>
  );
}
