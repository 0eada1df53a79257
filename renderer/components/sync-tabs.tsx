import { Text, Title } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { mayReadFleet, type Role } from '#shared/domain/roles.ts';
import { useSession } from '../store/session.tsx';
import { useText } from '../text/use-text.ts';
import { paths } from './paths.ts';
import classes from './sync-tabs.module.css';

/** The screens of the synchronisation area, in the order of how often they are needed. */
const TABS = [
  { name: 'state', path: paths.sync },
  { name: 'reviews', path: paths.reviews },
  { name: 'parcels', path: paths.parcels },
  { name: 'fleet', path: paths.fleet, isShown: (role) => mayReadFleet(role) !== undefined },
] as const satisfies readonly SyncTab[];

type SyncTab = {
  readonly name: string;
  readonly path: string;
  /** Whether the screen is of use to this role; to every one when absent. */
  readonly isShown?: (role: Role) => boolean;
};

function shownTo(role: Role | undefined) {
  return TABS.filter((tab) => !('isShown' in tab) || (role !== undefined && tab.isShown(role)));
}

/** Title of the synchronisation area and the way between its screens; each of them begins with it. */
export function SyncTabs({ counts = {} }: { readonly counts?: Readonly<Record<string, number>> }) {
  const { t } = useText();
  const [location] = useLocation();
  const { identity } = useSession();
  const tabs = shownTo(identity?.person.role);
  return (
    <header>
      <Title order={1}>{t('sync.title')}</Title>
      {tabs.length > 1 && (
        <nav className={classes.tabs} aria-label={t('sync.tabs.label')}>
          {tabs.map(({ name, path }) => (
            <Link
              key={name}
              href={path}
              className={classes.tab}
              aria-current={isWithin(location, path) ? 'page' : undefined}
            >
              {t(`sync.tabs.${name}`)}
              {counts[name] ? <Text span className={classes.count}>{` ${counts[name]}`}</Text> : null}
            </Link>
          ))}
        </nav>
      )}
    </header>
  );
}

/** The screen itself or, but for the first one, what is below it. */
function isWithin(location: string, path: string): boolean {
  return location === path || (path !== paths.sync && location.startsWith(`${path}/`));
}
