import { Button, Divider, Stack } from '@mantine/core';
import { IconKey, IconLockOpen } from '@tabler/icons-react';
import { type SubmitEvent, useRef, useState } from 'react';
import type { ErrorData, Result } from '#shared/domain/errors.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { GateLayout } from '../../components/gate-layout.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { useDesktop } from '../../store/desktop.tsx';
import { useText } from '../../text/use-text.ts';
import { DemonstrationBanner } from './demonstration-banner.tsx';

/** Opens an existing register (SPEC K1, K2). */
export function LockedScreen({ hasKeychain }: { readonly hasKeychain: boolean }) {
  const { bridge } = useDesktop();
  const { t } = useText();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<'empty' | 'wrong'>();
  const [error, setError] = useState<ErrorData>();
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const attempt = async (open: () => Promise<Result<null>>) => {
    setBusy(true);
    setProblem(undefined);
    setError(undefined);
    const result = await open();
    setBusy(false);
    if (result.ok) return;
    if (result.error.code === 'KEY_WRONG_PASSPHRASE') setProblem('wrong');
    else setError(result.error);
    field.current?.select();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (passphrase === '') return setProblem('empty');
    void attempt(() => bridge.unlock({ passphrase }));
  };

  return (
    <GateLayout title={t('gate.locked.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <DemonstrationBanner onFill={setPassphrase} />
          <PassphraseField
            ref={field}
            label={t('gate.locked.passphrase')}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            error={problem && t(`gate.locked.${problem}`)}
            errorProps={{ role: 'alert' }}
            data-autofocus
            autoFocus
          />
          <ErrorAlert error={error} />
          <Button type="submit" size="md" loading={isBusy} leftSection={<IconLockOpen size={18} />}>
            {t('gate.locked.open')}
          </Button>
          {hasKeychain && (
            <>
              <Divider label={t('gate.locked.or')} />
              <Button
                variant="default"
                size="md"
                disabled={isBusy}
                leftSection={<IconKey size={18} />}
                onClick={() => void attempt(() => bridge.unlockWithKeychain())}
              >
                {t('gate.locked.keychain')}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </GateLayout>
  );
}
