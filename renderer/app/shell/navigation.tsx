import {
  ActionIcon,
  Group,
  SegmentedControl,
  Text,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import {
  IconCalendarTime,
  IconFileImport,
  IconFiles,
  IconKeyboard,
  IconLayoutDashboard,
  IconListDetails,
  IconMoon,
  IconRefresh,
  IconSettings,
  IconShieldCheck,
  IconStack2,
  IconSun,
  IconTransfer,
} from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { BrandMark } from '../../components/brand-mark.tsx';
import { paths } from '../../components/paths.ts';
import { useSession } from '../../store/session.tsx';
import { LANGUAGES } from '../../text/i18n.ts';
import { useText } from '../../text/use-text.ts';
import { ReviewCount } from './review-count.tsx';
import classes from './shell.module.css';
import { UrgentCount } from './urgent-count.tsx';

const LINKS = [
  { name: 'dashboard', path: paths.dashboard, Icon: IconLayoutDashboard },
  { name: 'assets', path: paths.assets, Icon: IconStack2 },
  { name: 'papers', path: paths.papers, Icon: IconFiles },
  { name: 'asAt', path: paths.asAt, Icon: IconCalendarTime },
  { name: 'journal', path: paths.journal, Icon: IconShieldCheck },
  { name: 'references', path: paths.references, Icon: IconListDetails },
  { name: 'import', path: paths.import, Icon: IconFileImport },
  { name: 'transfers', path: paths.transfers, Icon: IconTransfer },
  { name: 'sync', path: paths.sync, Icon: IconRefresh },
  { name: 'settings', path: paths.settings, Icon: IconSettings },
] as const;

export function Navigation({ onHelp }: { readonly onHelp: () => void }) {
  const { t, language, setLanguage } = useText();
  const [location] = useLocation();
  const { identity } = useSession();
  return (
    <nav className={classes.navigation} aria-label={t('shell.navigation')}>
      <div className={classes.brand}>
        <BrandMark />
        {t('shell.product')}
      </div>
      {LINKS.map(({ name, path, Icon }) => (
        <Link
          key={name}
          href={path}
          className={classes.link}
          aria-current={isWithin(location, path) ? 'page' : undefined}
        >
          <Icon size={19} stroke={1.7} aria-hidden="true" />
          {t(`shell.nav.${name}`)}
          {name === 'dashboard' && <UrgentCount />}
          {name === 'sync' && <ReviewCount />}
        </Link>
      ))}
      <div className={classes.tools}>
        <Group justify="space-between" wrap="nowrap" px={4}>
          <SegmentedControl
            size="xs"
            aria-label={t('shell.language')}
            value={language}
            onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? 'fr')}
            data={LANGUAGES.map((known) => ({ value: known, label: known.toUpperCase() }))}
          />
          <Group gap={2} wrap="nowrap">
            <ColourSchemeSwitch />
            <Tooltip label={t('shell.shortcuts.title')}>
              <ActionIcon aria-label={t('shell.shortcuts.title')} onClick={onHelp}>
                <IconKeyboard size={18} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
        {identity && (
          <div className={classes.person}>
            <Text fz="sm" fw={550} truncate>
              {identity.person.name}
            </Text>
            <Text fz="xs" c="dimmed" truncate>
              {t(`domain.role.${identity.person.role}`)}
            </Text>
          </div>
        )}
      </div>
    </nav>
  );
}

function ColourSchemeSwitch() {
  const { t } = useText();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const label = t(isDark ? 'shell.colourScheme.toLight' : 'shell.colourScheme.toDark');
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
        {isDark ? <IconSun size={18} stroke={1.7} /> : <IconMoon size={18} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** A record and its form belong to the list. */
function isWithin(location: string, path: string): boolean {
  if (path === paths.assets) return location === path || location.startsWith('/assets');
  return location === path || location.startsWith(`${path}/`);
}
