/** The record’s time. A device whose clock is wrong would count down to the wrong minute and date what happens wrongly. */
import { useSyncExternalStore } from 'react';

/** Answers say their time to the second, and travel for a while. */
const tolerableMs = 120_000;
/** How far the record’s clock is ahead of this device’s, once an answer said so. */
let aheadMs = 0;
const listeners = new Set<() => void>();

/** `date`: of an answer that has just come. */
export function setClock(date: string | null): void {
  const ahead = Date.parse(date ?? '') - Date.now();
  const next = Math.abs(ahead) > tolerableMs ? ahead : 0;
  // Not anew at each answer: the seconds it travelled would make every time on the page jump.
  if (Math.abs(next - aheadMs) < tolerableMs) return;
  aheadMs = next;
  for (const listener of listeners) listener();
}
export const now = (): number => Date.now() + aheadMs;
export const today = (): string => new Intl.DateTimeFormat('sv-SE').format(now());

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useIsClockWrong = (): boolean => useSyncExternalStore(subscribe, () => aheadMs !== 0);
