import { Button, Group, Pill } from '@mantine/core';
import { useDirectory } from '../../store/directory.tsx';
import { type Chosen, FACETS, type Facet, NOTHING_CHOSEN, useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';

/** The filters that narrow the list at the moment, each removable; what is searched stands in the search field. */
export function FilterChips() {
  const { view, change } = useListView();
  const { t } = useText();
  const names = useFacetNames();
  const chips = FACETS.flatMap((facet) =>
    view.chosen[facet].map((value) => ({ facet, value, label: names(facet, value) })),
  );
  if (chips.length === 0) return null;
  return (
    <Group gap={6}>
      {chips.map(({ facet, value, label }) => (
        <Pill
          key={`${facet} ${value}`}
          withRemoveButton
          removeButtonProps={{
            'aria-label': t('assetList.removeFilter', { label: t(`assetList.filter.${facet}`), value: label }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
          onRemove={() => change({ chosen: without(view.chosen, facet, value) })}
        >
          {label}
        </Pill>
      ))}
      <Button size="compact-xs" variant="subtle" onClick={() => change({ text: '', chosen: NOTHING_CHOSEN })}>
        {t('assetList.clear')}
      </Button>
    </Group>
  );
}

function without(chosen: Chosen, facet: Facet, value: string): Chosen {
  return { ...chosen, [facet]: chosen[facet].filter((known) => known !== value) };
}

function useFacetNames(): (facet: Facet, value: string) => string {
  const { t } = useText();
  const { nameStructure, nameSite, nameType } = useDirectory();
  return (facet, value) => {
    if (facet === 'typeCode') return nameType(value);
    if (facet === 'structureId') return nameStructure(value);
    if (facet === 'siteId') return nameSite(value);
    return t(`domain.status.${value}`, { defaultValue: value });
  };
}
