import type { Store } from '../store/store.ts';

/** Who waits for news of a ministry: the open streams of this process. */
export type WakeUps = {
  subscribe(ministryId: string, listener: (seq: number) => void): () => void;
  close(): void;
};

export function createWakeUps(store: Pick<Store, 'onCommit'>): WakeUps {
  const listeners = new Map<string, Set<(seq: number) => void>>();
  const stop = store.onCommit((ministryId, seq) => {
    for (const listener of listeners.get(ministryId) ?? []) listener(seq);
  });
  return {
    subscribe(ministryId, listener) {
      const ofMinistry = listeners.get(ministryId) ?? new Set();
      listeners.set(ministryId, ofMinistry.add(listener));
      return () => {
        ofMinistry.delete(listener);
        if (ofMinistry.size === 0) listeners.delete(ministryId);
      };
    },
    close() {
      stop();
      listeners.clear();
    },
  };
}
