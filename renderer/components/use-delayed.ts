import { useEffect, useState } from 'react';

/** Below this, showing a wait would only flicker. Milliseconds. */
const NOTICEABLE = 300;

/** True once `isWaiting` has lasted long enough to be worth showing. */
export function useDelayed(isWaiting: boolean, delay = NOTICEABLE): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isWaiting) return setLong(false);
    const timer = setTimeout(() => setLong(true), delay);
    return () => clearTimeout(timer);
  }, [isWaiting, delay]);
  return isWaiting && isLong;
}
