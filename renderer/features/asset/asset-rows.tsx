import { ActionIcon, Anchor, Text } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { paths } from '../../components/paths.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useAssets } from '../../store/use-assets.ts';
import { useText } from '../../text/use-text.ts';
import classes from './natures.module.css';

type AssetRowsProps = {
  readonly label: string;
  readonly ids: readonly string[];
  /** Said of each, before the button. */
  readonly aside?: (id: string) => ReactNode;
  /** Below each. */
  readonly below?: (id: string) => ReactNode;
  readonly onDetach?: ((id: string) => void) | undefined;
};

/** Other records, a line each; one that this desktop does not have yet is named as such. */
export function AssetRows({ label, ids, aside, below, onDetach }: AssetRowsProps) {
  const { t } = useText();
  const assets = new Map(useAssets(ids).map((asset) => [asset.id, asset]));
  return (
    <ul className={classes.rows} aria-label={label}>
      {ids.map((id) => {
        const asset = assets.get(id);
        const name = asset?.designation ?? t('natures.notHere');
        return (
          <li key={id}>
            <div className={classes.row}>
              <div className={classes.name}>
                {asset ? (
                  <Anchor component={Link} href={paths.asset(id)} fz="sm">
                    {name}
                  </Anchor>
                ) : (
                  <Text fz="sm" c="dimmed">
                    {name}
                  </Text>
                )}
                {asset && (
                  <Text fz="xs" c="dimmed" className="tabular" component="div">
                    {[asset.reference, asset.serialNumber, asset.holderName].filter(Boolean).join(' · ')}
                  </Text>
                )}
              </div>
              <div className={classes.aside}>
                {aside?.(id)}
                {asset && <StatusBadge status={asset.status} />}
                {onDetach && (
                  <ActionIcon
                    size="md"
                    aria-label={t('natures.links.detach', { name: asset?.reference ?? name })}
                    title={t('natures.links.detach', { name: asset?.reference ?? name })}
                    onClick={() => onDetach(id)}
                  >
                    <IconUnlink size={16} />
                  </ActionIcon>
                )}
              </div>
            </div>
            {below?.(id)}
          </li>
        );
      })}
    </ul>
  );
}
