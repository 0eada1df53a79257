import { Button } from '@mantine/core';
import { IconBox, IconDeviceLaptop, IconFileText, IconLicense, IconStack2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { paths } from '../../components/paths.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-form.module.css';

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

const TABS = [
  { name: 'hardware', path: paths.newAsset, label: 'natures.new.hardware', icon: <IconDeviceLaptop {...ICON} /> },
  { name: 'series', path: paths.newSeries, label: 'natures.new.series', icon: <IconStack2 {...ICON} /> },
  { name: 'licence', path: paths.newAssetOf('licence'), label: 'natures.new.licence', icon: <IconLicense {...ICON} /> },
  {
    name: 'consumable',
    path: paths.newAssetOf('consumable'),
    label: 'natures.new.consumable',
    icon: <IconBox {...ICON} />,
  },
  {
    name: 'contract',
    path: paths.newAssetOf('contract'),
    label: 'natures.new.contract',
    icon: <IconFileText {...ICON} />,
  },
] as const;

export type NewKind = (typeof TABS)[number]['name'];

/** What is to be registered: one piece of equipment, a series of equal ones, or something of another nature. */
export function NewKinds({ current }: { readonly current: NewKind }) {
  const { t } = useText();
  return (
    <nav aria-label={t('natures.new.label')} className={classes.kinds}>
      {TABS.map(({ name, path, label, icon }) => (
        <Button
          key={name}
          component={Link}
          href={path}
          size="xs"
          leftSection={icon}
          variant={name === current ? 'light' : 'default'}
          aria-current={name === current ? 'page' : undefined}
        >
          {t(label)}
        </Button>
      ))}
    </nav>
  );
}
