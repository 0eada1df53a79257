import { Button, Menu, Text } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { isAllowed } from '#shared/domain/roles.ts';
import { settingsOf, useListView } from '../../store/list-view.tsx';
import { type SavedView, useSavedViews } from '../../store/saved-views.ts';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import { DEFAULT_VIEW_NAMES, DEFAULT_VIEWS } from './default-views.ts';
import { RemoveViewDialog, SaveViewDialog } from './view-dialogs.tsx';

/** The ministry's lists: those that ship, those that were kept, and this one to be kept. */
export function ViewMenu() {
  const { t } = useText();
  const { identity } = useSession();
  const { view, show } = useListView();
  const views = useSavedViews();
  const [dialog, setDialog] = useState<'save' | 'remove'>();
  const current = views.find(({ id }) => id === view.viewId);
  const shipped = DEFAULT_VIEW_NAMES.find((name) => name === view.viewId);
  const name = current?.label ?? (shipped && t(`list.view.${shipped}`));
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu position="bottom-start" shadow="md" width={300}>
        <Menu.Target>
          <Button
            variant={name ? 'light' : 'default'}
            size="xs"
            leftSection={<IconBookmark size={14} />}
            title={name}
            maw={260}
          >
            {name ?? t('list.view.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {view.viewId && <Menu.Item onClick={() => show({ filter: {} })}>{t('list.view.whole')}</Menu.Item>}
          <Menu.Label>{t('list.view.shipped')}</Menu.Label>
          {DEFAULT_VIEW_NAMES.map((one) => (
            <Menu.Item key={one} onClick={() => show(DEFAULT_VIEWS[one], { viewId: one })}>
              {t(`list.view.${one}`)}
            </Menu.Item>
          ))}
          <Menu.Label>{t('list.view.saved')}</Menu.Label>
          {views.map((saved) => (
            <SavedItem key={saved.id} saved={saved} onOpen={() => show(saved.content, { viewId: saved.id })} />
          ))}
          {views.length === 0 && (
            <Text fz="xs" c="dimmed" px="sm" pb={6}>
              {t('list.view.none')}
            </Text>
          )}
          {identity && isAllowed(identity.person.role, 'view.save') && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconDeviceFloppy size={16} />} onClick={() => setDialog('save')}>
                {t('list.view.save')}
              </Menu.Item>
              {current && mayChange(current) && (
                <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setDialog('remove')}>
                  {t('list.view.remove')}
                </Menu.Item>
              )}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'save' && (
        <SaveViewDialog
          settings={settingsOf(view)}
          current={current && mayChange(current) ? current : undefined}
          onClose={close}
        />
      )}
      {dialog === 'remove' && current && <RemoveViewDialog view={current} onClose={close} />}
    </>
  );

  function mayChange({ content }: SavedView): boolean {
    const person = identity?.person;
    return person !== undefined && (content.author.id === person.id || isAllowed(person.role, 'reference.update'));
  }
}

function SavedItem({ saved, onOpen }: { readonly saved: SavedView; readonly onOpen: () => void }) {
  const { t } = useText();
  return (
    <Menu.Item onClick={onOpen}>
      {saved.label}
      <Text fz="xs" c="dimmed">
        {t('list.view.by', { author: saved.content.author.name })}
      </Text>
    </Menu.Item>
  );
}
