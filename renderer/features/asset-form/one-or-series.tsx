import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { paths } from '../../components/paths.ts';
import { useText } from '../../text/use-text.ts';

const TABS = [
  { name: 'one', path: paths.newAsset, label: 'series.tabOne' },
  { name: 'series', path: paths.newSeries, label: 'series.tabSeries' },
] as const;

/** One asset, or a series of equal ones. */
export function OneOrSeries({ current }: { readonly current: 'one' | 'series' }) {
  const { t } = useText();
  return (
    <Button.Group>
      {TABS.map(({ name, path, label }) => (
        <Button
          key={name}
          component={Link}
          href={path}
          size="xs"
          variant={name === current ? 'light' : 'default'}
          aria-current={name === current ? 'page' : undefined}
        >
          {t(label)}
        </Button>
      ))}
    </Button.Group>
  );
}
