import { Badge, Button, Group, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { sumUpwards, type Tree } from '../../store/tree.ts';
import { useText } from '../../text/use-text.ts';
import classes from './reference-data.module.css';
import { type ListFilter, NothingThere, SectionFrame } from './section-frame.tsx';
import { TreeList } from './tree-list.tsx';
import { type Openness, toggle, visibleRows } from './tree-rows.ts';

type TreeSectionProps = {
  readonly section: 'structures' | 'sites';
  readonly tree: Tree;
  readonly isReady: boolean;
  readonly firstLevels: number;
  readonly counts: Readonly<Record<string, number>> | undefined;
  /** Said after the name, dimmed. */
  readonly kindOf: (id: string) => string;
  readonly notesOf?: (id: string) => ReactNode;
  readonly onAdd: () => void;
  readonly onOpen: (id: string) => void;
};

/** Structures or places as the tree that they are, with how many assets each has, itself and below. */
export function TreeSection(props: TreeSectionProps) {
  const { section, tree, isReady, firstLevels, counts, kindOf, notesOf, onAdd, onOpen } = props;
  const { t } = useText();
  const [filter, setFilter] = useState<ListFilter>({ search: '', withRetired: false });
  const [openness, setOpenness] = useState<Openness>({ base: 'first-levels', toggled: new Set() });
  const rows = visibleRows(tree, { openness, firstLevels, ...filter });
  const sums = sumUpwards(tree, counts ?? {});
  const setAll = (base: Openness['base']) => setOpenness({ base, toggled: new Set() });
  const tools = filter.search.trim() === '' && (
    <Group gap={4} ml="auto">
      <Button size="compact-xs" variant="subtle" onClick={() => setAll('all')}>
        {t('references.expand')}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => setAll('none')}>
        {t('references.collapse')}
      </Button>
    </Group>
  );
  return (
    <SectionFrame section={section} filter={filter} onFilter={setFilter} onAdd={onAdd} tools={tools}>
      {!isReady && <LoadingScreen />}
      {isReady && rows.length === 0 && <NothingThere section={section} search={filter.search} />}
      {rows.length > 0 && (
        <TreeList
          label={t(`references.section.${section}`)}
          rows={rows}
          onToggle={(id) => setOpenness((known) => toggle(known, id))}
          onOpen={onOpen}
        >
          {({ entry }) => (
            <>
              <span className={classes.name}>
                {entry.name}
                {entry.acronym && <span className={classes.dimmed}> · {entry.acronym}</span>}
              </span>
              <Text span fz="xs" c="dimmed">
                {kindOf(entry.id)}
              </Text>
              {entry.isRetired && (
                <Badge size="sm" color="gray">
                  {t('references.retired')}
                </Badge>
              )}
              {notesOf?.(entry.id)}
              <span className={classes.figure}>
                {sums.has(entry.id) && t('references.assets', { count: sums.get(entry.id) })}
              </span>
            </>
          )}
        </TreeList>
      )}
    </SectionFrame>
  );
}
