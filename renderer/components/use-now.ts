import { useEffect, useState } from 'react';

const REFRESH = 15_000;

/** The time, refreshed often enough for “3 minutes ago”. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), REFRESH);
    return () => clearInterval(timer);
  }, []);
  return now;
}
