import { Group, UnstyledButton } from '@mantine/core';
import { NATURES, type Nature } from '#shared/schema/asset.ts';
import { useListView } from '../../store/list-view.tsx';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './nature-tabs.module.css';
import { useAssetFacets } from './use-asset-rows.ts';

/** Always offered: what a register of assets is about. The others show once there are some. */
const USUAL: readonly Nature[] = ['hardware', 'licence', 'consumable', 'contract'];

/** Hardware, licences, consumables and contracts apart: one filter, at hand. */
export function NatureTabs() {
  const { t } = useText();
  const { view, choose } = useListView();
  const counts = useAssetFacets()?.nature ?? {};
  const [only, ...others] = view.chosen.nature ?? [];
  const current = others.length === 0 ? only : undefined;
  const offered = NATURES.filter((nature) => USUAL.includes(nature) || counts[nature] || nature === current);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <Group gap={4} wrap="nowrap" role="group" aria-label={t('list.natures')}>
      <Tab
        label={t('list.allNatures')}
        count={all}
        isCurrent={view.chosen.nature === undefined}
        onChoose={() => choose({ nature: undefined })}
      />
      {offered.map((nature) => (
        <Tab
          key={nature}
          label={t(`list.nature.${nature}`)}
          count={counts[nature] ?? 0}
          isCurrent={nature === current}
          onChoose={() => choose({ nature: [nature] })}
        />
      ))}
    </Group>
  );
}

type TabProps = {
  readonly label: string;
  readonly count: number;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
};

function Tab({ label, count, isCurrent, onChoose }: TabProps) {
  return (
    <UnstyledButton className={classes.tab} aria-pressed={isCurrent} onClick={onChoose}>
      {label} <span className={classes.count}>{formatInteger(count)}</span>
    </UnstyledButton>
  );
}
