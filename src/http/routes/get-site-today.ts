import { z } from 'zod';
import { siteTodaySchema } from '../../contracts/http/sites';
import { addDays } from '../../domain/facts/days';
import { bedOf, siteDayBegins } from '../../domain/facts/beds';
import { doseMargin, dosesBetween, recordableFor } from '../../domain/facts/treatments';
import { addDuration, before } from '../../domain/calendar/time';
import { isCaseOf } from '../../domain/facts/visibility';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import { obligationsOf } from '../../domain/obligations/obligations';
import { readsObligation } from '../../domain/readers/obligation-readers';
import type { Standing } from '../../record/reads/sites';
import type { ApiParts } from '../api-parts';
import { defineRoute } from '../define-route';
import type { OpenedCase } from '../define-route';
import { findSite } from '../find-site';
import type { FoundSite } from '../find-site';
import { readsField } from '../views/case-view';
import { dosesFor } from '../views/dose-view';
import { childBriefFor } from '../views/child-brief';
import type { Reader } from '../../auth/official-directory';

export const getSiteToday = defineRoute({
  id: 'getSiteToday',
  method: 'get',
  path: '/v1/sites/{id}/today',
  summary: 'The day of a hosting site: who is expected, there, leaving, and what is due',
  params: z.object({ id: z.string().max(40) }),
  answers: {
    200: { description: 'By the site’s own calendar', schema: siteTodaySchema },
    404: { description: 'No such site, or not yours' },
  },
  async handle({ parts, params }, { reader }) {
    const found = await findSite(parts, reader, params.id);
    const { site, rules, today, now } = found;
    const standing = await parts.record.sites.standing({ mechanism: rules.id, site: site.id });
    const ids = [...new Set(standing.map(({ case: id }) => id))];
    const loaded = await Promise.all(ids.map((id) => parts.record.load(id)));
    const cases = loaded.filter(
      (one): one is OpenedCase => one !== undefined && isCaseOf(one.state, one.rules, reader),
    );
    const dossiers = await parts.record.newestDossiers(cases.map(({ state }) => state.id));
    const theirs = standing.filter(({ case: id }) => cases.some(({ state }) => state.id === id));
    const guestOf = ({ case: id, number, firstNight, leavesOn }: Standing) => {
      const dossier = dossiers.get(id);
      const child = dossier && childBriefFor(reader.kind, dossier, now);
      const bed = { number, ...bedAt(found, number) };
      return {
        case: id,
        ...(child && { child }),
        bed,
        firstNight,
        ...(leavesOn !== undefined && { leavesOn }),
      };
    };
    const children = theirs.filter(({ sleeper }) => sleeper === 'child');
    const carers = theirs.filter(
      ({ sleeper, leavesOn }) => sleeper === 'carer' && (leavesOn === undefined || leavesOn >= today),
    );
    const present = children.filter(({ occupied }) => occupied);
    const expected = children.filter(({ occupied, firstNight }) => !occupied && firstNight <= today);
    const dueOf = (kind: ObligationKind) => dueToday(found, reader, cases, kind);
    return {
      status: 200,
      body: {
        ...{ site: site.id, today },
        expected: expected.map(guestOf),
        present: present.map(guestOf),
        leaving: present.filter(({ leavesOn }) => leavesOn !== undefined && leavesOn <= today).map(guestOf),
        carers: carers.map(guestOf),
        notesDue: dueOf('write-welfare-note'),
        checksDue: checksDue(found, cases),
        hearingsDue: dueOf('hear-child'),
        doses: await dosesToday(parts, reader, cases, found),
        endingSoon: cases.flatMap((one) => owedIn(one, reader, now, 'extend-stay')),
      },
    };
  },
});

/** A day after the arrival; of one that is longer ago nobody remembers. */
const checksDue = ({ site, now }: FoundSite, cases: readonly OpenedCase[]) =>
  cases.flatMap(({ state: { id, stay, arrivalCheck } }) => {
    if (stay?.status !== 'occupied' || stay.site !== site.id || arrivalCheck) return [];
    if (stay.since < before(now, 'P3D')) return [];
    const due = addDuration(stay.since, 'P1D');
    return [{ case: id, due, overdue: due < now }];
  });

/** In words only to whoever reads what a child is to get. */
async function dosesToday(
  { record }: ApiParts,
  reader: Reader,
  cases: readonly OpenedCase[],
  { site, rules, today, now }: FoundSite,
) {
  if (!readsField(reader.kind, 'treatments')) return [];
  const begins = siteDayBegins(site, today, rules);
  // Shortly before midnight what may be given now is tomorrow's.
  const [ends = now] = [siteDayBegins(site, addDays(today, 1), rules), addDuration(now, doseMargin)]
    .sort()
    .reverse();
  const found = cases.flatMap(({ state, rules: own }) =>
    // A bed may be kept here for a child that is elsewhere still.
    state.stay?.site === site.id
      ? dosesBetween(state, own, before(now, recordableFor), ends)
          .filter(({ due, done }) => due >= begins || !done)
          .map((dose) => ({ id: state.id, dose }))
      : [],
  );
  return dosesFor(record, found, now);
}

export const bedAt = ({ site }: Pick<FoundSite, 'site'>, number: number) => {
  const { id, kind, room } = bedOf(site, number);
  return { id, kind, ...(room !== undefined && { room }) };
};

function owedIn({ state, rules }: OpenedCase, reader: Reader, now: string, kind: ObligationKind) {
  return obligationsOf(state, rules, now)
    .filter((owed) => owed.kind === kind && owed.since <= now && readsObligation(reader, owed))
    .map(({ due }) => ({ case: state.id, due, overdue: due < now }));
}

function dueToday(
  { site, rules, today, now }: FoundSite,
  reader: Reader,
  cases: readonly OpenedCase[],
  kind: ObligationKind,
) {
  const tomorrow = siteDayBegins(site, addDays(today, 1), rules);
  return cases
    .flatMap((one) => owedIn(one, reader, now, kind))
    .filter(({ due }) => due < tomorrow)
    .sort((one, other) => (one.due < other.due ? -1 : 1));
}
