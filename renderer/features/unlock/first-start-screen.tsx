import { Alert, Button, Checkbox, Progress, Stack, Text } from '@mantine/core';
import { IconLock, IconPencil } from '@tabler/icons-react';
import { type SubmitEvent, useRef, useState } from 'react';
import type { ErrorData } from '#shared/domain/errors.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { GateLayout } from '../../components/gate-layout.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { useDesktop } from '../../store/desktop.tsx';
import { useText } from '../../text/use-text.ts';
import { DemonstrationBanner } from './demonstration-banner.tsx';
import { estimateStrength, STRENGTH_LEVELS, type StrengthLevel } from './passphrase-strength.ts';

const MIN_LENGTH = 8;
const COLOURS = {
  empty: 'gray',
  weak: 'red',
  fair: 'yellow',
  good: 'forest',
  strong: 'forest',
} as const satisfies Record<StrengthLevel, string>;

/** Creates the register: a passphrase typed twice, and plain words about what it means (SPEC K1). */
export function FirstStartScreen() {
  const { bridge, info } = useDesktop();
  const { t } = useText();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [useKeychain, setUseKeychain] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorData>();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const isTooShort = passphrase.length < MIN_LENGTH;
  const isDifferent = passphrase !== again;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isTooShort) return first.current?.focus();
    if (isDifferent) return second.current?.focus();
    setBusy(true);
    setError(undefined);
    const result = await bridge.createRegister({ passphrase, useKeychain });
    setBusy(false);
    if (!result.ok) setError(result.error);
  };

  return (
    <GateLayout title={t('gate.firstStart.title')} intro={t('gate.firstStart.intro')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <DemonstrationBanner
            onFill={(known) => {
              setPassphrase(known);
              setAgain(known);
            }}
          />
          <div>
            <PassphraseField
              ref={first}
              label={t('gate.firstStart.passphrase')}
              description={t('gate.firstStart.passphraseHint')}
              value={passphrase}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
              error={isChecked && isTooShort && t('gate.firstStart.tooShort')}
              autoFocus
            />
            <StrengthMeter passphrase={passphrase} />
          </div>
          <PassphraseField
            ref={second}
            label={t('gate.firstStart.again')}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
            error={isChecked && !isTooShort && isDifferent && t('gate.firstStart.different')}
          />
          <Alert color="gray" icon={<IconPencil />} title={t('gate.firstStart.noRecovery')}>
            {t('gate.firstStart.noRecoveryText')}
          </Alert>
          {info.canUseKeychain && (
            <Checkbox
              label={t('gate.firstStart.keychain')}
              description={t('gate.firstStart.keychainText')}
              checked={useKeychain}
              onChange={(event) => setUseKeychain(event.currentTarget.checked)}
            />
          )}
          <ErrorAlert error={error} />
          <Button type="submit" size="md" loading={isBusy} leftSection={<IconLock size={18} />}>
            {t('gate.firstStart.create')}
          </Button>
        </Stack>
      </form>
    </GateLayout>
  );
}

function StrengthMeter({ passphrase }: { readonly passphrase: string }) {
  const { t } = useText();
  const { level, advice } = estimateStrength(passphrase);
  const step = 100 / (STRENGTH_LEVELS.length - 1);
  const words = t('gate.firstStart.strength', { level: t(`gate.firstStart.strengthLevels.${level}`) });
  return (
    <div>
      <Progress
        mt="xs"
        size={6}
        value={STRENGTH_LEVELS.indexOf(level) * step}
        color={COLOURS[level]}
        aria-label={words}
        aria-hidden
      />
      <Text fz="xs" c="dimmed" mt={4} aria-live="polite">
        {words}
        {advice && ` · ${t(`gate.firstStart.advice.${advice}`)}`}
      </Text>
    </div>
  );
}
