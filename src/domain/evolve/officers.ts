/** Folds of whose case it is at the mediator's. */
import type { CaseOfficer, ReturnCase } from '../model/case';
import type { EventOf } from '../model/events';
import { omitUndefined } from '../model/omit-undefined';
import type { Instant } from '../calendar/time';
import type { FoldTable, Patch } from './fold-table';

export const officerFolds: FoldTable<'OfficerAssigned' | 'OfficerRelieved'> = {
  OfficerAssigned: (state, { officer, deputy }, { at }) => ({
    officer: omitUndefined({
      official: officer,
      deputy,
      since: state.officer?.official === officer ? state.officer.since : at,
    }),
    ...(state.officerLeftAt !== undefined && { officerLeftAt: undefined }),
  }),
  OfficerRelieved: (state, { official }, { at }) => withoutOfficer(state, { official }, at),
};

type Leaver = Pick<EventOf<'OfficialSubstituted'>, 'official' | 'by'>;

/** Somebody left for good: the successor has their place, or without one the deputy has the case. */
export function withoutOfficer({ officer }: ReturnCase, leaver: Leaver, at: Instant): Patch {
  if (officer?.official !== leaver.official && officer?.deputy !== leaver.official) return {};
  const next = successorsOf(officer, leaver);
  if (next.official === undefined) return { officer: undefined, officerLeftAt: at };
  const since = next.official === officer.official ? officer.since : at;
  return { officer: omitUndefined({ ...next, official: next.official, since }) };
}

/** Whoever steps in may be the other of the two: then there is no second. */
function successorsOf(officer: CaseOfficer, { official, by }: Leaver) {
  const isDeputy = officer.deputy === official;
  const first = isDeputy ? officer.official : (by ?? officer.deputy);
  const second = isDeputy ? by : officer.deputy;
  return { official: first, deputy: second === first ? undefined : second };
}
