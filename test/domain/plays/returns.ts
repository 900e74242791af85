/** Returns at points where tests often begin, and what tests often ask of one. */
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import type { Obligation } from '../../../src/domain/obligations/obligations';
import { awaitWindow, carryTo, caseIn, makeReady, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';

/** A plan is on the table; nobody has decided. */
export function proposed(rules = hostingRules): CaseInPlay {
  const play = caseIn('agreement', rules);
  play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
  play.runEffects();
  return play;
}

/** Nothing but the go is missing. */
export function ready(rules = hostingRules, id?: string): CaseInPlay {
  const play = caseIn(rules.sites.length === 0 ? 'preparation' : 'hosting', rules, id);
  play.runEffects();
  makeReady(play);
  awaitWindow(play);
  return play;
}

export const obligationsIn = ({ state, rules, now }: CaseInPlay): Obligation[] =>
  obligationsOf(state, rules, now);
/** What is owed now as `kind subject party`, in order. */
export const owed = (play: CaseInPlay): string[] =>
  obligationsIn(play).map(({ kind, subject, party }) => [kind, subject, party].filter(Boolean).join(' '));

/** Played on as usual, the case ends well and nobody owes it anything. */
export function homeAgain(play: CaseInPlay): void {
  carryTo(play, 'closed');
  expect(play.state.closure?.outcome).toBe('reunited');
  expect(owed(play)).toEqual([]);
  expect(play.effects).toEqual([]);
}
