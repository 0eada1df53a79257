import { Button, CloseButton, Kbd, Text } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { type DoneAct, useActNotice } from '../store/act-notice.tsx';
import { useSession } from '../store/session.tsx';
import { useText } from '../text/use-text.ts';
import classes from './act-notice.module.css';
import { ActPapers } from './act-papers.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { useUndoAct } from './use-undo-act.ts';

/** How long it stays when nobody points at it, in milliseconds. The history offers the same afterwards. */
const STAYS = 20_000;

/** Says what was done, what papers it asks for, and offers to take it back. */
export function ActNotice() {
  const { t } = useText();
  const { done, dismiss } = useActNotice();
  return (
    <section className={classes.notice} aria-label={t('acts.notice.label')}>
      {done && <Notice key={done.actId} done={done} onClose={dismiss} />}
    </section>
  );
}

function Notice({ done, onClose }: { readonly done: DoneAct; readonly onClose: () => void }) {
  const { t } = useText();
  const { channel } = useSession();
  const { undo, isRunning, error } = useUndoAct();
  const [isHeld, setHeld] = useState(false);
  const isStaying = isHeld || isRunning || error !== undefined;
  useEffect(() => {
    if (isStaying) return;
    const timer = setTimeout(onClose, STAYS);
    return () => clearTimeout(timer);
  }, [isStaying, onClose]);
  const takeBack = () => void undo(done);
  // Whoever has just done something else means that, and not what this notice still tells.
  const takeBackLast = () => {
    if (!channel.isCommanding) takeBack();
  };
  useUndoKeys(done.canBeUndone && !isRunning, takeBackLast);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever points at it wants to read it.
    <div
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div className={classes.line}>
        <IconCircleCheck size={20} className={classes.mark} aria-hidden="true" />
        <div className={classes.words}>
          <Text fz="sm" fw={550} role="status">
            {done.message}
          </Text>
          {done.act && done.canBeUndone && <ActPapers actId={done.actId} act={done.act} assetIds={done.assetIds} />}
        </div>
        {done.canBeUndone && (
          <Button
            size="xs"
            variant="default"
            loading={isRunning}
            leftSection={<IconArrowBackUp size={16} />}
            rightSection={
              <Kbd size="xs" aria-hidden="true">
                {t('acts.notice.undoKeys')}
              </Kbd>
            }
            onClick={takeBack}
          >
            {t('acts.undo.short')}
          </Button>
        )}
        <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
      </div>
      <ErrorAlert error={error} />
    </div>
  );
}

/** Ctrl+Z takes the last act back, except while typing, where it takes back what was typed. */
function useUndoKeys(isActive: boolean, undo: () => void): void {
  const run = useEffectEvent(undo);
  useEffect(() => {
    if (!isActive) return;
    const listener = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (!isUndo || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [isActive]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(?:input|textarea|select)$/i.test(target.tagName);
}
