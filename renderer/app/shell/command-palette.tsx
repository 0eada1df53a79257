import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import {
  IconBuildingCommunity,
  IconContrast2,
  IconDeviceDesktop,
  IconFileImport,
  IconKeyboard,
  IconLanguage,
  IconList,
  IconLock,
  IconPlus,
  IconPower,
  IconRefresh,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { map } from 'rxjs';
import { useLocation } from 'wouter';
import { fold } from '#shared/domain/fold.ts';
import { isAllowed, type Permission } from '#shared/domain/roles.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { paths } from '../../components/paths.ts';
import { useDesktop } from '../../store/desktop.tsx';
import { useSession } from '../../store/session.tsx';
import { matchesSearch } from '../../store/tree.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';

type Action = { readonly label: string; readonly icon: ReactNode; readonly keys?: string; run(): void };
const FOUND_ASSETS = 8;
const ICON = { size: 18, stroke: 1.7 } as const;

/** Ctrl+K: every action of the program and every asset of the register, by typing. */
export function CommandPalette({ onHelp }: { readonly onHelp: () => void }) {
  const { t } = useText();
  const [query, setQuery] = useState('');
  const [, navigate] = useLocation();
  const actions = useActions(onHelp).filter(({ label }) => matchesSearch(fold(label), query));
  const assets = useFoundAssets(query.trim());
  return (
    <Spotlight.Root
      attributes={{ content: { 'aria-label': t('shell.palette.title') } }}
      shortcut="mod + K"
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight={460}
      size={620}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    >
      <Spotlight.Search
        aria-label={t('shell.palette.placeholder')}
        placeholder={t('shell.palette.placeholder')}
        leftSection={<IconSearch {...ICON} />}
      />
      <Spotlight.ActionsList>
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t('shell.palette.actions')}>
            {actions.map(({ label, icon, run }) => (
              <Spotlight.Action key={label} label={label} leftSection={icon} onClick={run} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {assets.length > 0 && (
          <Spotlight.ActionsGroup label={t('shell.palette.assets')}>
            {assets.map(({ id, designation, reference, serialNumber }) => (
              <Spotlight.Action
                key={id}
                label={designation}
                description={[reference, serialNumber].filter(Boolean).join(' · ')}
                leftSection={<IconDeviceDesktop {...ICON} />}
                onClick={() => navigate(paths.asset(id))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length + assets.length === 0 && <Spotlight.Empty>{t('shell.palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useFoundAssets(text: string): readonly Asset[] {
  const isAsked = text.length >= 2;
  const answer = useQuestion('searchAssets', isAsked ? { filter: { text }, limit: FOUND_ASSETS } : undefined);
  const ids = isAsked ? (readyValue(answer)?.ids ?? []) : [];
  const found = useLiveQuery(ids.length > 0 ? ids.join() : undefined, (database) =>
    database.assets
      .findByIds([...ids])
      .$.pipe(map((documents) => ids.flatMap((id) => documents.get(id)?.toJSON() ?? []))),
  );
  return ids.length > 0 ? (readyValue(found) ?? []) : [];
}

function useActions(onHelp: () => void): readonly Action[] {
  const { t, language, setLanguage } = useText();
  const { bridge } = useDesktop();
  const { identity, channel } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const [, navigate] = useLocation();
  const may = (permission: Permission) => identity !== null && isAllowed(identity.person.role, permission);
  const go = (path: string) => () => navigate(path);
  const label = (name: ActionName) => t(`shell.palette.${name}`);
  return [
    ...(may('asset.create')
      ? [{ label: label('newAsset'), icon: <IconPlus {...ICON} />, run: go(paths.newAsset) }]
      : []),
    { label: label('list'), icon: <IconList {...ICON} />, run: go(paths.assets) },
    ...(may('asset.import')
      ? [{ label: label('import'), icon: <IconFileImport {...ICON} />, run: go(paths.import) }]
      : []),
    ...(identity
      ? [
          {
            label: label('syncNow'),
            icon: <IconRefresh {...ICON} />,
            // The page shows how it goes, errors included.
            run: () => {
              void channel.command('syncNow', {}).catch(() => undefined);
              navigate(paths.sync);
            },
          },
        ]
      : [{ label: label('enrol'), icon: <IconBuildingCommunity {...ICON} />, run: go(paths.enrolment) }]),
    { label: label('sync'), icon: <IconRefresh {...ICON} />, run: go(paths.sync) },
    { label: label('settings'), icon: <IconSettings {...ICON} />, run: go(paths.settings) },
    {
      label: label('scheme'),
      icon: <IconContrast2 {...ICON} />,
      run: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
    },
    {
      label: label('language'),
      icon: <IconLanguage {...ICON} />,
      run: () => setLanguage(language === 'fr' ? 'en' : 'fr'),
    },
    { label: label('shortcuts'), icon: <IconKeyboard {...ICON} />, run: onHelp },
    { label: label('lock'), icon: <IconLock {...ICON} />, run: () => void bridge.lock() },
    { label: label('quit'), icon: <IconPower {...ICON} />, run: () => bridge.quit() },
  ];
}

type ActionName =
  | 'newAsset'
  | 'list'
  | 'import'
  | 'syncNow'
  | 'enrol'
  | 'sync'
  | 'settings'
  | 'scheme'
  | 'language'
  | 'shortcuts'
  | 'lock'
  | 'quit';
