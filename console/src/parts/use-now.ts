/** Now, renewed often enough for a countdown. */
import { useEffect, useState } from 'react';
import { now as readClock } from './clock';

const tickMs = 15_000;

export function useNow(): number {
  const [now, setNow] = useState(readClock);
  useEffect(() => {
    const timer = setInterval(() => setNow(readClock()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
