import { ActionIcon, Button, Popover, ScrollArea, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { LIST_COLUMNS, type ListColumn } from '#shared/protocol/views.ts';
import { useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';
import { moved, toggled, usualColumns, WIDE } from './columns.ts';
import classes from './facet-filter.module.css';

/** Which columns the list shows, and in which order. */
export function ColumnMenu() {
  const { t } = useText();
  const { view } = useListView();
  return (
    <Popover position="bottom-end" trapFocus width={330}>
      <Popover.Target>
        <Button
          variant={view.columns ? 'light' : 'default'}
          size="xs"
          leftSection={<IconColumns3 size={14} />}
          aria-haspopup="dialog"
        >
          {t('list.columns.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <ColumnChoice />
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnChoice() {
  const { t } = useText();
  const { view, change } = useListView();
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
  const shown = view.columns ?? usualColumns(isWide, view.chosen.nature);
  const others = LIST_COLUMNS.filter((column) => !shown.includes(column));
  const show = (columns: readonly ListColumn[]) => change({ columns });
  return (
    <>
      <ScrollArea.Autosize mah={380} type="auto" offsetScrollbars>
        <fieldset className={classes.values} aria-label={t('list.columns.shown')}>
          {shown.map((column, place) => (
            <div key={column} className={classes.option}>
              <ColumnCheckbox column={column} shown={shown} onChange={show} />
              <ActionIcon
                size="sm"
                disabled={place === 0}
                aria-label={t('list.columns.earlier', { column: t(`list.column.${column}`) })}
                onClick={() => show(moved(shown, place, -1))}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                disabled={place === shown.length - 1}
                aria-label={t('list.columns.later', { column: t(`list.column.${column}`) })}
                onClick={() => show(moved(shown, place, 1))}
              >
                <IconArrowDown size={14} />
              </ActionIcon>
            </div>
          ))}
        </fieldset>
        <Text fz="xs" c="dimmed" mt="xs" px={6}>
          {t('list.columns.others')}
        </Text>
        <fieldset className={classes.values} aria-label={t('list.columns.others')}>
          {others.map((column) => (
            <div key={column} className={classes.option}>
              <ColumnCheckbox column={column} shown={shown} onChange={show} />
            </div>
          ))}
        </fieldset>
      </ScrollArea.Autosize>
      {view.columns && (
        <Button mt="xs" size="compact-xs" variant="subtle" onClick={() => change({ columns: undefined })}>
          {t('list.columns.usual')}
        </Button>
      )}
    </>
  );
}

type ColumnCheckboxProps = {
  readonly column: ListColumn;
  readonly shown: readonly ListColumn[];
  readonly onChange: (columns: readonly ListColumn[]) => void;
};

function ColumnCheckbox({ column, shown, onChange }: ColumnCheckboxProps) {
  const { t } = useText();
  const isShown = shown.includes(column);
  return (
    <label className={classes.columnLabel}>
      <input
        type="checkbox"
        className={classes.box}
        checked={isShown}
        // A list without columns shows nothing.
        disabled={isShown && shown.length === 1}
        onChange={() => onChange(toggled(shown, column))}
      />
      {t(`list.column.${column}`)}
    </label>
  );
}
