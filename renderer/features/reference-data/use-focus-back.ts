import { useEffect, useState } from 'react';

/** Gives the focus back to where it was before this appeared: whoever works by keyboard goes on in the list. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}
