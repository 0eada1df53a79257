import { useEffect, useState } from 'react';
import type { SyncState } from '#shared/protocol/data-port.ts';
import { useSession } from './session.tsx';

/** Where replication stands: asked once, then as the data process tells it. */
export function useSyncState(): SyncState | undefined {
  const { channel, generation } = useSession();
  const [state, setState] = useState<SyncState>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after a restart of the data process.
  useEffect(() => {
    let hasNews = false;
    const events = channel.events$.subscribe((event) => {
      if (event.event !== 'sync') return;
      hasNews = true;
      setState(event.state);
    });
    channel.question('getSyncState', {}).then(
      (answer) => hasNews || setState(answer),
      () => undefined,
    );
    return () => events.unsubscribe();
  }, [channel, generation]);
  return state;
}
