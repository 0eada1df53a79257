import { Button, Menu } from '@mantine/core';
import { IconCheck, IconLayoutList } from '@tabler/icons-react';
import { GROUP_FIELDS } from '#shared/protocol/asset-list.ts';
import { useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';

/** Shows the list by groups, with their totals. */
export function GroupMenu() {
  const { t } = useText();
  const { view, change } = useListView();
  const { groupBy } = view;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant={groupBy ? 'light' : 'default'} size="xs" leftSection={<IconLayoutList size={14} />}>
          {groupBy ? t('list.group.by', { field: t(`list.groupField.${groupBy}`) }) : t('list.group.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Tick isOn={groupBy === undefined} />}
          onClick={() => change({ groupBy: undefined, openGroup: undefined })}
        >
          {t('list.group.none')}
        </Menu.Item>
        {GROUP_FIELDS.map((field) => (
          <Menu.Item
            key={field}
            leftSection={<Tick isOn={groupBy === field} />}
            onClick={() => change({ groupBy: field, openGroup: undefined })}
          >
            {t(`list.groupField.${field}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Tick({ isOn }: { readonly isOn: boolean }) {
  return <IconCheck size={14} visibility={isOn ? undefined : 'hidden'} aria-hidden="true" />;
}
