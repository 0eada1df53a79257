import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ListSettings } from '#shared/protocol/views.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useListView } from '../../store/list-view.tsx';
import type { SavedView } from '../../store/saved-views.ts';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';

type SaveViewDialogProps = {
  readonly settings: ListSettings;
  /** The view that the list began with, where it may be changed. */
  readonly current: SavedView | undefined;
  readonly onClose: () => void;
};

/** Keeps filters, order, columns and groups under a name that colleagues read. */
export function SaveViewDialog({ settings, current, onClose }: SaveViewDialogProps) {
  const { t } = useText();
  const { change } = useListView();
  const { run, isRunning, error } = useCommand('saveView');
  const notify = useNotify();
  const [label, setLabel] = useState(current?.label ?? '');
  const [isReplacing, setReplacing] = useState(current !== undefined);
  const [isTried, setTried] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!label.trim()) return;
    const saved = await run({
      label: label.trim(),
      settings,
      ...(isReplacing && current && { id: current.id }),
    });
    if (!saved) return;
    change({ viewId: saved.id });
    notify(t('list.view.savedNotice', { label: label.trim() }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('list.view.save')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={save} noValidate>
        <Stack>
          <Text c="dimmed">{t('list.view.saveText')}</Text>
          <TextInput
            label={t('list.view.name')}
            value={label}
            maxLength={80}
            autoComplete="off"
            data-autofocus
            required
            error={isTried && !label.trim() ? t('domain.problem.required') : undefined}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          {current && (
            <Radio.Group
              value={isReplacing ? 'replace' : 'new'}
              onChange={(value) => setReplacing(value === 'replace')}
            >
              <Stack gap="xs">
                <Radio value="replace" label={t('list.view.replace', { label: current.label })} />
                <Radio value="new" label={t('list.view.new')} />
              </Stack>
            </Radio.Group>
          )}
          {error && <ErrorAlert error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isRunning}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type RemoveViewDialogProps = { readonly view: SavedView; readonly onClose: () => void };

/** A view is shared: taking it away is asked once more. */
export function RemoveViewDialog({ view, onClose }: RemoveViewDialogProps) {
  const { t } = useText();
  const { change } = useListView();
  const { run, isRunning, error } = useCommand('removeView');
  const notify = useNotify();
  const remove = async () => {
    if ((await run({ id: view.id })) === undefined) return;
    change({ viewId: undefined });
    notify(t('list.view.removedNotice', { label: view.label }));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('list.view.remove')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        <Text>{t('list.view.removeText', { label: view.label })}</Text>
        {error && <ErrorAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color="red" loading={isRunning} onClick={remove}>
            {t('list.view.removeConfirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
