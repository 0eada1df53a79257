import { Alert, Badge, Button, FileButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ErrorData } from '#shared/domain/errors.ts';
import type { ReferenceLine, ReferencePreview, ReferenceTarget } from '#shared/protocol/reference-data.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useCommand } from '../../store/use-command.ts';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { ImportLines } from './import-lines.tsx';
import classes from './reference-data.module.css';
import { useFocusBack } from './use-focus-back.ts';

type ImportDialogProps = { readonly target: ReferenceTarget; readonly onClose: () => void };

/** A list from a file: what it would change is seen before anything is (SPEC R6). */
export function ImportDialog({ target, onClose }: ImportDialogProps) {
  const { t } = useText();
  const notify = useNotify();
  useFocusBack();
  const previewing = useCommand('previewReferences');
  const committing = useCommand('commitReferences');
  const [preview, setPreview] = useState<ReferencePreview>();
  const choose = async (file: File | null) => {
    if (!file) return;
    committing.clearError();
    const bytes = new Uint8Array(await file.arrayBuffer());
    setPreview(await previewing.run({ target, name: file.name, bytes }));
  };
  const commit = async () => {
    if (!preview) return;
    const done = await committing.run({ previewId: preview.previewId });
    if (!done) return;
    notify(t('references.importer.done', done));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={980}
      title={t('references.importer.title', { list: t(`references.section.${target}`) })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <div>
          <Text fz="sm">{t('references.importer.intro')}</Text>
          <Text fz="sm" c="dimmed">
            {t('references.importer.columnsTitle')} : {t(`references.importer.columns.${target}`)}
          </Text>
        </div>
        <Group gap="xs">
          <FileButton
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            onChange={(file) => void choose(file)}
            inputProps={{ 'aria-label': t('references.importer.choose') }}
          >
            {(props) => (
              <Button
                {...props}
                variant={preview ? 'default' : 'filled'}
                leftSection={<IconFileUpload size={17} />}
                loading={previewing.isRunning}
                data-autofocus
              >
                {t(preview ? 'references.importer.other' : 'references.importer.choose')}
              </Button>
            )}
          </FileButton>
        </Group>
        <FileError error={previewing.error} />
        {preview && <PreviewShown preview={preview} />}
        <ErrorAlert error={committing.error} />
        <Decision preview={preview} isRunning={committing.isRunning} onCommit={() => void commit()} onClose={onClose} />
      </Stack>
    </Modal>
  );
}

const OUTCOMES = ['created', 'changed', 'unchanged', 'refused'] as const satisfies readonly ReferenceLine['outcome'][];

function PreviewShown({ preview }: { readonly preview: ReferencePreview }) {
  const { t } = useText();
  const ignored = preview.columns.filter(({ field }) => field === undefined).map(({ header }) => header);
  return (
    <Stack gap="sm">
      <div className={classes.counts} role="status" aria-live="polite">
        {OUTCOMES.map((outcome) => (
          <span key={outcome} className={classes.count}>
            <strong>{formatInteger(preview.counts[outcome])}</strong>
            {t(`references.importer.counts.${outcome}`, { count: preview.counts[outcome] })}
          </span>
        ))}
      </div>
      {ignored.length > 0 && (
        <Group gap={6}>
          <Badge color="orange">{t('references.importer.ignored', { headers: ignored.join(', ') })}</Badge>
        </Group>
      )}
      <ImportLines lines={preview.lines} />
    </Stack>
  );
}

type DecisionProps = {
  readonly preview: ReferencePreview | undefined;
  readonly isRunning: boolean;
  readonly onCommit: () => void;
  readonly onClose: () => void;
};

function Decision({ preview, isRunning, onCommit, onClose }: DecisionProps) {
  const { t } = useText();
  const count = preview ? preview.counts.created + preview.counts.changed : 0;
  const refused = preview?.counts.refused ?? 0;
  return (
    <Group justify="flex-end">
      <Text fz="sm" c="dimmed" mr="auto">
        {preview && count === 0 && refused === 0 && t('references.importer.nothingToDo')}
        {count > 0 && refused > 0 && t('references.importer.skipped', { count: refused })}
      </Text>
      <Button variant="default" onClick={onClose}>
        {t('common.cancel')}
      </Button>
      {preview && (
        <Button disabled={count === 0} loading={isRunning} onClick={onCommit}>
          {t('references.importer.commit', { count })}
        </Button>
      )}
    </Group>
  );
}

const FILE_PROBLEMS = ['empty', 'too-large', 'not-text', 'unknown-format', 'bad-csv', 'no-column'] as const;

/** Why a file is no such list, and what to do. */
function FileError({ error }: { readonly error: ErrorData | undefined }) {
  const { t } = useText();
  if (error?.code !== 'IMPORT_UNREADABLE') return <ErrorAlert error={error} />;
  const { problem, line } = error.details ?? {};
  const known = FILE_PROBLEMS.find((name) => name === problem) ?? 'other';
  const at = known === 'bad-csv' && line !== undefined ? 'bad-csvAt' : known;
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle />} title={t('errors.IMPORT_UNREADABLE.title')}>
      <Text fz="sm">{t(`references.importer.file.${at}`, { line })}</Text>
    </Alert>
  );
}
