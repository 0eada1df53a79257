import { Text, Title } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useText } from '../text/use-text.ts';
import { paths } from './paths.ts';
import classes from './sync-tabs.module.css';

/** The screens of the synchronisation area, in the order of how often they are needed. */
const TABS = [{ name: 'state', path: paths.sync }] as const satisfies readonly SyncTab[];

type SyncTab = { readonly name: string; readonly path: string };

/** Title of the synchronisation area and the way between its screens; each of them begins with it. */
export function SyncTabs({ counts = {} }: { readonly counts?: Readonly<Record<string, number>> }) {
  const { t } = useText();
  const [location] = useLocation();
  return (
    <header>
      <Title order={1}>{t('sync.title')}</Title>
      {TABS.length > 1 && (
        <nav className={classes.tabs} aria-label={t('sync.tabs.label')}>
          {TABS.map(({ name, path }) => (
            <Link key={name} href={path} className={classes.tab} aria-current={location === path ? 'page' : undefined}>
              {t(`sync.tabs.${name}`)}
              {counts[name] ? <Text span className={classes.count}>{` ${counts[name]}`}</Text> : null}
            </Link>
          ))}
        </nav>
      )}
    </header>
  );
}
