import { useEffect, useEffectEvent } from 'react';

/**
 * Letters that answer the review that is shown, from anywhere on the screen but where one types. `actions` are by letter, in
 * lower case.
 */
export function useReviewKeys(actions: Readonly<Record<string, (() => void) | undefined>>): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  const isTyping =
    target instanceof HTMLElement &&
    (/^(?:textarea|select)$/i.test(target.tagName) ||
      (target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type)));
  return isTyping || document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
