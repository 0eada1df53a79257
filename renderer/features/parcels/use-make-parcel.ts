import { useRef, useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import { useSession } from '../../store/session.tsx';
import { useStick } from './use-stick.ts';

/** How far the files with photos and documents are. */
export type Parts = { readonly done: number; readonly total: number };

export type MakingParcel = {
  readonly isRunning: boolean;
  readonly parts: Parts | undefined;
  /** Names of what is on the stick. */
  readonly made: readonly string[] | undefined;
  readonly error: ErrorData | undefined;
  start(input: CommandInput<'makeParcel'>): Promise<void>;
  /** After the file that is being written. */
  stop(): void;
};

/** Rows first, then photos and documents part by part: each is on the stick before the next is sealed (SPEC X1). */
export function useMakeParcel(): MakingParcel {
  const { channel } = useSession();
  const stick = useStick();
  const [isRunning, setRunning] = useState(false);
  const [parts, setParts] = useState<Parts>();
  const [made, setMade] = useState<readonly string[]>();
  const [error, setError] = useState<ErrorData>();
  const isStopped = useRef(false);

  const write = async (input: CommandInput<'makeParcel'>) => {
    const { files, plan } = await channel.command('makeParcel', input);
    await stick.write(files);
    const names = files.map(({ name }) => name);
    for (let done = 0; plan && done < plan.parts && !isStopped.current; done += 1) {
      setParts({ done, total: plan.parts });
      const { file } = await channel.command('sealFilePart', { planId: plan.planId, part: done + 1 });
      await stick.write([file]);
      names.push(file.name);
      setParts({ done: done + 1, total: plan.parts });
    }
    setMade(names);
  };
  return {
    isRunning,
    parts,
    made,
    error,
    async start(input) {
      isStopped.current = false;
      setError(undefined);
      setMade(undefined);
      setParts(undefined);
      try {
        if (!(await stick.choose())) return;
        setRunning(true);
        await write(input);
      } catch (cause) {
        setError(toErrorData(cause));
      } finally {
        setRunning(false);
      }
    },
    stop() {
      isStopped.current = true;
    },
  };
}
