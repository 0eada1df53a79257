import { useEffect, useEffectEvent, useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { PaperContent } from '#shared/schema/paper.ts';
import { useDesktop } from '../../store/desktop.tsx';

type Task = 'print' | 'pdf';

export type Print = {
  /** What is under way: while it is, the pages stand in the print root too. */
  readonly task: Task | undefined;
  readonly error: ErrorData | undefined;
  start(task: Task): void;
};

/** Sends the paper of this window to a printer or a PDF file; `onDone` hears of what was not cancelled. */
export function usePrint(content: PaperContent | undefined, onDone: (task: Task) => void): Print {
  const { bridge } = useDesktop();
  const [task, setTask] = useState<Task>();
  const [error, setError] = useState<ErrorData>();
  const draw = useEffectEvent(async (what: Task, paper: PaperContent) => {
    const isLandscape = paper.orientation === 'landscape';
    await picturesDrawn();
    const result = await (what === 'pdf'
      ? bridge.savePdf({ name: paper.number, isLandscape })
      : bridge.print({ isLandscape }));
    if (!result.ok) setError(result.error);
    else if (result.value === 'done') onDone(what);
  });
  useEffect(() => {
    if (!task || !content) return;
    // The pages are in the document by now; the window must not go on before Chromium has drawn them.
    draw(task, content)
      .catch((cause: unknown) => setError(toErrorData(cause)))
      .finally(() => setTask(undefined));
  }, [task, content]);
  return {
    task,
    error,
    start: (next) => {
      setError(undefined);
      setTask(next);
    },
  };
}

/** Signatures and logo are pictures: one that is not decoded yet would be missing on the paper. */
async function picturesDrawn(): Promise<void> {
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
}
