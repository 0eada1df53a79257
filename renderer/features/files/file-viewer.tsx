import { ActionIcon, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconCloudDownload, IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import type { FileState, FilesState } from '#shared/protocol/files.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import { download } from '../../components/download.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { readFile, usePicture } from '../../store/use-files.ts';
import { formatBytes, formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { FileIcon } from './file-tile.tsx';
import classes from './files.module.css';
import { useFilePlace } from './use-file-place.ts';

type FileViewerProps = {
  readonly files: readonly RegisterFile[];
  readonly index: number;
  readonly states: Readonly<Record<string, FileState>>;
  readonly active: FilesState['active'];
  readonly mayEdit: boolean;
  readonly onShow: (index: number) => void;
  readonly onClose: () => void;
};

/** One file large: the arrows go through the others, Escape closes. */
export function FileViewer({ files, index, states, active, mayEdit, onShow, onClose }: FileViewerProps) {
  const { t } = useText();
  const go = (step: number) => onShow((index + step + files.length) % files.length);
  useHotkeys([
    ['ArrowLeft', () => go(-1)],
    ['ArrowRight', () => go(1)],
  ]);
  const file = files[index];
  if (!file) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(72rem, 94vw)"
      title={file.name}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <Group wrap="nowrap" gap="xs">
          {files.length > 1 && (
            <ActionIcon size="lg" variant="subtle" aria-label={t('files.previous')} onClick={() => go(-1)}>
              <IconChevronLeft />
            </ActionIcon>
          )}
          <Stage key={file.id} file={file} state={states[file.id]} />
          {files.length > 1 && (
            <ActionIcon size="lg" variant="subtle" aria-label={t('files.next')} onClick={() => go(1)}>
              <IconChevronRight />
            </ActionIcon>
          )}
        </Group>
        <Facts file={file} state={states[file.id]} active={active} />
        <Actions key={`${file.id} actions`} file={file} state={states[file.id]} mayEdit={mayEdit} onRetired={onClose} />
      </Stack>
    </Modal>
  );
}

type PartProps = { readonly file: RegisterFile; readonly state: FileState | undefined };

function isHere(state: FileState | undefined): boolean {
  return state?.place === 'local' || state?.place === 'received';
}

function Stage({ file, state }: PartProps) {
  const { t } = useText();
  const isPicture = file.mediaType.startsWith('image/');
  const whole = usePicture(file.id, 'file', file.mediaType, isPicture && isHere(state));
  const small = usePicture(file.id, 'thumbnail', 'image/webp', state?.hasThumbnail === true && !isHere(state));
  const address = whole ?? small;
  return (
    <div className={classes.stage} style={{ flex: 1, minWidth: 0 }}>
      {address ? (
        <img src={address} alt={t('files.picture', { name: file.name })} />
      ) : (
        <FileIcon file={file} size={72} />
      )}
    </div>
  );
}

function Facts({ file, state, active }: PartProps & { readonly active: FilesState['active'] }) {
  const { t, language } = useText();
  const place = useFilePlace();
  const size = file.width && file.height ? `${file.width} × ${file.height} px, ` : '';
  return (
    <Text fz="sm" c="dimmed" aria-live="polite">
      {t('files.facts', {
        size: `${size}${formatBytes(file.bytes, language)}`,
        date: formatInstant(file.addedAt, language),
        name: file.author.name,
        where: place(file, state, active),
      })}
    </Text>
  );
}

type ActionsProps = PartProps & { readonly mayEdit: boolean; readonly onRetired: () => void };

function Actions({ file, state, mayEdit, onRetired }: ActionsProps) {
  const { t, language } = useText();
  const { channel } = useSession();
  const notify = useNotify();
  const fetching = useCommand('fetchFile');
  const retiring = useCommand('retireFile');
  const save = async () => download(await readFile(channel, file.id, 'file', file.mediaType), file.name);
  const retire = async () => {
    if ((await retiring.run({ id: file.id })) === undefined) return;
    notify(t('files.retired', { name: file.name }));
    onRetired();
  };
  return (
    <>
      <ErrorAlert error={fetching.error ?? retiring.error} />
      <Group gap="xs">
        {isHere(state) ? (
          <Button leftSection={<IconDeviceFloppy size={17} />} onClick={() => void save()}>
            {t('files.save')}
          </Button>
        ) : (
          <Button
            leftSection={<IconCloudDownload size={17} />}
            loading={state?.place === 'awaited'}
            onClick={() => void fetching.run({ id: file.id })}
          >
            {t('files.fetch', { size: formatBytes(file.bytes, language) })}
          </Button>
        )}
        {mayEdit && (
          <Button
            variant="default"
            leftSection={<IconTrash size={17} />}
            loading={retiring.isRunning}
            onClick={() => void retire()}
          >
            {t('files.retire')}
          </Button>
        )}
      </Group>
    </>
  );
}
