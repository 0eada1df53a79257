import { useState } from 'react';
import { OpeningScreen } from '../components/opening-screen.tsx';
import { FailureScreen } from '../features/failure/failure-screen.tsx';
import { FirstStartScreen } from '../features/unlock/first-start-screen.tsx';
import { LockedScreen } from '../features/unlock/locked-screen.tsx';
import { useDesktop } from '../store/desktop.tsx';
import { DirectoryProvider } from '../store/directory.tsx';
import { SessionProvider } from '../store/session.tsx';
import { Shell } from './shell/shell.tsx';

/** Which screen stands in front: one per state of the application, and the shell once the register is open. */
export function Gate() {
  const { bridge, info } = useDesktop();
  const { state } = info;
  const isOpen = useIsOpen(state.kind);
  if (isOpen) {
    return (
      <SessionProvider
        bridge={bridge}
        isConnected={state.kind === 'open'}
        pending={<OpeningScreen step="screens" />}
        failed={(error, retry) => <FailureScreen error={error} onRetry={retry} />}
      >
        <DirectoryProvider>
          <Shell />
        </DirectoryProvider>
      </SessionProvider>
    );
  }
  switch (state.kind) {
    case 'first-start':
      return <FirstStartScreen />;
    case 'locked':
      return <LockedScreen hasKeychain={state.hasKeychain} />;
    case 'opening':
      return <OpeningScreen step={state.step} />;
    case 'failed':
      return <FailureScreen error={state.error} onRetry={() => void bridge.retry()} />;
    default:
      return <OpeningScreen step="screens" />;
  }
}

/** The shell stays while the data process restarts, whichever states that passes through, as long as it was open before. */
function useIsOpen(kind: string): boolean {
  const [wasOpen, setWasOpen] = useState(false);
  const isOpen = kind === 'open' || (wasOpen && (kind === 'reconnecting' || kind === 'opening'));
  if (isOpen !== wasOpen) setWasOpen(isOpen);
  return isOpen;
}
