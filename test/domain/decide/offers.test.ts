/** What is offered is what the rules would take, in any return played at random: no more, and no less. */
import fc from 'fast-check';
import { allowedCommandsOf } from '../../../src/domain/facts/allowed-commands';
import type { Command } from '../../../src/domain/model/commands';
import { decide } from '../../../src/domain/decide/decide';
import { offersFor, refusalsOfContent } from '../../../src/domain/decide/offers';
import type { Offer, OfferedType } from '../../../src/domain/decide/offers';
import { readsObligation } from '../../../src/domain/readers/obligation-readers';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import { caseIn } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { readersOf } from '../../support/readers';
import { propertyRuns } from '../../support/property-runs';
import { anyCommand } from '../plays/any-command';
import type { Pick } from '../plays/any-command';
import { playScript, scripts } from '../plays/random-play';

const escorts = ['escort', 'escort2'];
const officers = ['lead', 'officer', 'officer2'];
const offeredTo = (play: CaseInPlay, reader: ReturnType<typeof readersOf>[number]): Offer[] =>
  offersFor(play.state, reader, {
    ...play.context,
    escorts,
    officers,
    newestMechanism: play.state.mechanism.version + 1,
  });

/** What a command is about, as offers name it. */
function subjectOf(command: Command): string | undefined {
  switch (command.type) {
    case 'attestFacet':
    case 'reviewAttestation':
    case 'reopenFacet':
      return command.facet;
    case 'confirmRelay':
    case 'rejectRelay':
    case 'repudiateRelay':
      return command.relay;
    case 'relayDecision':
    case 'recordMediation':
      return command.party;
    case 'settleDuplicate':
      return command.other;
    case 'settleCondition':
      return command.condition;
    case 'nominateRecipient':
      return command.recipient;
    case 'assignEscort':
      return command.escort;
    case 'assignOfficer':
      return command.officer;
    case 'recordArrival':
      return command.site;
    case 'endTreatment':
      return command.treatment;
    case 'recordDose':
      return command.dose;
    case 'completeLeg':
      return command.leg;
    case 'decideRecall':
    case 'closeCase':
      return command.outcome;
    case 'reportVisit':
      return String(command.visit);
    case 'reviewHold':
    case 'liftHold':
      return command.hold;
    case 'confirmProposal':
    case 'rejectProposal':
      return command.proposal;
    case 'acknowledgeObligation':
    case 'snoozeObligation':
      return command.obligation;
    case 'answerIncident':
      return command.incident;
    case 'mendAddress':
      return command.official ?? command.party;
    case 'passOnAlarm':
    case 'answerDuress':
      return command.official;
    default:
      return undefined;
  }
}

/** Of these `anyCommand` makes so few that all may be done already. */
const fewSamples: readonly OfferedType[] = [
  ...(['flagDuplicate', 'linkSiblings', 'reportVisit'] as const),
  // Or names so many things that all tries may miss the one that is offered.
  ...(['acknowledgeObligation', 'snoozeObligation', 'liftHold', 'reviewHold'] as const),
];

const isOffered = (offers: readonly Offer[], command: Command): boolean =>
  offers.some(({ type, subjects }) => {
    const subject = subjectOf(command);
    return type === command.type && (subject === undefined || subjects?.includes(subject) === true);
  });

/** An office that an obligation is escalated to may have it wait; it is offered to who is told of it. */
const isKnownTo = (
  reader: ReturnType<typeof readersOf>[number],
  command: Command,
  play: CaseInPlay,
): boolean =>
  !('obligation' in command) ||
  obligationsOf(play.state, play.rules, play.now).some(
    (owed) => owed.key === command.obligation && readsObligation(reader, owed),
  );

function compare(play: CaseInPlay, pick: Pick, wrong: Set<string>): void {
  for (const reader of readersOf(play.rules)) {
    const offers = offeredTo(play, reader);
    const verdictOf = (command: Command) => decide(play.state, { actor: reader, command }, play.context);
    for (const type of allowedCommandsOf(play.state, reader, play.rules)) {
      const tried = Array.from({ length: 6 }, () => anyCommand(type, play, pick));
      for (const command of tried)
        if (isKnownTo(reader, command, play) && 'events' in verdictOf(command) && !isOffered(offers, command))
          wrong.add(`${type} of ${reader.kind} is taken and was not offered`);
    }
    for (const { type } of offers.filter((offer) => !fewSamples.includes(offer.type))) {
      const codes = new Set<string>();
      for (let tries = 0; tries < 240; tries += 1) {
        const verdict = verdictOf(anyCommand(type, play, pick));
        if ('events' in verdict) codes.clear();
        if ('events' in verdict || refusalsOfContent.includes(verdict.rejection.code)) break;
        const hidden = (verdict.rejection.blockers ?? []).length === 0;
        if (['gate-closed', 'facets-unconfirmed'].includes(verdict.rejection.code) && hidden) break;
        codes.add(verdict.rejection.code);
        if (tries === 239)
          wrong.add(`${type} was offered to ${reader.kind} and is refused: ${[...codes].join()}`);
      }
    }
  }
}

describe('what is offered', () => {
  it('is what would be taken, and whatever is taken was offered', () => {
    const wrong = new Set<string>();
    let at = 7;
    const pick: Pick = (items) => {
      at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
      return items[Math.floor((at / 2 ** 32) * items.length)]!;
    };
    for (const script of fc.sample(scripts, { ...propertyRuns(60), seed: 7 }))
      compare(
        playScript(script, () => undefined),
        pick,
        wrong,
      );
    expect([...wrong]).toEqual([]);
  });

  const types = (play: CaseInPlay, who: string): OfferedType[] =>
    offeredTo(
      play,
      readersOf(play.rules).find(({ official }) => official === who)!,
    ).map(({ type }) => type);

  it('is no hold to lift where none stands, and no relay to confirm to who entered it', () => {
    const play = caseIn('agreement');
    expect(types(play, 'officer')).not.toContain('liftHold');
    play.take('officer', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
    expect(offeredTo(play, readersOf(play.rules)[0]!).map(({ type }) => type)).toContain('liftHold');
    const officer = offeredTo(
      play,
      readersOf(play.rules).find(({ official }) => official === 'officer')!,
    );
    expect(officer.find(({ type }) => type === 'liftHold')).toEqual({
      type: 'liftHold',
      subjects: ['hold-1'],
    });
    expect(types(play, 'north-decider')).not.toContain('liftHold');
  });
});
