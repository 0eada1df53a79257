import { Alert, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconFileUnknown, IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { TransferPreview } from '#shared/protocol/transfers.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import { ReceiptFile } from './receipt-file.tsx';
import { TransferFile } from './transfer-file.tsx';

/** A file as somebody brought it, and what it would do here. */
export type BroughtFile = {
  readonly text: string;
  readonly preview: Exclude<TransferPreview, { readonly kind: 'unreadable' }>;
};

/** A transfer to receive, or the receipt for one that was sent: the file says which. */
export function ReceiveFile() {
  const { t } = useText();
  const { channel } = useSession();
  const [chosen, setChosen] = useState<{
    readonly name: string;
    readonly text: string;
    readonly preview: TransferPreview;
  }>();
  const [error, setError] = useState<ErrorData>();

  const read = async (name: string, text: string) => {
    setError(undefined);
    try {
      setChosen({ name, text, preview: await channel.question('readTransfer', { text }) });
    } catch (cause) {
      setChosen(undefined);
      setError(toErrorData(cause));
    }
  };
  const choose = async (file: File | null) => {
    if (file) await read(file.name, await file.text());
  };
  const { name = '', text = '', preview } = chosen ?? {};
  const again = () => void read(name, text);
  return (
    <Section title={t('transfers.receive.title')}>
      <Stack gap="md">
        <Group gap="md">
          <FileButton onChange={(file) => void choose(file)} accept="application/json,.json">
            {(props) => (
              <Button {...props} variant={preview ? 'default' : 'filled'} leftSection={<IconFileUpload size={17} />}>
                {t('transfers.receive.choose')}
              </Button>
            )}
          </FileButton>
          <Text fz="sm" c="dimmed" maw="40rem">
            {name || t('transfers.receive.hint')}
          </Text>
        </Group>
        <ErrorAlert error={error} />
        {preview?.kind === 'unreadable' && (
          <Alert color="red" role="alert" icon={<IconFileUnknown />} title={t('transfers.receive.unusable')}>
            {t(`transfers.problem.${preview.problem}`)}
          </Alert>
        )}
        {preview?.kind === 'transfer' && <TransferFile key={text} file={{ text, preview }} onDone={again} />}
        {preview?.kind === 'receipt' && <ReceiptFile key={text} file={{ text, preview }} onDone={again} />}
      </Stack>
    </Section>
  );
}
