import type { TFunction } from 'i18next';
import { Link } from 'wouter';
import type { SyncState } from '#shared/protocol/data-port.ts';
import { paths } from '../../components/paths.ts';
import { useNow } from '../../components/use-now.ts';
import { loadedPercent } from '../../store/loaded-percent.ts';
import { useSyncState } from '../../store/use-sync-state.ts';
import { formatRelative } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './shell.module.css';

type Tone = 'good' | 'busy' | 'waiting' | 'bad' | 'none';

/** Says the truth about replication in a few words, everywhere, and leads to its page. */
export function SyncIndicator() {
  const { t, language } = useText();
  const now = useNow();
  const state = useSyncState();
  if (!state) return null;
  const words = sentence(state, t);
  const since = state.lastSuccess && formatRelative(state.lastSuccess, now, language);
  return (
    <Link
      href={paths.sync}
      className={classes.sync}
      data-tone={toneOf(state)}
      aria-label={t('shell.syncIndicator.label', { state: words })}
      title={since ? `${t('sync.lastSuccess')} : ${since}` : undefined}
    >
      {words}
    </Link>
  );
}

function toneOf({ phase, waiting, loading }: SyncState): Tone {
  if (phase === 'refused') return 'bad';
  if (phase === 'exchanging') return 'busy';
  if (phase === 'not-enrolled') return 'none';
  if (phase === 'offline') return 'waiting';
  return waiting > 0 || loading?.isPaused ? 'waiting' : 'good';
}

/** What only a newer program mends. */
const OUTDATED: ReadonlySet<string> = new Set(['SYNC_CLIENT_TOO_OLD', 'SYNC_MUST_UPDATE']);

function sentence({ phase, waiting, loading, lastError }: SyncState, t: TFunction): string {
  if (phase === 'refused') {
    return t(OUTDATED.has(lastError?.code ?? '') ? 'shell.syncIndicator.mustUpdate' : 'shell.syncIndicator.refused');
  }
  if (phase === 'exchanging' && loading) return t('shell.syncIndicator.loading', { percent: loadedPercent(loading) });
  if (phase === 'exchanging') return t('shell.syncIndicator.exchanging');
  if (phase === 'not-enrolled') return t('shell.syncIndicator.notEnrolled');
  if (phase === 'offline' && waiting > 0) return t('shell.syncIndicator.offlineWaiting', { count: waiting });
  if (phase === 'offline') return t('shell.syncIndicator.offline');
  if (waiting > 0) return t('shell.syncIndicator.waiting', { count: waiting });
  return t(loading?.isPaused ? 'shell.syncIndicator.loadPaused' : 'shell.syncIndicator.upToDate');
}
