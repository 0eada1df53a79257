import { Group, Kbd, Modal, Stack, Text, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useText } from '../../text/use-text.ts';
import classes from './shell.module.css';

type ShortcutsHelpProps = { readonly isOpen: boolean; readonly onClose: () => void };

export function ShortcutsHelp({ isOpen, onClose }: ShortcutsHelpProps) {
  const { t } = useText();
  const key = (name: 'ctrl' | 'enter' | 'escape' | 'home' | 'end' | 'pageUp' | 'pageDown' | 'space' | 'shift') =>
    t(`shell.shortcuts.keys.${name}`);
  const sections = [
    {
      title: t('shell.shortcuts.everywhere'),
      rows: [
        { label: t('shell.shortcuts.palette'), keys: [[key('ctrl'), 'K']] },
        { label: t('shell.shortcuts.search'), keys: [['/'], [key('ctrl'), 'F']] },
        { label: t('shell.shortcuts.undo'), keys: [[key('ctrl'), 'Z']] },
        { label: t('shell.shortcuts.newAsset'), keys: [[key('ctrl'), 'N']] },
        { label: t('shell.shortcuts.help'), keys: [['?']] },
      ],
    },
    {
      title: t('shell.shortcuts.list'),
      rows: [
        { label: t('shell.shortcuts.move'), keys: [['↓'], ['↑']] },
        { label: t('shell.shortcuts.page'), keys: [[key('pageDown')], [key('pageUp')]] },
        { label: t('shell.shortcuts.ends'), keys: [[key('home')], [key('end')]] },
        { label: t('shell.shortcuts.openRow'), keys: [[key('enter')]] },
        { label: t('shell.shortcuts.selectRow'), keys: [[key('space')]] },
        {
          label: t('shell.shortcuts.selectRange'),
          keys: [
            [key('shift'), '↓'],
            [key('shift'), '↑'],
          ],
        },
        { label: t('shell.shortcuts.selectAll'), keys: [[key('ctrl'), 'A']] },
        { label: t('shell.shortcuts.selectNone'), keys: [[key('escape')]] },
      ],
    },
    {
      title: t('shell.shortcuts.form'),
      rows: [
        { label: t('shell.shortcuts.save'), keys: [[key('ctrl'), key('enter')]] },
        { label: t('shell.shortcuts.cancel'), keys: [[key('escape')]] },
      ],
    },
  ];
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('shell.shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        {sections.map(({ title, rows }) => (
          <section key={title}>
            <Title order={3} mb={4}>
              {title}
            </Title>
            {rows.map(({ label, keys }) => (
              <div key={label} className={classes.shortcut}>
                <Text fz="sm">{label}</Text>
                <Group gap="xs" wrap="nowrap">
                  {keys.map((combination) => (
                    <span key={combination.join()}>
                      {combination.map((name, index) => (
                        <Fragment key={name}>
                          {index > 0 && ' + '}
                          <Kbd>{name}</Kbd>
                        </Fragment>
                      ))}
                    </span>
                  ))}
                </Group>
              </div>
            ))}
          </section>
        ))}
      </Stack>
    </Modal>
  );
}
