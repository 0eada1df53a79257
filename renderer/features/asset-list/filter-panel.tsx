import { Button, Drawer, Group, Stack } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { type Chosen, NOTHING_CHOSEN, useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './facet-filter.module.css';
import { AcquisitionFields, EndFields, MissingFields, StateFields, WordFields } from './filter-panel-fields.tsx';

/** Conditions that have no button of their own. */
const OTHERS = [
  'physicalState',
  'brand',
  'holder',
  'room',
  'supplier',
  'acquiredFrom',
  'acquiredTo',
  'valueFrom',
  'valueTo',
  'endsFrom',
  'endsTo',
  'endsIn',
  'returnsIn',
  'missing',
  'empty',
] as const satisfies readonly (keyof Chosen)[];

/** Every other column's filter, beside the list that follows it. */
export function FilterPanel() {
  const { t } = useText();
  const { view, change } = useListView();
  const [isOpen, setOpen] = useState(false);
  const count = OTHERS.filter((name) => view.chosen[name] !== undefined).length;
  return (
    <>
      <Button
        variant={count > 0 ? 'light' : 'default'}
        size="xs"
        leftSection={<IconFilter size={14} />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('list.panel.open')} {count > 0 && <span className={classes.chosen}>{count}</span>}
      </Button>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="right"
        size={400}
        title={t('list.panel.title')}
        styles={{ title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } }}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        attributes={{ header: { role: 'presentation' } }}
        // The list beside it shows what is chosen at once.
        overlayProps={{ backgroundOpacity: 0.12 }}
        transitionProps={{ duration: 120 }}
      >
        <Stack gap="lg">
          <EndFields />
          <AcquisitionFields />
          <MissingFields />
          <StateFields />
          <WordFields />
          <Group justify="space-between">
            <Button variant="subtle" onClick={() => change({ chosen: NOTHING_CHOSEN, openGroup: undefined })}>
              {t('assetList.clear')}
            </Button>
            <Button onClick={() => setOpen(false)}>{t('list.panel.done')}</Button>
          </Group>
        </Stack>
      </Drawer>
    </>
  );
}
