/**
 * Random returns: a case somewhere on its way, then acts of random officials under a clock that jumps. Most acts
 * are what somebody owes, or the case would never get anywhere; the rest upsets it, or is whatever anybody could
 * try.
 */
import fc from 'fast-check';
import { allowedCommandsOf } from '../../../src/domain/facts/allowed-commands';
import type { ReturnCase } from '../../../src/domain/model/case';
import { commandTable } from '../../../src/domain/model/command-table';
import type { Command, CommandType } from '../../../src/domain/model/commands';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { foreseenObligationsOf } from '../../../src/domain/obligations/obligations';
import type { Obligation } from '../../../src/domain/obligations/obligations';
import { openStages } from '../../../src/domain/model/stages';
import type { OpenStage } from '../../../src/domain/model/stages';
import { addDuration } from '../../../src/domain/calendar/time';
import { awaitWindow, caseIn, daysAfter, makeReady, shift } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import {
  hostingRules,
  officialNames,
  officials,
  passageRules,
  rulesOfDefaults,
  suitedRules,
} from '../../support/mechanism-rules';
import type { ActorName, OfficialName } from '../../support/mechanism-rules';
import { anyCommand } from './any-command';
import type { Pick } from './any-command';

const kinds = ['willing', 'owed', 'allowed', 'trouble', 'anything', 'process', 'wait', 'leap'] as const;
interface Act {
  readonly kind: (typeof kinds)[number];
  /** Settles every choice within the act, so that a failing script can be shrunk act by act. */
  readonly seed: number;
}
export interface Script {
  readonly rules: 'hosting' | 'passage' | 'defaults' | 'suited';
  /** `ready`: nothing but the go is missing. */
  readonly from: OpenStage | 'ready';
  readonly acts: readonly Act[];
}
const arrangements: Record<Script['rules'], MechanismRules> = {
  hosting: hostingRules,
  passage: passageRules,
  defaults: rulesOfDefaults,
  suited: suitedRules,
};
const weights: Record<Act['kind'], number> = {
  willing: 12,
  owed: 3,
  allowed: 2,
  trouble: 5,
  anything: 1,
  process: 4,
  wait: 2,
  leap: 1,
};

export const scripts: fc.Arbitrary<Script> = fc.record({
  rules: fc.constantFrom('hosting', 'defaults', 'passage', 'suited'),
  from: fc.constantFrom(...openStages, 'ready', 'ready', 'ready'),
  acts: fc.array(
    fc.record({
      kind: fc.oneof(...kinds.map((kind) => ({ weight: weights[kind], arbitrary: fc.constant(kind) }))),
      seed: fc.noBias(fc.nat()),
    }),
    { minLength: 1, maxLength: 50, size: 'max' },
  ),
});

const starts = new Map<string, CaseInPlay>();
function startOf({ rules, from }: Script): CaseInPlay {
  const key = `${rules}:${from}`;
  const start = starts.get(key) ?? playedTo(from, arrangements[rules]);
  starts.set(key, start);
  return start.fork();
}

function playedTo(from: Script['from'], rules: MechanismRules): CaseInPlay {
  const lastBeforeGo = rules.sites.length === 0 ? 'preparation' : 'hosting';
  const play = caseIn(from === 'ready' || from === 'hosting' ? lastBeforeGo : from, rules);
  // Whoever is assigned from now on; one ends while the plan's window is open.
  play.credentials = {
    escort: { validUntil: daysAfter(play.now, 12), skills: ['medic'], languages: ['uk'] },
    escort2: { validUntil: daysAfter(play.now, 2_000), skills: [], languages: ['uk'] },
  };
  if (from !== 'ready') return play;
  play.runEffects();
  makeReady(play);
  awaitWindow(play);
  return play;
}

/** A small linear congruential generator: even enough to pick from a list. */
function diceOf({ seed }: Act): Pick {
  let at = Math.imul(seed, 2_654_435_761) >>> 0;
  return (items) => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
    return items[Math.floor((at / 2 ** 32) * items.length)]!;
  };
}
/** What an easy-going official would do: the makers of commands name it first. */
const first: Pick = (items) => items[0]!;

/** Officials of the party that owes it, in one of the roles asked for; on the way only who travels along. */
export const debtorsOf = ({ kind, party, roles }: Obligation, state: ReturnCase): OfficialName[] =>
  officialNames.filter((name) => {
    const official = officials[name];
    const isTheirs = roles.length === 0 || official.roles.some((role) => roles.includes(role));
    const travels = official.official === state.escort?.official;
    const isEscorts =
      kind === 'check-in' ||
      ((kind === 'confirm-handover' || kind === 'tell-child') && party === state.escort?.party);
    return official.party === party && isTheirs && (travels || !isEscorts);
  });

/** Acts that upset a return, each by somebody who may. */
const troubles: readonly (readonly [OfficialName, CommandType])[] = [
  ['lead', 'depart'],
  ['lead', 'depart'],
  ['lead', 'depart'],
  ['southDecider', 'withdrawApproval'],
  ['northDecider', 'withdrawApproval'],
  ['northDecider', 'objectToPlan'],
  ['officer', 'relayDecision'],
  ['officer', 'relayDecision'],
  ['officer', 'confirmRelay'],
  ['officer2', 'confirmRelay'],
  ['southDecider', 'repudiateRelay'],
  ['southDecider', 'approvePlan'],
  ['southDecider', 'settleCondition'],
  ['northOfficial', 'nominateRecipient'],
  ['receiver', 'reportRecipientUnavailable'],
  ['northOfficial', 'reviseDossier'],
  ['officer', 'proposePlan'],
  ['officer', 'reopenFacet'],
  ['interviewer', 'attestFacet'],
  ['officer', 'flagDuplicate'],
  ['escort', 'reportMedicalEmergency'],
  ['duty', 'resolveMedicalEmergency'],
  ['innHost', 'placeHold'],
  ['host', 'placeHold'],
  ['host', 'declinePlace'],
  ['northOfficial', 'withdrawRequest'],
  ['northDecider', 'reinstateRequest'],
  ['duty', 'pauseJourney'],
  ['duty', 'recordArrival'],
  ['escort', 'divert'],
  ['escort', 'reachSafePoint'],
  ['lead', 'decideRecall'],
  ['lead', 'determineBestInterests'],
  ['lead', 'moveMechanism'],
  ['clinician', 'clearMedically'],
];
const commandTypes = Object.keys(commandTable) as CommandType[];
const systemTypes = commandTypes.filter((type) => commandTable[type].by === 'system');

type Move = readonly [by: ActorName, command: Command];
const moves: Record<Act['kind'], (play: CaseInPlay, pick: Pick) => Move | undefined> = {
  willing: (play, pick) => owed(play, pick, first),
  owed: (play, pick) => owed(play, pick, pick),
  allowed: (play, pick) => {
    const name = pick(officialNames);
    const types = allowedCommandsOf(play.state, officials[name], play.rules);
    return types.length === 0 ? undefined : [name, anyCommand(pick(types), play, pick)];
  },
  trouble: (play, pick) => {
    const [name, type] = pick(troubles);
    return [name, anyCommand(type, play, pick)];
  },
  anything: (play, pick) => {
    const name: ActorName = pick([...officialNames, 'system']);
    return [name, anyCommand(pick(name === 'system' ? systemTypes : commandTypes), play, pick)];
  },
  process: (play, pick) => {
    play.runEffects();
    return pick([true, false]) ? undefined : ['system', { type: 'observeTime' }];
  },
  wait: (play, pick) => {
    if (pick([true, false])) play.pass(pick(['PT1S', 'PT15M', 'PT5H']));
    else play.sleep(pick(['PT1S', 'PT15M', 'PT2H', 'P1D']));
    return undefined;
  },
  leap: (play, pick) => {
    const leap = pick(['P3D', 'P3D', 'P16D', 'P16D', 'P95D', 'P400D']);
    if (pick([true, true, false])) play.sleep(leap);
    else play.now = addDuration(play.now, leap);
    return undefined;
  },
};

/** Somebody who owes something does what meets it; `choose` settles how. */
function owed(play: CaseInPlay, pick: Pick, choose: Pick): Move | undefined {
  const obligations = foreseenObligationsOf(play.state, play.rules, play.now);
  if (obligations.length === 0) return undefined;
  const obligation = pick(obligations);
  const debtors = debtorsOf(obligation, play.state);
  const type = choose(obligation.commands);
  if (debtors.length === 0 || (type as CommandType | undefined) === undefined) return undefined;
  return [pick(debtors), aimedAt(obligation, anyCommand(type, play, choose), play.state)];
}

/** At the very thing the obligation is about. */
export function aimedAt({ kind, subject }: Obligation, command: Command, { recipient }: ReturnCase): Command {
  if (subject === undefined) return command;
  switch (command.type) {
    case 'attestFacet':
    case 'reviewAttestation':
    case 'reopenFacet':
      return { ...command, facet: subject } as Command;
    case 'confirmRelay':
    case 'rejectRelay':
      return { ...command, relay: subject };
    case 'confirmProposal':
    case 'rejectProposal':
      return { ...command, proposal: subject };
    case 'settleCondition':
      return { ...command, condition: subject };
    case 'settleDuplicate':
      return { ...command, other: subject };
    case 'recordMediation':
      return { ...command, party: subject };
    case 'reviewHold':
    case 'liftHold':
      return { ...command, hold: subject };
    // Whom the child refused is no answer to its refusal.
    case 'nominateRecipient':
      return kind === 'determine-best-interests' && command.recipient === recipient.ref
        ? { ...command, recipient: recipient.ref === 'recipient-2' ? 'recipient-3' : 'recipient-2' }
        : command;
    case 'answerIncident':
      return { ...command, incident: subject };
    case 'resolveConcern':
      return { ...command, concern: subject };
    case 'tellFamily':
    case 'tellChild':
      return { ...command, of: subject } as Command;
    case 'reportVisit':
      return { ...command, visit: Number(subject.replace('visit-', '')) };
    default:
      return command;
  }
}

/** Plays the script; `look` sees the case before the first act and after each. */
export function playScript(script: Script, look: (play: CaseInPlay) => void): CaseInPlay {
  const play = startOf(script);
  look(play);
  for (const act of script.acts) {
    if (play.state.stage === 'closed') break;
    const pick = diceOf(act);
    play.now = shift(play.now, pick([0, 1, 1000, 60_000]));
    const move = moves[act.kind](play, pick);
    if (move) play.send(...move);
    look(play);
  }
  return play;
}
