import { type ComboboxItem, type OptionsFilter, Select, type SelectProps, Text } from '@mantine/core';
import { useMemo } from 'react';
import { matchesSearch, type Tree } from '../store/tree.ts';
import { useText } from '../text/use-text.ts';

type TreeSelectProps = Omit<SelectProps, 'data' | 'filter' | 'renderOption' | 'searchable'> & { readonly tree: Tree };

const SHOWN = 150;

/** A structure or a site, found by any word of its path, with or without accents; each option shows where it hangs. */
export function TreeSelect({ tree, ...props }: TreeSelectProps) {
  const { t } = useText();
  const data = useMemo(() => tree.entries.map(({ id, name }) => ({ value: id, label: name })), [tree]);
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
