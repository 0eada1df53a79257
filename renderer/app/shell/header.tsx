import { Button, CloseButton, Kbd, TextInput } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../components/paths.ts';
import { useListView } from '../../store/list-view.tsx';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './shell.module.css';
import { SyncIndicator } from './sync-indicator.tsx';

export const SEARCH_INPUT_ID = 'global-search';

type HeaderProps = {
  /** What the whole register must know at the moment, below the bar. */
  readonly notices: ReactNode;
};

export function Header({ notices }: HeaderProps) {
  const { t } = useText();
  const { identity } = useSession();
  return (
    <header>
      <div className={classes.header}>
        <div className={classes.ministry} title={identity?.ministry.name}>
          <strong>{identity?.ministry.acronym ?? t('shell.notEnrolled')}</strong>
          <span className={classes.ministryName}>{identity?.ministry.name}</span>
        </div>
        <Search />
        <div className={classes.end}>
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            px={6}
            title={t('shell.palette.open')}
            onClick={spotlight.open}
          >
            <span className="visually-hidden">{t('shell.palette.open')}</span>
            <Kbd size="xs" aria-hidden="true">
              {t('shell.shortcuts.keys.ctrl')} K
            </Kbd>
          </Button>
          <SyncIndicator />
        </div>
      </div>
      {notices}
    </header>
  );
}

/** One search box for the whole register; what is typed narrows the list at once. */
function Search() {
  const { t } = useText();
  const { view, change } = useListView();
  const [location, navigate] = useLocation();
  const search = (text: string) => {
    change({ text });
    if (location !== paths.assets) navigate(paths.assets);
  };
  return (
    <search className={classes.search}>
      <TextInput
        id={SEARCH_INPUT_ID}
        type="search"
        role="searchbox"
        aria-label={t('shell.search.label')}
        placeholder={t('shell.search.placeholder')}
        value={view.text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={17} stroke={1.7} />}
        rightSection={
          view.text ? (
            <CloseButton size="sm" aria-label={t('shell.search.clear')} onClick={() => search('')} />
          ) : (
            <Kbd size="xs" title={t('shell.search.hint')}>
              /
            </Kbd>
          )
        }
        onChange={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && view.text) search('');
          if (event.key === 'ArrowDown' || event.key === 'Enter') focusList(event);
        }}
      />
    </search>
  );
}

/** From what was typed to what was found: one key more opens the first row. */
function focusList(event: KeyboardEvent): void {
  const list = document.querySelector<HTMLElement>('main [role="grid"]');
  if (!list) return;
  event.preventDefault();
  list.focus();
}
