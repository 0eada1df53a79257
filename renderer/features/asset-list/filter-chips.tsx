import { Button, Group, Pill } from '@mantine/core';
import { NOTHING_CHOSEN, useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';
import { useConditions } from './use-conditions.ts';

/** What narrows the list at the moment, each removable; what is searched stands in the search field. */
export function FilterChips() {
  const { change } = useListView();
  const { t } = useText();
  const conditions = useConditions();
  if (conditions.length === 0) return null;
  return (
    <Group gap={6}>
      {conditions.map(({ key, name, label, remove }) => (
        <Pill
          key={key}
          withRemoveButton
          removeButtonProps={{
            'aria-label': t('assetList.removeFilter', { label: name, value: label }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
          onRemove={remove}
        >
          {label}
        </Pill>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => change({ text: '', chosen: NOTHING_CHOSEN, openGroup: undefined, viewId: undefined })}
      >
        {t('assetList.clear')}
      </Button>
    </Group>
  );
}
