import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type SubmitEvent, useRef, useState } from 'react';
import { isReasonRequired } from '#shared/domain/lifecycle.ts';
import type { Asset, AssetStatus } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';

type StatusDialogProps = { readonly asset: Asset; readonly target: AssetStatus; readonly onClose: () => void };

/** A change of status with its reason and its paper (SPEC A4). */
export function StatusDialog({ asset, target, onClose }: StatusDialogProps) {
  const { t } = useText();
  const notify = useNotify();
  const { run, isRunning, error } = useCommand('changeStatus');
  const [reason, setReason] = useState('');
  const [documentNumber, setDocumentNumber] = useState('');
  const [isChecked, setChecked] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const isRequired = isReasonRequired(target);
  const isMissing = isRequired && reason.trim() === '';
  const status = t(`domain.status.${target}`);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isMissing) return field.current?.focus();
    const answer = await run({
      id: asset.id,
      status: target,
      ...(reason.trim() && { reason: reason.trim() }),
      ...(documentNumber.trim() && { documentNumber: documentNumber.trim() }),
    });
    if (!answer) return;
    notify(t('asset.statusDialog.done', { status }));
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('asset.statusDialog.title', { status })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <Text fz="sm" c="dimmed">
            {t('asset.statusDialog.from', { status: t(`domain.status.${asset.status}`) })}
          </Text>
          <Textarea
            ref={field}
            label={t('asset.statusDialog.reason')}
            description={t('asset.statusDialog.reasonHint')}
            required={isRequired}
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={isChecked && isMissing && t('asset.statusDialog.reasonRequired')}
            data-autofocus
          />
          <TextInput
            label={t('asset.statusDialog.documentNumber')}
            maxLength={100}
            value={documentNumber}
            onChange={(event) => setDocumentNumber(event.currentTarget.value)}
          />
          <ErrorAlert error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isRunning}>
              {t('asset.statusDialog.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
