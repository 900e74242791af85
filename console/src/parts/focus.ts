/** Where the keyboard and the reading voice go on: no page is loaded anew here, so nobody else moves them. */
import { useEffect, useRef } from 'react';

/** As `ref` of what has just appeared and is to be read next; it needs a `tabIndex` of -1. */
export const goOnHere = (element: HTMLElement | null): void => element?.focus();

/** After each step to another page its heading is where one goes on; the first page begins at its beginning. */
export function useFocusOnHeading(path: string): void {
  const from = useRef(path);
  useEffect(() => {
    const before = from.current;
    from.current = path;
    // The bare address only leads on to the first page: nobody has taken a step.
    if (before === path || before === '/') return;
    const isThere = (): boolean => {
      const heading = document.querySelector<HTMLElement>('main h1');
      if (!heading) return false;
      heading.tabIndex = -1;
      heading.focus();
      return true;
    };
    if (isThere()) return;
    const observer = new MutationObserver(() => isThere() && observer.disconnect());
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [path]);
}
