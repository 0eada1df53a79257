import { Button, Popover, ScrollArea, Text, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { fold } from '#shared/domain/fold.ts';
import { type Facet, useListView } from '../../store/list-view.tsx';
import { matchesSearch } from '../../store/tree.ts';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './facet-filter.module.css';
import { useFacetOptions } from './use-facets.ts';

type FacetFilterProps = { readonly facet: Facet; readonly chosen: readonly string[] };

/** More than this nobody reads; typing finds the rest. */
const SHOWN = 500;
/** Pixels by which a level of a tree is set in. */
const INDENT = 14;
const SEARCHABLE_FROM = 10;

/** One filter: a button that opens the values with their counts, several of which may be chosen. */
export const FacetFilter = memo(function FacetFilter({ facet, chosen }: FacetFilterProps) {
  const { t } = useText();
  const label = t(`assetList.filter.${facet}`);
  const [isOpen, setOpen] = useState(false);
  const hasChosen = chosen.length > 0;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus width={320}>
      <Popover.Target>
        <Button
          variant={hasChosen ? 'light' : 'default'}
          size="xs"
          rightSection={<IconChevronDown size={14} />}
          aria-label={
            hasChosen
              ? t('assetList.filterSelected', { label, count: chosen.length })
              : t('assetList.filterBy', { label })
          }
          onClick={() => setOpen(!isOpen)}
        >
          {label} {hasChosen && <span className={classes.chosen}>{chosen.length}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <FacetValues facet={facet} chosen={chosen} />
      </Popover.Dropdown>
    </Popover>
  );
});

/** There only while they are looked at. */
function FacetValues({ facet, chosen }: FacetFilterProps) {
  const { t } = useText();
  const { choose } = useListView();
  const options = useFacetOptions(facet, chosen);
  const [search, setSearch] = useState('');
  const matching = options.filter((option) => matchesSearch(option.searchText ?? fold(option.label), search));
  const shown = matching.slice(0, SHOWN);
  const toggle = (value: string, isChosen: boolean) => {
    const values = isChosen ? [...chosen, value] : chosen.filter((known) => known !== value);
    choose({ [facet]: values });
  };
  return (
    <>
      {options.length >= SEARCHABLE_FROM && (
        <TextInput
          size="xs"
          mb="xs"
          aria-label={t('assetList.filterSearch')}
          placeholder={t('assetList.filterSearch')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <ScrollArea.Autosize mah={340} type="auto" offsetScrollbars>
        <fieldset className={classes.values} aria-label={t(`assetList.filter.${facet}`)}>
          {shown.map((option) => (
            // Plain elements: there may be hundreds.
            <label key={option.value} className={classes.option} data-none={option.count === 0 || undefined}>
              <input
                type="checkbox"
                className={classes.box}
                style={search ? undefined : { marginInlineStart: (option.depth ?? 0) * INDENT }}
                checked={chosen.includes(option.value)}
                onChange={(event) => toggle(option.value, event.currentTarget.checked)}
              />
              <span className={classes.label}>
                {option.label}
                {/* Found by a word, it no longer stands below what it lies in. */}
                {search && option.path && <span className={classes.path}>{option.path}</span>}
              </span>
              <span className={classes.count}>{formatInteger(option.count)}</span>
            </label>
          ))}
        </fieldset>
        {shown.length === 0 && (
          <Text fz="xs" c="dimmed" p={4}>
            {t('assetList.filterNothing')}
          </Text>
        )}
        {matching.length > SHOWN && (
          <Text fz="xs" c="dimmed" p={4}>
            {t('assetList.filterMore', { count: matching.length - SHOWN })}
          </Text>
        )}
      </ScrollArea.Autosize>
    </>
  );
}
