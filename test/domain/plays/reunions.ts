/** Returns in which care passes at the site, as far as the handover there, and on the way home. */
import type { CommandOf } from '../../../src/domain/model/commands';
import type { CarePasses } from '../../../src/domain/model/plan';
import { awaitWindow, caseIn, daysAfter, hashOf, makeReady, steps, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';

export const atSite: CarePasses = { where: 'at-site', wayIn: 'border', wayOut: 'border' };
export const companions = ['escort', 'recipient'] as const;
export const propose = (play: CaseInPlay, more: object = {}) =>
  ({ type: 'proposePlan', terms: termsOf(play, { carePasses: atSite, companions, ...more }) }) as const;
export const look = { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') } as const;
export const confirm = { type: 'confirmHandover' } as const;
export const carerPapers = (play: CaseInPlay, more: object = {}): CommandOf<'confirmCarerPapers'> => ({
  ...{ type: 'confirmCarerPapers', documents: ['doc-11'], permission: 'doc-11' },
  ...{ validUntil: daysAfter(play.now, 60), ...more },
});
/** At the site, by a plan that lets care pass there. */
export function hosted(): CaseInPlay {
  const play = caseIn('agreement');
  play.take('officer', propose(play));
  for (const stage of ['agreement', 'preparation'] as const) steps[stage](play);
  return play;
}
export function reunited(): CaseInPlay {
  const play = hosted();
  play.take('northOfficial', carerPapers(play));
  play.take('host', look);
  play.take('receiver', confirm);
  play.take('host', confirm);
  return play;
}
/** Everything the gate asks for, and the go. */
export function onTheWay(): CaseInPlay {
  const play = reunited();
  play.runEffects();
  makeReady(play);
  awaitWindow(play);
  play.take('dispatcher', { type: 'confirmCrew', has: ['companion'], escorts: 1, children: 1 });
  play.take('lead', { type: 'depart' });
  return play;
}
