import { useCallback, useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { CommandInput, CommandName, CommandOutput } from '#shared/protocol/data-port.ts';
import { useSession } from './session.tsx';

export type Command<Name extends CommandName> = {
  /** Resolves to the answer, or to nothing when it failed: the error is in `error`. */
  run(input: CommandInput<Name>): Promise<CommandOutput[Name] | undefined>;
  readonly isRunning: boolean;
  readonly error: ErrorData | undefined;
  clearError(): void;
};

/** A command of the data process, with what a button and an alert need to know about it. */
export function useCommand<Name extends CommandName>(name: Name): Command<Name> {
  const { channel } = useSession();
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<ErrorData>();
  const run = useCallback(
    async (input: CommandInput<Name>) => {
      setRunning(true);
      setError(undefined);
      try {
        return await channel.command(name, input);
      } catch (cause) {
        setError(toErrorData(cause));
        return undefined;
      } finally {
        setRunning(false);
      }
    },
    [channel, name],
  );
  const clearError = useCallback(() => setError(undefined), []);
  return { run, isRunning, error, clearError };
}
