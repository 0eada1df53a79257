import { Alert, Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';
import { FileFacts } from './file-facts.tsx';
import type { BroughtFile } from './receive-file.tsx';
import { useSaveText } from './use-save-text.ts';

type TransferFileProps = { readonly file: BroughtFile; readonly onDone: () => void };

/** What another institution sends: where to put it, then the receipt to send back. */
export function TransferFile({ file: { text, preview }, onDone }: TransferFileProps) {
  const { t } = useText();
  const { channel } = useSession();
  const { save, error } = useSaveText();
  const news = preview.lines.filter(({ outcome }) => outcome === 'create').length;
  const done = preview.lines.filter(({ outcome }) => outcome === 'done').length;
  return (
    <Stack gap="md">
      <FileFacts preview={preview} />
      {news > 0 && <PlaceForm text={text} count={news} onDone={onDone} />}
      {done > 0 && (
        <Alert color="forest" icon={<IconCircleCheck />} title={t('transfers.received.title', { count: done })}>
          <Group justify="space-between">
            {t('transfers.received.text')}
            <Button
              size="sm"
              leftSection={<IconDownload size={16} />}
              onClick={() => void save(channel.question('makeTransferReceipt', { text }))}
            >
              {t('transfers.received.save')}
            </Button>
          </Group>
        </Alert>
      )}
      <ErrorAlert error={error} />
    </Stack>
  );
}

type PlaceFormProps = { readonly text: string; readonly count: number; readonly onDone: () => void };

function PlaceForm({ text, count, onDone }: PlaceFormProps) {
  const { t } = useText();
  const { structures, sites, usualStructureId } = useDirectory();
  const { run, isRunning, error } = useCommand('receiveTransfer');
  const [structureId, setStructure] = useState<string | null>(usualStructureId || null);
  const [siteId, setSite] = useState<string | null>(null);
  const [room, setRoom] = useState('');
  const [isChecked, setChecked] = useState(false);
  const missing = (value: string | null) => isChecked && !value && t('domain.problem.required');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!structureId || !siteId) return;
    const answer = await run({ text, structureId, siteId, ...(room.trim() && { room: room.trim() }) });
    if (answer) onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={3}>
          <TreeSelect
            label={t('domain.field.structureId')}
            required
            tree={structures}
            value={structureId}
            onChange={setStructure}
            error={missing(structureId)}
          />
          <TreeSelect
            label={t('domain.field.siteId')}
            required
            tree={sites}
            placeholder={t('assetForm.sitePlaceholder')}
            value={siteId}
            onChange={setSite}
            error={missing(siteId)}
          />
          <TextInput
            label={t('domain.field.room')}
            value={room}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setRoom(event.currentTarget.value)}
          />
        </SimpleGrid>
        <ErrorAlert error={error} />
        <Group justify="flex-end">
          <Button type="submit" loading={isRunning}>
            {t('transfers.receive.confirm', { count })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
