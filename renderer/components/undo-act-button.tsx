import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { Act } from '#shared/domain/lifecycle.ts';
import { readyValue } from '../store/use-live-query.ts';
import { useQuestion } from '../store/use-question.ts';
import { useText } from '../text/use-text.ts';
import { ErrorAlert } from './error-alert.tsx';
import { useUndoAct } from './use-undo-act.ts';

type UndoActButtonProps = { readonly actId: string; readonly act: Act | undefined };

/** Takes an act of the journal back, after saying on how many assets it was. */
export function UndoActButton({ actId, act }: UndoActButtonProps) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconArrowBackUp size={15} />}
        onClick={() => setAsking(true)}
      >
        {t('acts.undo.button')}
      </Button>
      {isAsking && <UndoDialog actId={actId} act={act} onClose={() => setAsking(false)} />}
    </>
  );
}

function UndoDialog({ actId, act, onClose }: UndoActButtonProps & { readonly onClose: () => void }) {
  const { t } = useText();
  const { undo, isRunning, error } = useUndoAct();
  const assetIds = readyValue(useQuestion('getActAssets', { actId }))?.assetIds ?? [];
  const name = act ? t(`domain.act.${act}`) : t('domain.movementKind.update');
  const confirm = async () => {
    if (await undo({ actId, act, assetIds })) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('acts.undo.title', { act: name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <Text fz="sm">{t('acts.undo.text')}</Text>
        {assetIds.length > 1 && (
          <Text fz="sm" fw={600}>
            {t('acts.undo.many', { count: assetIds.length })}
          </Text>
        )}
        <ErrorAlert error={error} />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t('acts.undo.keep')}
          </Button>
          <Button loading={isRunning} onClick={() => void confirm()} data-autofocus>
            {t('acts.undo.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
