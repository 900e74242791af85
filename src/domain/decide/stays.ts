/** Rules of beds and nights. Source: docs/rules.md, "Beds and nights"; never-rule 5 is the record's. */
import { findLivePlan } from '../facts/agreement';
import { passesAtSite } from '../facts/reunion';
import { isShut, siteDayOf } from '../facts/beds';
import type { Nights } from '../model/beds';
import type { ReturnCase } from '../model/case';
import type { CaseEvent } from '../model/events';
import { omitUndefined } from '../model/omit-undefined';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import type { HandlerTable, RuleContext } from './rule-context';

type Verdict = readonly CaseEvent[] | { readonly rejection: Rejection };
type Asked = Omit<Extract<CaseEvent, { type: 'PlaceHeld' }>, 'type' | 'site'>;

/** Which bed it is the record says, in the transaction in which it is given. */
function heldPlace(
  state: ReturnCase,
  { firstNight, leavesOn, bed }: Asked,
  { mechanism, now }: RuleContext,
): Verdict {
  const id = findLivePlan(state)?.site;
  if (!id || !state.placeRequest) return rejected('no-place-asked');
  if (state.stay) return rejected('already-done');
  const site = mechanism.sites.find((one) => one.id === id);
  const today = siteDayOf(site, now, mechanism);
  if (firstNight !== undefined && firstNight < today) return rejected('date-past', { field: 'firstNight' });
  const from = firstNight ?? today;
  if (leavesOn !== undefined && leavesOn <= from) return rejected('window-inverted', { field: 'leavesOn' });
  if (site && isShut(site, omitUndefined<Nights>({ from, to: leavesOn })))
    return rejected('closed-for-new', { field: 'firstNight' });
  return [omitUndefined({ type: 'PlaceHeld', site: id, firstNight, leavesOn, bed })];
}

export const stayRules: HandlerTable<
  'confirmPlace' | 'declinePlace' | 'extendStay' | 'holdWithSibling' | 'holdCarerBed' | 'releaseCarerBed'
> = {
  confirmPlace: (state, { together = [], ...asked }, context) =>
    together.some((id) => !state.siblings.includes(id))
      ? rejected('unknown-case', { field: 'together' })
      : heldPlace(state, asked, context),

  holdWithSibling: (state, asked, context) => heldPlace(state, asked, context),

  declinePlace: (state, { note }) => {
    const site = findLivePlan(state)?.site;
    if (!site || !state.placeRequest) return rejected('no-place-asked');
    if (state.placeRequest.declined) return rejected('already-done');
    return [
      ...(state.stay?.status === 'held' ? [{ type: 'PlaceReleased', site } as const] : []),
      omitUndefined({ type: 'PlaceDeclined', site, note }),
    ];
  },

  holdCarerBed: (state, { firstNight, leavesOn }, { mechanism, now }) => {
    const id = state.stay?.site ?? findLivePlan(state)?.site;
    if (!id || !passesAtSite(state)) return rejected('nothing-to-decide');
    const site = mechanism.sites.find((one) => one.id === id);
    const today = siteDayOf(site, now, mechanism);
    const from = firstNight ?? today;
    if (from < today) return rejected('date-past', { field: 'firstNight' });
    if (leavesOn <= from) return rejected('window-inverted', { field: 'leavesOn' });
    if (site && isShut(site, { from, to: leavesOn }))
      return rejected('closed-for-new', { field: 'firstNight' });
    return [{ type: 'CarerBedHeld', site: id, firstNight: from, leavesOn }];
  },

  releaseCarerBed: ({ carerBed }) =>
    carerBed ? [{ type: 'CarerBedReleased', site: carerBed.site }] : rejected('already-done'),

  extendStay: ({ stay }, { leavesOn }, { mechanism, now }) => {
    if (!stay) return rejected('wrong-stage');
    const site = mechanism.sites.find(({ id }) => id === stay.site);
    const today = siteDayOf(site, now, mechanism);
    const known = stay.leavesOn ?? stay.firstNight ?? today;
    const from = known > today ? known : today;
    if (leavesOn <= from) return rejected('date-past', { field: 'leavesOn' });
    if (site && isShut(site, { from, to: leavesOn }))
      return rejected('closed-for-new', { field: 'leavesOn' });
    return [{ type: 'StayExtended', site: stay.site, leavesOn }];
  },
};
