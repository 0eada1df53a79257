import { type ComboboxItem, type OptionsFilter, Select, type SelectProps, Text } from '@mantine/core';
import { useMemo } from 'react';
import { matchesSearch, type Tree } from '../store/tree.ts';
import { useText } from '../text/use-text.ts';

type TreeSelectProps = Omit<SelectProps, 'data' | 'filter' | 'renderOption' | 'searchable'> & {
  readonly tree: Tree;
  /** Also what is no longer in use: for questions about the past. */
  readonly withRetired?: boolean;
};

const SHOWN = 150;

/**
 * A structure or a site, found by any word of its path, with or without accents; each option shows where it hangs. What is
 * no longer in use is only there where it is the value.
 */
export function TreeSelect({ tree, withRetired = false, ...props }: TreeSelectProps) {
  const { t } = useText();
  const kept = props.value;
  const data = useMemo(
    () =>
      tree.entries
        .filter(({ id, isRetired }) => withRetired || !isRetired || id === kept)
        .map(({ id, name }) => ({ value: id, label: name })),
    [tree, withRetired, kept],
  );
  const filter: OptionsFilter = ({ options, search, limit }) =>
    (options as ComboboxItem[])
      .filter(({ value }) => matchesSearch(tree.byId.get(value)?.searchText ?? '', search))
      .slice(0, limit);
  return (
    <Select
      data={data}
      searchable
      limit={SHOWN}
      filter={filter}
      nothingFoundMessage={t('assetForm.nothingFound')}
      maxDropdownHeight={320}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      renderOption={({ option }) => {
        const path = tree.byId.get(option.value)?.ancestors.join(' › ');
        return (
          <div>
            <Text fz="sm">{option.label}</Text>
            {path && (
              <Text fz="xs" c="dimmed">
                {path}
              </Text>
            )}
          </div>
        );
      }}
      {...props}
    />
  );
}
