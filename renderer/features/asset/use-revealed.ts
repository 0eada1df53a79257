import { useCallback, useEffect, useState } from 'react';

/** Seconds for which a key shows. */
const SHOWN = 30;

type Shown = { readonly key: string; readonly until: number };

/** A key on screen for half a minute; gone with the record it is of. */
export function useRevealed(assetId: string) {
  const [shown, setShown] = useState<Shown>();
  const [now, setNow] = useState(Date.now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record hides the key of the one before.
  useEffect(() => setShown(undefined), [assetId]);
  useEffect(() => {
    if (!shown) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= shown.until) setShown(undefined);
    }, 250);
    return () => clearInterval(timer);
  }, [shown]);
  const reveal = useCallback((key: string) => {
    setNow(Date.now());
    setShown({ key, until: Date.now() + SHOWN * 1000 });
  }, []);
  const hide = useCallback(() => setShown(undefined), []);
  return {
    revealed: shown?.key,
    secondsLeft: shown ? Math.max(0, Math.ceil((shown.until - now) / 1000)) : 0,
    reveal,
    hide,
  };
}
