import { z } from 'zod';
import { siteWaitingSchema } from '../../contracts/http/sites';
import { bedsFor, siteDayBegins } from '../../domain/facts/beds';
import { countsFrom, inTurn, offersOf } from '../../domain/facts/waiting-list';
import { isCaseOf } from '../../domain/facts/visibility';
import type { ReturnCase } from '../../domain/model/case';
import type { SiteId } from '../../domain/model/ids';
import { findLivePlan } from '../../domain/facts/agreement';
import type { Reader } from '../../auth/official-directory';
import type { ApiParts } from '../api-parts';
import { defineRoute } from '../define-route';
import type { OpenedCase } from '../define-route';
import { findSite } from '../find-site';
import type { FoundSite } from '../find-site';
import { childBriefsFor } from '../views/child-briefs';
import { bedAt } from './get-site-today';

/** Longer a list nobody reads; who waits longest is on it. */
const most = 200;

export const getSiteWaiting = defineRoute({
  id: 'getSiteWaiting',
  method: 'get',
  path: '/v1/sites/{id}/waiting',
  summary: 'Who waits for a bed at a hosting site, and to whom one that is free is offered',
  description:
    'First who is to get the next bed: medical urgency and siblings that are complete count as days waited. An offer binds ' +
    'nobody: the host confirms.',
  params: z.object({ id: z.string().max(40) }),
  answers: {
    200: { description: 'In turn', schema: siteWaitingSchema },
    404: { description: 'No such site, or not yours' },
  },
  async handle({ parts, params }, { reader }) {
    const found = await findSite(parts, reader, params.id);
    const waiting = await waitingFor(parts, reader, found.site.id);
    const offers = offersOf(waiting, await freeBeds(parts, found), found.now);
    const waitingIds = waiting.map((one) => one.case);
    const children = await childBriefsFor(parts, reader.kind, waitingIds);
    const items = inTurn(waiting).map(({ siblingsComplete, ...one }) => {
      const offer = offers.find((each) => each.case === one.case);
      const bed = offer && { number: offer.number, ...bedAt(found, offer.number) };
      const child = children.get(one.case);
      return {
        ...one,
        ...(child && { child }),
        // Siblings elsewhere are not a host's to know of.
        ...(reader.kind === 'mediator' && {
          siblingsComplete,
          countsFrom: countsFrom({ siblingsComplete, ...one }),
        }),
        ...(offer && bed && { offered: { bed, until: offer.until } }),
      };
    });
    return { status: 200, body: { site: found.site.id, items } };
  },
});

/** Asked for a bed there, was not declined and has none. */
const waitsFor = (state: ReturnCase, site: SiteId): boolean =>
  state.placeRequest !== undefined &&
  !state.placeRequest.declined &&
  !state.stay &&
  findLivePlan(state)?.site === site;

async function waitingFor({ record }: ApiParts, reader: Reader, site: SiteId) {
  const { items } = await record.board(reader, { waitingKind: 'offer-place' }, { limit: most });
  const loaded = await Promise.all(items.map((entry) => record.load(entry.case)));
  const cases = loaded.filter(
    (one): one is OpenedCase =>
      one !== undefined && isCaseOf(one.state, one.rules, reader) && waitsFor(one.state, site),
  );
  const waiting = new Set(cases.map(({ state }) => state.id));
  const isComplete = async (siblings: ReturnCase['siblings']): Promise<boolean> => {
    const states = await Promise.all(
      siblings.filter((id) => !waiting.has(id)).map(async (id) => (await record.load(id))?.state),
    );
    return states.every(
      (state) => state === undefined || state.stage === 'closed' || state.stay?.site === site,
    );
  };
  return Promise.all(
    cases.map(async ({ state: { id, placeRequest, medicallyUrgent, siblings, openedAt } }) => ({
      ...{ case: id, since: placeRequest?.at ?? openedAt, medicallyUrgent },
      siblingsComplete: await isComplete(siblings),
    })),
  );
}

/** That nobody lies in tonight, nor is to. */
async function freeBeds({ record }: ApiParts, { site, rules, today }: FoundSite) {
  const scope = { mechanism: rules.id, site: site.id };
  const [standing, freed] = await Promise.all([record.sites.standing(scope), record.sites.freed(scope)]);
  const taken = new Set(
    standing.flatMap(({ number, occupied, firstNight, leavesOn }) =>
      occupied || (firstNight <= today && (leavesOn === undefined || leavesOn > today)) ? [number] : [],
    ),
  );
  // Nights that a carer was to stay end by themselves: no event gives that bed back.
  const ended = standing.flatMap(({ number, sleeper, leavesOn }) =>
    sleeper === 'carer' && leavesOn !== undefined && leavesOn <= today
      ? [{ number, at: siteDayBegins(site, leavesOn, rules) }]
      : [],
  );
  const since = new Map(freed);
  for (const { number, at } of ended) if (at > (since.get(number) ?? '')) since.set(number, at);
  return bedsFor(site, { nights: { from: today }, kind: 'usual' })
    .filter((number) => !taken.has(number))
    .map((number) => ({ number, ...(since.has(number) && { since: since.get(number) }) }));
}
