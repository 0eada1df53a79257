import { useCallback } from 'react';
import type { ErrorData } from '#shared/domain/errors.ts';
import type { Act } from '#shared/domain/lifecycle.ts';
import { useActNotice } from '../store/act-notice.tsx';
import { useCommand } from '../store/use-command.ts';
import { useText } from '../text/use-text.ts';

type UndoableAct = {
  readonly actId: string;
  readonly act?: Act | undefined;
  readonly assetIds: readonly string[];
};

export type UndoAct = {
  /** Resolves to true when the act was taken back; otherwise the reason is in `error`. */
  undo(act: UndoableAct): Promise<boolean>;
  readonly isRunning: boolean;
  readonly error: ErrorData | undefined;
};

/** Takes an act back as a whole and says so (SPEC A9). */
export function useUndoAct(): UndoAct {
  const { t } = useText();
  const { announce } = useActNotice();
  const { run, isRunning, error } = useCommand('undoAct');
  const undo = useCallback(
    async ({ actId, act, assetIds }: UndoableAct) => {
      const answer = await run({ actId });
      if (!answer) return false;
      const name = act ? t(`domain.act.${act}`) : t('domain.movementKind.update');
      announce({
        actId: answer.actId,
        message: t('acts.done.undone', { count: answer.changed, act: name }),
        act,
        assetIds,
        canBeUndone: false,
      });
      return true;
    },
    [run, announce, t],
  );
  return { undo, isRunning, error };
}
