import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../components/paths.ts';
import { SEARCH_INPUT_ID } from './header.tsx';

/**
 * Keys that work on every screen. The character counts, not the key that makes it: on a French keyboard both `/` and `?`
 * need Shift.
 */
export function useShortcuts(onHelp: () => void): void {
  const [, navigate] = useLocation();
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const action = actionOf(event);
    if (!action || isDialogOpen()) return;
    event.preventDefault();
    if (action === 'search') focusSearch();
    else if (action === 'new') navigate(paths.newAsset);
    else onHelp();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function actionOf(event: KeyboardEvent): 'search' | 'new' | 'help' | undefined {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'f') return 'search';
    return key === 'n' ? 'new' : undefined;
  }
  if (isTyping(event.target)) return undefined;
  if (key === '/') return 'search';
  return key === '?' ? 'help' : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))
  );
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

function focusSearch(): void {
  const input = document.getElementById(SEARCH_INPUT_ID);
  if (!(input instanceof HTMLInputElement)) return;
  input.focus();
  input.select();
}
