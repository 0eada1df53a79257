import type { Database } from './database.ts';
import { readSequences } from './documents.ts';
import { asAdministrator } from './scope.ts';
import type { CommitListener } from './store.ts';

export type CommitNewsHub = {
  /** This process committed. */
  committed(ministryId: string, seq: number): void;
  onCommit(listener: CommitListener): () => void;
  close(): Promise<void>;
};

/** Milliseconds between questions for what no news told of: an instance may be killed between a commit and its news. */
const ASK_EVERY = 60_000;

/** Brings commits to whoever listens in this process, its own and those of other processes on the database (SPEC E1). */
export function createCommitNews(database: Database): CommitNewsHub {
  const listeners = new Set<CommitListener>();
  /** The last sequence told, by ministry: news, and answers to questions, may come late. */
  const told = new Map<string, number>();

  function tell(ministryId: string, seq: number): void {
    if (seq <= (told.get(ministryId) ?? 0)) return;
    told.set(ministryId, seq);
    for (const listener of listeners) listener(ministryId, seq);
  }

  async function ask(): Promise<void> {
    const sequences = await asAdministrator(database, readSequences);
    for (const { ministryId, seq } of sequences) tell(ministryId, seq);
  }

  // A question that fails is asked again when the line is back, or in a minute.
  const askAgain = () => void ask().catch(() => {});
  const channel = database.openCommitChannel?.({
    onNews: ({ ministryId, seq }) => tell(ministryId, seq),
    onConnected: askAgain,
  });
  const timer = channel && setInterval(askAgain, ASK_EVERY);
  timer?.unref();

  return {
    committed(ministryId, seq) {
      tell(ministryId, seq);
      channel?.announce({ ministryId, seq });
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearInterval(timer);
      await channel?.close();
    },
  };
}
