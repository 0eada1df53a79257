import { useEffect, useRef, useState } from 'react';
import type { ErrorData } from '#shared/domain/errors.ts';
import type { JournalCheck, JournalProgress } from '#shared/protocol/data-port.ts';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';

export type RunningCheck = {
  readonly check: { readonly result: JournalCheck; readonly at: string } | undefined;
  readonly progress: JournalProgress | undefined;
  readonly isRunning: boolean;
  readonly error: ErrorData | undefined;
  start(): Promise<void>;
  cancel(): void;
};

/** The verification of the journal, with its progress. It ends when the screen is left. */
export function useJournalCheck(): RunningCheck {
  const { channel } = useSession();
  const { run, isRunning, error } = useCommand('verifyJournal');
  const [check, setCheck] = useState<RunningCheck['check']>();
  const [progress, setProgress] = useState<JournalProgress>();
  const isUnderWay = useRef(false);

  useEffect(() => {
    const events = channel.events$.subscribe((event) => {
      if (event.event === 'journal-check') setProgress(event.progress);
    });
    return () => {
      events.unsubscribe();
      if (isUnderWay.current) void channel.command('cancelJournalCheck', {}).catch(() => undefined);
    };
  }, [channel]);

  const start = async () => {
    isUnderWay.current = true;
    setProgress(undefined);
    setCheck(undefined);
    const result = await run({});
    isUnderWay.current = false;
    if (result) setCheck({ result, at: new Date().toISOString() });
  };
  // Where the line is gone, the check is gone with it.
  const cancel = () => void channel.command('cancelJournalCheck', {}).catch(() => undefined);
  return { check, progress, isRunning, error, start, cancel };
}
