import { Text } from '@mantine/core';
import { IconFlask, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { ActNotice } from '../../components/act-notice.tsx';
import { ActPapersSlot } from '../../components/act-papers.tsx';
import { ActPaperLinks } from '../../features/papers/act-paper-links.tsx';
import { LateNotice } from '../../features/reviews/late-notice.tsx';
import { ActNoticeProvider } from '../../store/act-notice.tsx';
import { useDesktop } from '../../store/desktop.tsx';
import { DraftsProvider } from '../../store/drafts.tsx';
import { LateDecisionsProvider } from '../../store/late-decisions.tsx';
import { ListViewProvider } from '../../store/list-view.tsx';
import { SelectionProvider } from '../../store/selection.tsx';
import { useText } from '../../text/use-text.ts';
import { Routes } from '../routes.tsx';
import { CommandPalette } from './command-palette.tsx';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';
import { ShortcutsHelp } from './shortcuts-help.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** The open register: navigation at the left, search and state above, one task in the middle. */
export function Shell() {
  return (
    <Router hook={useHashLocation}>
      <ListViewProvider>
        <DraftsProvider>
          <SelectionProvider>
            <ActNoticeProvider>
              <LateDecisionsProvider>
                {/* Acts offer their papers without knowing how one is made. */}
                <ActPapersSlot value={ActPaperLinks}>
                  <Frame />
                </ActPapersSlot>
              </LateDecisionsProvider>
            </ActNoticeProvider>
          </SelectionProvider>
        </DraftsProvider>
      </ListViewProvider>
    </Router>
  );
}

function Frame() {
  const { t } = useText();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useShortcuts(() => setHelpOpen(true));
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={skipToContent}>
        {t('shell.skipToContent')}
      </button>
      <Navigation onHelp={() => setHelpOpen(true)} />
      <div className={classes.side}>
        <Header notices={<Notices />} />
        <LateNotice />
        <main id="main" className={classes.main} tabIndex={-1}>
          <Routes />
        </main>
      </div>
      <ActNotice />
      <CommandPalette onHelp={() => setHelpOpen(true)} />
      <ShortcutsHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}

function Notices() {
  const { info } = useDesktop();
  const { t } = useText();
  return (
    <>
      {info.demonstration && (
        <div className={classes.demonstration}>
          <IconFlask size={15} aria-hidden="true" />
          <Text fz="xs">{t('shell.demonstration')}</Text>
        </div>
      )}
      <div role="status" aria-live="polite">
        {info.state.kind !== 'open' && (
          <div className={classes.reconnecting}>
            <IconPlugConnectedX size={15} aria-hidden="true" />
            <Text fz="xs">{t('shell.reconnecting')}</Text>
          </div>
        )}
      </div>
    </>
  );
}

function skipToContent(): void {
  document.getElementById('main')?.focus();
}
