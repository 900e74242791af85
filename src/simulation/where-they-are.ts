/** After the demo: where each child is, in whose care, and when it was heard; by what the mediator's lead reads. */
import type { CaseId } from '../domain/model/ids';
import { tableLines } from '../cli/print/print-table';
import { shortTime } from '../cli/print/print-time';
import { careOf } from '../domain/facts/care';
import type { Officials } from './officials';
import { readCase } from './seen-case';
import type { SeenCase } from './seen-case';

interface Child {
  readonly name: string;
  readonly case: CaseId;
}

/** Lines of a table, one child each. */
export async function whereTheyAre(children: readonly Child[], officials: Officials): Promise<string[]> {
  const lead = officials.first('mediator', ['lead']);
  const cases = await Promise.all(children.map(({ case: id }) => readCase(lead, id)));
  return tableLines([
    ['', 'case', 'in whose care', 'where', 'since', 'heard'],
    ...cases.map((seen, index) => rowOf(children[index]?.name ?? '', seen)),
  ]);
}

function rowOf(name: string, seen: SeenCase): string[] {
  const care = careOf(seen);
  const places: Readonly<Partial<Record<typeof care.with, string>>> = {
    host: seen.stay?.site ?? '',
    recipient: seen.plan?.handoverPlace ?? '',
    escort: seen.journey?.lastPlace?.place ?? '',
    'interim-care': seen.interimCare?.place ?? '',
  };
  const heard = (seen.hearings ?? []).map(({ heardAt, answer }) => `${answer} ${shortTime(heardAt)}`);
  return [
    name,
    seen.id,
    care.with,
    places[care.with] ?? '',
    shortTime(care.since),
    [heard.at(-1) ?? 'never', ...(heard.length > 1 ? [`(${heard.length} times)`] : [])].join(' '),
  ];
}
