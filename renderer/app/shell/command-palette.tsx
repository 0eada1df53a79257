import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import {
  IconArrowsSplit2,
  IconBarcode,
  IconBox,
  IconBuildingCommunity,
  IconCalendarTime,
  IconContrast2,
  IconDeviceDesktop,
  IconFileImport,
  IconFilePlus,
  IconFiles,
  IconFileText,
  IconKeyboard,
  IconLanguage,
  IconLayoutDashboard,
  IconLicense,
  IconList,
  IconListDetails,
  IconLock,
  IconPlus,
  IconPower,
  IconQrcode,
  IconRefresh,
  IconSearch,
  IconSettings,
  IconShieldCheck,
  IconTemplate,
  IconUsb,
} from '@tabler/icons-react';
import { Fragment, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { map } from 'rxjs';
import { useLocation } from 'wouter';
import { fold } from '#shared/domain/fold.ts';
import { isAllowed, mayReadFleet, type Permission } from '#shared/domain/roles.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { MarkedText } from '../../components/marked-text.tsx';
import { paths } from '../../components/paths.ts';
import { explain } from '../../features/asset-list/found-by.ts';
import { useHiddenTexts } from '../../features/asset-list/use-hidden-texts.ts';
import { useDesktop } from '../../store/desktop.tsx';
import { useSession } from '../../store/session.tsx';
import { matchesSearch } from '../../store/tree.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import classes from './command-palette.module.css';

type Action = { readonly label: string; readonly icon: ReactNode; readonly keys?: string; run(): void };
const FOUND_ASSETS = 8;
/** Characters of a line; longer ones are wrapped. */
const PALETTE_ROOM = 500;
/** Characters of a further field before what was found in it. */
const REASON_ROOM = 40;
/** From a field, too: that is where one types. */
const NEVER: string[] = [];
const ICON = { size: 18, stroke: 1.7 } as const;

/** Ctrl+K: every action of the program and every asset of the register, by typing. */
export function CommandPalette({ onHelp }: { readonly onHelp: () => void }) {
  const { t } = useText();
  const [query, setQuery] = useState('');
  const [, navigate] = useLocation();
  const actions = useActions(onHelp).filter(({ label }) => matchesSearch(fold(label), query));
  const { assets, terms } = useFoundAssets(query.trim());
  const list = useFirstSelected(assets.map(({ id }) => id).join());
  return (
    <Spotlight.Root
      attributes={{ content: { 'aria-label': t('shell.palette.title') } }}
      shortcut="mod + K"
      tagsToIgnore={NEVER}
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
      <Spotlight.ActionsList ref={list}>
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t('shell.palette.actions')}>
            {actions.map(({ label, icon, run }) => (
              <Spotlight.Action key={label} label={label} leftSection={icon} onClick={run} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {assets.length > 0 && (
          <Spotlight.ActionsGroup label={t('shell.palette.assets')}>
            {assets.map((asset) => (
              <FoundAsset key={asset.id} asset={asset} terms={terms} onOpen={() => navigate(paths.asset(asset.id))} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length + assets.length === 0 && <Spotlight.Empty>{t('shell.palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/**
 * Spotlight selects the first entry when a key is pressed; the assets come later, and Enter is to open the best of them.
 * Its selection is an attribute of the element.
 */
function useFirstSelected(entries: string): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (entries === '') return;
    list.current?.querySelector('[data-selected]')?.removeAttribute('data-selected');
    list.current?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  }, [entries]);
  return list;
}

type FoundAssetProps = { readonly asset: Asset; readonly terms: readonly string[]; readonly onOpen: () => void };

/** An asset with what was typed marked in it, wherever it stands. */
function FoundAsset({ asset, terms, onOpen }: FoundAssetProps) {
  const hiddenTexts = useHiddenTexts();
  const { designation, reference, serialNumber = '' } = asset;
  const lines = [designation, reference, serialNumber].map((text) => ({ text, room: PALETTE_ROOM }));
  const { reasons } = explain(terms, lines, () => hiddenTexts(asset));
  const mark = (text: string) => <MarkedText text={text} terms={terms} />;
  return (
    <Spotlight.Action onClick={onOpen}>
      <IconDeviceDesktop {...ICON} className={classes.icon} />
      <span>
        <span className={classes.label}>{mark(designation)}</span>
        <span className={classes.details}>
          {mark(reference)}
          {serialNumber && <> · {mark(serialNumber)}</>}
          {reasons.map(({ label, text, mark: found }) => (
            <Fragment key={`${label} ${text}`}>
              {' · '}
              {label} <MarkedText text={text} terms={terms} forward={{ mark: found, room: REASON_ROOM }} />
            </Fragment>
          ))}
        </span>
      </span>
    </Spotlight.Action>
  );
}

type FoundAssets = { readonly assets: readonly Asset[]; readonly terms: readonly string[] };
const NOTHING: FoundAssets = { assets: [], terms: [] };

function useFoundAssets(text: string): FoundAssets {
  const isAsked = text.length >= 2;
  const question = isAsked ? { filter: { text }, offset: 0, limit: FOUND_ASSETS } : undefined;
  const answer = readyValue(useQuestion('findAssets', question));
  const ids = isAsked ? (answer?.ids ?? []) : [];
  const assets = readyValue(
    useLiveQuery(ids.length > 0 ? ids.join() : undefined, (database) =>
      database.assets
        .findByIds([...ids])
        .$.pipe(map((documents) => ids.flatMap((id) => documents.get(id)?.toJSON() ?? []))),
    ),
  );
  return ids.length > 0 && answer && assets ? { assets, terms: answer.terms } : NOTHING;
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
    ...(may('asset.create')
      ? [{ label: label('newSeries'), icon: <IconBarcode {...ICON} />, run: go(paths.newSeries) }]
      : []),
    ...(may('asset.create')
      ? ([
          ['newLicence', 'licence', <IconLicense key="licence" {...ICON} />],
          ['newConsumable', 'consumable', <IconBox key="consumable" {...ICON} />],
          ['newContract', 'contract', <IconFileText key="contract" {...ICON} />],
        ] as const)
      : []
    ).map(([name, nature, icon]) => ({ label: label(name), icon, run: go(paths.newAssetOf(nature)) })),
    { label: label('asAt'), icon: <IconCalendarTime {...ICON} />, run: go(paths.asAt) },
    { label: label('journal'), icon: <IconShieldCheck {...ICON} />, run: go(paths.journal) },
    { label: label('dashboard'), icon: <IconLayoutDashboard {...ICON} />, run: go(paths.dashboard) },
    { label: label('list'), icon: <IconList {...ICON} />, run: go(paths.assets) },
    { label: label('papers'), icon: <IconFiles {...ICON} />, run: go(paths.papers) },
    ...(may('paper.issue')
      ? [{ label: label('newPaper'), icon: <IconFilePlus {...ICON} />, run: go(paths.newPaper) }]
      : []),
    { label: label('checkPaper'), icon: <IconQrcode {...ICON} />, run: go(paths.checkPaper) },
    { label: label('paperTemplates'), icon: <IconTemplate {...ICON} />, run: go(paths.paperTemplates) },
    { label: label('references'), icon: <IconListDetails {...ICON} />, run: go(paths.references) },
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
    { label: label('reviews'), icon: <IconArrowsSplit2 {...ICON} />, run: go(paths.reviews) },
    { label: label('parcels'), icon: <IconUsb {...ICON} />, run: go(paths.parcels) },
    ...(identity && mayReadFleet(identity.person.role)
      ? [{ label: label('fleet'), icon: <IconDeviceDesktop {...ICON} />, run: go(paths.fleet) }]
      : []),
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
  | 'newSeries'
  | 'newLicence'
  | 'newConsumable'
  | 'newContract'
  | 'asAt'
  | 'journal'
  | 'dashboard'
  | 'list'
  | 'papers'
  | 'newPaper'
  | 'checkPaper'
  | 'paperTemplates'
  | 'references'
  | 'import'
  | 'syncNow'
  | 'enrol'
  | 'sync'
  | 'reviews'
  | 'parcels'
  | 'fleet'
  | 'settings'
  | 'scheme'
  | 'language'
  | 'shortcuts'
  | 'lock'
  | 'quit';
