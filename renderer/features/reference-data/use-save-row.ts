import type { ErrorData } from '#shared/domain/errors.ts';
import type { CommandInput } from '#shared/protocol/data-port.ts';
import { useNotify } from '../../components/use-notify.ts';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';

type SaveCommand = 'saveStructure' | 'saveSite' | 'saveReference' | 'saveAgent';

/** Saves a row, says so by the name it has, and closes its editor; a refusal stays with the editor. */
export function useSaveRow<Name extends SaveCommand>(
  command: Name,
  onClose: () => void,
): {
  save(input: CommandInput<Name>, name: string): Promise<void>;
  readonly isRunning: boolean;
  readonly error: ErrorData | undefined;
} {
  const { t } = useText();
  const notify = useNotify();
  const { run, isRunning, error } = useCommand(command);
  const save = async (input: CommandInput<Name>, name: string) => {
    const saved = await run(input);
    if (!saved) return;
    notify(t('references.saved', { name: name.trim() }));
    onClose();
  };
  return { save, isRunning, error };
}
