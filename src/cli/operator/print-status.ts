/** How `homeward ops status` looks in a terminal. */
import pc from 'picocolors';
import type { RestartCause } from '../../record/upkeep/operations';
import type { Check } from './checks';
import type { Versions } from './versions';

export function printStatus(
  checks: readonly Check[],
  versions: Versions,
  restarts: Readonly<Partial<Record<RestartCause, number>>>,
): string[] {
  const lines = checks.flatMap(({ ok, name, says, next }) => [
    `${ok ? pc.green('ok   ') : pc.red('wrong')}  ${name.padEnd(15)} ${says}`,
    ...(next === undefined ? [] : [`${' '.repeat(23)}→ ${pc.cyan(next)}`]),
  ]);
  const causes = Object.entries(restarts).map(([cause, count]) => `${count} ${cause}`);
  const { homeward, node, postgres, temporal } = versions;
  return [
    ...lines,
    '',
    `Rebuilt from the record in the last day: ${causes.length === 0 ? 'none' : causes.join(', ')}`,
    `Homeward ${homeward}, Node ${node}, Postgres ${postgres}, Temporal ${temporal}`,
  ];
}
