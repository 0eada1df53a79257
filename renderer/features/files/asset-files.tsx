import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconAlertTriangle, IconPaperclip, IconPhotoPlus } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { map } from 'rxjs';
import { isAllowed } from '#shared/domain/roles.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useFileStates, useFilesState } from '../../store/use-files.ts';
import { useLiveQuery } from '../../store/use-live-query.ts';
import { useText } from '../../text/use-text.ts';
import { FileTile } from './file-tile.tsx';
import { FileViewer } from './file-viewer.tsx';
import classes from './files.module.css';
import { type Attaching, type Refused, useAttach } from './use-attach.ts';

/** Photos and documents of an asset: to look at, to add by choosing, dropping or pasting, to take off. */
export function AssetFiles({ asset }: { readonly asset: Asset }) {
  const { t } = useText();
  const { identity } = useSession();
  const mayEdit = identity !== null && isAllowed(identity.person.role, 'asset.update') && asset.status !== 'merged';
  const live = useLiveQuery(asset.id, (database) =>
    database.files
      .find({ selector: { assetId: asset.id }, sort: [{ assetId: 'asc' }, { addedAt: 'asc' }, { id: 'asc' }] })
      .$.pipe(map((documents) => documents.map((document) => document.toJSON()))),
  );
  const attaching = useAttach(asset.id);
  const open = useRef<() => void>(null);
  usePaste(mayEdit, attaching);
  const all = live.state === 'ready' ? live.value : [];
  const shown = all.filter(({ removed }) => !removed);
  return (
    <Section
      title={t('files.title')}
      aside={
        mayEdit && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPhotoPlus size={16} />}
            loading={attaching.progress !== undefined}
            onClick={() => open.current?.()}
          >
            {t('files.add')}
          </Button>
        )
      }
    >
      {live.state === 'error' && <ErrorAlert error={live.error} />}
      <Dropzone
        openRef={open}
        onDrop={(files) => void attaching.attach(files)}
        disabled={!mayEdit}
        activateOnClick={false}
        activateOnKeyboard={false}
        className={classes.drop}
        inputProps={{ 'aria-label': t('files.choose') }}
        tabIndex={-1}
      >
        {live.state === 'ready' && shown.length === 0 && <Empty mayEdit={mayEdit} />}
        <Files files={shown} mayEdit={mayEdit} />
      </Dropzone>
      <Text fz="sm" c="dimmed" mt={attaching.progress ? 'xs' : 0} role="status" aria-live="polite">
        {attaching.progress &&
          t('files.adding', { done: attaching.progress.done + 1, count: attaching.progress.total })}
      </Text>
      <Refusals refused={attaching.refused} onClose={attaching.dismiss} />
      <Retired files={all.filter(({ removed }) => removed)} mayEdit={mayEdit} />
    </Section>
  );
}

function Empty({ mayEdit }: { readonly mayEdit: boolean }) {
  const { t } = useText();
  return (
    <div className={classes.empty}>
      <IconPaperclip size={26} stroke={1.4} aria-hidden="true" />
      <Text fz="sm">{t('files.empty')}</Text>
      {mayEdit && (
        <Text fz="xs" c="dimmed">
          {t('files.hint')}
        </Text>
      )}
    </div>
  );
}

function Files({ files, mayEdit }: { readonly files: readonly RegisterFile[]; readonly mayEdit: boolean }) {
  const { t } = useText();
  const [shownId, setShownId] = useState<string>();
  const state = useFilesState();
  const states = useFileStates(
    files.map(({ id }) => id),
    state?.revision,
  );
  const index = files.findIndex(({ id }) => id === shownId);
  if (files.length === 0) return null;
  return (
    <>
      <ul className={classes.grid} aria-label={t('files.title')}>
        {files.map((file) => (
          <FileTile
            key={file.id}
            file={file}
            state={states[file.id]}
            active={state?.active}
            onOpen={() => setShownId(file.id)}
          />
        ))}
      </ul>
      {index >= 0 && (
        <FileViewer
          files={files}
          index={index}
          states={states}
          active={state?.active}
          mayEdit={mayEdit}
          onShow={(next) => setShownId(files[next]?.id)}
          onClose={() => setShownId(undefined)}
        />
      )}
    </>
  );
}

/** What could not be attached, each with its reason. */
function Refusals({ refused, onClose }: { readonly refused: readonly Refused[]; readonly onClose: () => void }) {
  const { t } = useText();
  if (refused.length === 0) return null;
  return (
    <Alert
      mt="sm"
      color="red"
      role="alert"
      icon={<IconAlertTriangle />}
      title={t('files.refused', { count: refused.length })}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={onClose}
    >
      <Stack gap={4}>
        {refused.map(({ name, error }) => (
          <Text key={name} fz="sm">
            <strong>{name}</strong> — <Reason error={error} />
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

const PROBLEMS = ['unknown-kind', 'too-large', 'empty'] as const;

function Reason({ error: { code, details } }: { readonly error: Refused['error'] }) {
  const { t } = useText();
  const problem = PROBLEMS.find((known) => known === details?.problem);
  return problem ? t(`files.problem.${problem}`) : `${t(`errors.${code}.what`)} ${t(`errors.${code}.todo`)}`;
}

/** What was taken off can be put back. */
function Retired({ files, mayEdit }: { readonly files: readonly RegisterFile[]; readonly mayEdit: boolean }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const { run, error } = useCommand('restoreFile');
  if (files.length === 0) return null;
  return (
    <>
      <Button size="compact-sm" variant="subtle" mt="xs" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('files.retiredCount', { count: files.length })}
      </Button>
      {isOpen &&
        files.map(({ id, name, removed }) => (
          <Group key={id} justify="space-between" wrap="nowrap" mt={4}>
            <Text fz="sm" c="dimmed" truncate>
              {t('files.retiredBy', { name, person: removed?.name ?? '' })}
            </Text>
            {mayEdit && (
              <Button size="compact-xs" variant="default" onClick={() => void run({ id })}>
                {t('files.restore')}
              </Button>
            )}
          </Group>
        ))}
      <ErrorAlert error={error} />
    </>
  );
}

/** A picture in the clipboard is attached wherever one pastes it, unless one is writing. */
function usePaste(isOn: boolean, { attach }: Attaching): void {
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const isWriting = event.target instanceof HTMLElement && event.target.closest('input, textarea') !== null;
    if (files.length === 0 || isWriting) return;
    event.preventDefault();
    void attach(files);
  });
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: ClipboardEvent) => onPaste(event);
    window.addEventListener('paste', listen);
    return () => window.removeEventListener('paste', listen);
  }, [isOn]);
}
