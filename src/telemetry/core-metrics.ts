/**
 * The figures that Temporal's native core keeps of a worker. It tells them on a port of its own, which stays on
 * loopback: our page asks there and hands on those that an operator acts on.
 */
import { coreMetrics } from './metric-table';

const maxReadMs = 2_000;

export async function readCoreMetrics(address: string): Promise<string> {
  const answer = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(maxReadMs) });
  return onlyListed(await answer.text());
}

/** Comments and samples of listed figures; a histogram's samples end in `_bucket`, `_sum` and `_count`. */
export function onlyListed(page: string): string {
  const isListed = (line: string): boolean => {
    const name = /^(?:# (?:HELP|TYPE) )?(temporal_\w+)/.exec(line)?.[1];
    if (name === undefined) return false;
    return name in coreMetrics || name.replace(/_(bucket|sum|count)$/, '') in coreMetrics;
  };
  const lines = page.split('\n').filter(isListed);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
