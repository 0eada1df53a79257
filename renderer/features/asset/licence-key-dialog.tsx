import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { MAX_LICENCE_KEY } from '#shared/protocol/licence-keys.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { PassphraseField } from '../../components/passphrase-field.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';

export type KeyTask = 'write' | 'reveal' | 'remove';

type LicenceKeyDialogProps = {
  readonly assetId: string;
  readonly task: KeyTask;
  readonly onClose: () => void;
  readonly onRevealed: (key: string) => void;
  readonly onChanged: () => void;
};

const TITLES = {
  write: 'natures.key.writeTitle',
  reveal: 'natures.key.revealTitle',
  remove: 'natures.key.removeTitle',
} as const;
const BUTTONS = { write: 'natures.key.write', reveal: 'natures.key.show', remove: 'natures.key.remove' } as const;

/** Asks for the passphrase, and for the key where one is to be kept. What is typed is forgotten when it closes. */
export function LicenceKeyDialog({ assetId, task, onClose, onRevealed, onChanged }: LicenceKeyDialogProps) {
  const { t } = useText();
  const writing = useCommand('writeLicenceKey');
  const revealing = useCommand('revealLicenceKey');
  const [key, setKey] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [isChecked, setChecked] = useState(false);
  const error = writing.error ?? revealing.error;
  const isWrong = error?.code === 'KEY_WRONG_PASSPHRASE';
  const missing = { key: task === 'write' && !key.trim(), passphrase: passphrase === '' };
  const passphraseError = () => {
    if (isWrong) return t('natures.key.wrong');
    return isChecked && missing.passphrase ? t('domain.problem.required') : undefined;
  };

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (missing.key || missing.passphrase) return;
    if (task === 'reveal') {
      const answer = await revealing.run({ assetId, passphrase });
      if (!answer) return;
      onRevealed(answer.key);
    } else {
      const answer = await writing.run({ assetId, passphrase, key: task === 'write' ? key.trim() : null });
      if (answer === undefined) return;
      onChanged();
    }
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={t(TITLES[task])} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          {task === 'remove' && <Text fz="sm">{t('natures.key.removeText')}</Text>}
          {task === 'write' && (
            <Textarea
              label={t('natures.key.value')}
              required
              autosize
              minRows={1}
              maxRows={6}
              maxLength={MAX_LICENCE_KEY}
              spellCheck={false}
              autoComplete="off"
              data-autofocus
              value={key}
              error={isChecked && missing.key && t('domain.problem.required')}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
          )}
          <PassphraseField
            label={t('natures.key.passphrase')}
            description={t('natures.key.passphraseHint')}
            required
            maxLength={1000}
            {...(task !== 'write' && { 'data-autofocus': true })}
            value={passphrase}
            error={passphraseError()}
            onChange={(event) => {
              setPassphrase(event.currentTarget.value);
              writing.clearError();
              revealing.clearError();
            }}
          />
          <ErrorAlert error={isWrong ? undefined : error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              color={task === 'remove' ? 'red' : 'forest'}
              loading={writing.isRunning || revealing.isRunning}
            >
              {t(BUTTONS[task])}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
