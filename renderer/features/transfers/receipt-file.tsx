import { Button, Group, Stack, Text } from '@mantine/core';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useActNotice } from '../../store/act-notice.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';
import { FileFacts } from './file-facts.tsx';
import type { BroughtFile } from './receive-file.tsx';

type ReceiptFileProps = { readonly file: BroughtFile; readonly onDone: () => void };

/** The receiver has them: what is still on its way leaves the register's hands. */
export function ReceiptFile({ file: { text, preview }, onDone }: ReceiptFileProps) {
  const { t } = useText();
  const { announce } = useActNotice();
  const { run, isRunning, error } = useCommand('confirmTransfer');
  const open = preview.lines.filter(({ outcome }) => outcome === 'confirm').length;
  const confirm = async () => {
    const answer = await run({ text });
    if (!answer) return;
    announce({
      actId: answer.actId,
      act: 'handover',
      assetIds: [],
      message: t('transfers.confirmed', { count: answer.changed, to: preview.from }),
      canBeUndone: false,
    });
    onDone();
  };
  return (
    <Stack gap="md">
      <FileFacts preview={preview} />
      <ErrorAlert error={error} />
      <Group justify="flex-end">
        {open === 0 ? (
          <Text fz="sm" c="dimmed">
            {t('transfers.nothingToConfirm')}
          </Text>
        ) : (
          <Button loading={isRunning} onClick={() => void confirm()}>
            {t('transfers.confirm', { count: open })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
