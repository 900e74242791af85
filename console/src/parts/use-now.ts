/** The time of this device, for what is shown beside it; renewed often enough for a countdown. */
import { useEffect, useState } from 'react';

const tickMs = 15_000;

export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
