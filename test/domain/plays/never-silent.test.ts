/**
 * Never-rule 7: an overdue obligation gets its reminders, and none goes out twice. Random returns in which people
 * promise, put off and leave, under a clock that is looked at late, twice, or never for weeks, and that is set
 * back. What happened is judged from the events alone, by counting that shares nothing with the rules.
 */
import fc from 'fast-check';
import { workingCalendarOf } from '../../../src/contracts/mechanism/hours';
import type { CommandType } from '../../../src/domain/model/commands';
import type { EventOf, RecordedEvent } from '../../../src/domain/model/events';
import { evolve } from '../../../src/domain/evolve/evolve';
import type { ReturnCase } from '../../../src/domain/model/case';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { kindsWithOwnDue } from '../../../src/domain/model/obligation-kinds';
import type { Obligation } from '../../../src/domain/obligations/obligations';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import { nextInstantOf } from '../../../src/domain/obligations/schedule';
import type { Stage } from '../../../src/domain/model/stages';
import { addDuration } from '../../../src/domain/calendar/time';
import { addTimeframe } from '../../../src/domain/calendar/working-days';
import { caseIn, shift } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, officialNames, officials, rulesOfDefaults } from '../../support/mechanism-rules';
import { anyCommand } from './any-command';
import type { Pick } from './any-command';
import { debtorsOf } from './random-play';
import { propertyRuns } from '../../support/property-runs';

const hour = 3_600_000;
const limits = { acknowledge: 14 * 24 * hour, safety: hour, snooze: 14 * 24 * hour, times: 2 };
const startOf = (obligation: Obligation): string =>
  (kindsWithOwnDue as readonly string[]).includes(obligation.kind) ? obligation.due : obligation.since;

/** Working days for some, and ladders in them; days for the others. */
const withCalendars: MechanismRules = {
  ...hostingRules,
  parties: hostingRules.parties.map((party) =>
    ['mediator', 'south'].includes(party.id)
      ? {
          ...party,
          calendar: workingCalendarOf(
            {
              weekend: party.id === 'south' ? ['saturday', 'sunday'] : ['friday', 'saturday'],
              workingHours: { from: '08:00', to: '16:00' },
              holidays: ['2026-03-19', '2026-04-06', '2026-05-01', '2026-05-25'],
            },
            party.id === 'south' ? 'Europe/Kyiv' : 'Asia/Qatar',
          ),
        }
      : party,
  ),
  ladders: {
    ...rulesOfDefaults.ladders,
    'locate-child': {
      due: '10 working days',
      steps: [
        { after: '5 working days', act: 'remind' },
        { after: 'P10D', act: 'remind' },
        { after: '10 working days', act: 'escalate' },
      ],
      thenEvery: '3 working days',
    },
  },
};
const arrangements = { plain: hostingRules, calendars: withCalendars };

const kinds = [
  ...['look', 'look', 'look', 'lookAgain', 'hours', 'days', 'weeks', 'back'],
  ...['acknowledge', 'acknowledge', 'snooze', 'snooze', 'work', 'work', 'leave', 'other'],
] as const;
type Kind = 'look' | 'lookAgain' | 'hours' | 'days' | 'weeks' | 'back' | Deed;
type Deed = 'acknowledge' | 'snooze' | 'work' | 'leave' | 'other';

const scripts = fc.record({
  rules: fc.constantFrom('plain', 'plain', 'calendars'),
  from: fc.constantFrom<Stage>(
    ...(['intake', 'tracing', 'verification', 'agreement', 'preparation', 'hosting'] as const),
    ...(['transit', 'transit', 'handover', 'follow-up'] as const),
  ),
  acts: fc.array(fc.record({ kind: fc.constantFrom(...kinds), seed: fc.noBias(fc.nat()) }), {
    minLength: 1,
    maxLength: 60,
    size: 'max',
  }),
});

const starts = new Map<string, CaseInPlay>();
function begin(from: Stage, rules: 'plain' | 'calendars'): CaseInPlay {
  const key = `${rules}:${from}`;
  const start = starts.get(key) ?? caseIn(from, arrangements[rules]);
  starts.set(key, start);
  return start.fork();
}

function diceOf(seed: number): Pick {
  let at = Math.imul(seed, 2_654_435_761) >>> 0;
  return (items) => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
    return items[Math.floor((at / 2 ** 32) * items.length)]!;
  };
}

/** The process looks at the clock until nothing more is due. */
function look(play: CaseInPlay): void {
  for (let rounds = 0; rounds < 25; rounds += 1) {
    const verdict = play.send('system', { type: 'observeTime' });
    if ('rejection' in verdict || verdict.events.length === 0) return;
  }
  throw new Error('time alone went on for ever');
}

const deeds: Record<Deed, (play: CaseInPlay, pick: Pick) => void> = {
  acknowledge: (play, pick) => {
    play.send(pick(officialNames), anyCommand('acknowledgeObligation', play, pick));
  },
  snooze: (play, pick) => {
    const by = pick(['officer', 'lead', ...officialNames] as const);
    play.send(by, anyCommand('snoozeObligation', play, pick));
  },
  work: (play, pick) => {
    play.runEffects();
    const owed = obligationsOf(play.state, play.rules, play.now);
    if (owed.length === 0) return;
    const obligation = pick(owed);
    const debtors = debtorsOf(obligation, play.state);
    const [type] = obligation.commands;
    if (type && debtors.length > 0) play.send(pick(debtors), anyCommand(type, play, pick));
  },
  leave: (play, pick) => {
    play.send('system', anyCommand('noteSubstitution', play, pick));
  },
  other: (play, pick) => {
    const types = [
      'reviewStalledCase',
      'noteAddressFault',
      'mendAddress',
      'placeHold',
      'liftHold',
    ] as const satisfies CommandType[];
    const type = pick(types);
    const by = type === 'noteAddressFault' ? ('system' as const) : pick(officialNames);
    play.send(by, anyCommand(type, play, pick));
  },
};

/** Steps that are due by a plain count, without a thought for pauses. */
function countDue(obligation: Obligation, rules: MechanismRules, now: string): number {
  const { steps, thenEvery } = rules.ladders[obligation.kind]!;
  const calendar = rules.parties.find(({ id }) => id === obligation.party)?.calendar;
  const start = startOf(obligation);
  let last = start;
  let count = 0;
  for (const { after } of steps) {
    const at = addTimeframe(start, after, calendar);
    last = at > last ? at : last;
    if (last <= now) count += 1;
  }
  if (count < steps.length) return count;
  // From one to the next, where the rules count the whole.
  for (let at = addTimeframe(last, thenEvery, calendar); at <= now; count += 1)
    at = addTimeframe(at, thenEvery, calendar);
  return count;
}

type Said = EventOf<'ObligationAcknowledged'> | EventOf<'ObligationSnoozed'>;
interface Word {
  readonly at: string;
  readonly until: string;
  readonly kind: Said['type'];
  readonly by: string;
  readonly version: number;
}
/** What was last said about each obligation, cut short where who said it left. */
function wordsIn(events: readonly RecordedEvent[]): Map<string, Word> {
  const words = new Map<string, Word>();
  for (const { event, at, actor, version } of events) {
    if (event.type === 'ObligationAcknowledged' || event.type === 'ObligationSnoozed')
      words.set(event.obligation, {
        ...{ at, until: event.until, kind: event.type, version },
        by: 'official' in actor ? actor.official : '',
      });
    if (event.type === 'OfficialSubstituted')
      for (const [key, word] of words)
        if (word.by === event.official && word.until > at) words.set(key, { ...word, until: at });
  }
  return words;
}
const isWaiting = (word: Word | undefined, now: string): boolean =>
  word !== undefined && word.at <= now && now < word.until;

/** After the clock was looked at: whatever is due and does not wait has had its steps. */
function assertNothingMissed({ events, state, rules, now }: CaseInPlay): void {
  const words = wordsIn(events);
  const taken = new Map<string, RecordedEvent[]>();
  for (const recorded of events)
    if (recorded.event.type === 'LadderStepTaken') {
      const { obligation } = recorded.event;
      taken.set(obligation, [...(taken.get(obligation) ?? []), recorded]);
    }
  for (const obligation of obligationsOf(state, rules, now)) {
    const word = words.get(obligation.key);
    if (isWaiting(word, now)) continue;
    const steps = taken.get(obligation.key) ?? [];
    const highest = Math.max(0, ...steps.map(({ event }) => (event as EventOf<'LadderStepTaken'>).step));
    const due = countDue(obligation, rules, now);
    if (highest < due) throw new Error(`${obligation.key}: step ${due} is due at ${now}, not ${highest}`);
    const isBroken = word?.kind === 'ObligationAcknowledged' && word.until <= now;
    if (isBroken && !steps.some(({ version }) => version > word.version))
      throw new Error(`${obligation.key}: promised for ${word.until}, and nothing followed`);
  }
}

/** Over the whole of a return: no step twice, none while it waits, none of what nobody owes. */
function assertNothingTwice({ events, rules }: CaseInPlay): void {
  const seen = new Set<string>();
  const snoozes = new Map<string, number>();
  let state: ReturnCase | undefined;
  for (const [index, recorded] of events.entries()) {
    const { event, at } = recorded;
    const owed = state ? obligationsOf(state, rules, at) : [];
    if (event.type === 'LadderStepTaken') {
      const { obligation: key, step, act, party, office } = event;
      const name = `${key} ${step} ${act} ${party} ${office.roles.join()}`;
      if (seen.has(name)) throw new Error(`${name} came twice`);
      seen.add(name);
      if (!owed.some((one) => one.key === key)) throw new Error(`${name} came although it was met`);
      if (isWaiting(wordsIn(events.slice(0, index)).get(key), at)) throw new Error(`${name} did not wait`);
    }
    if (event.type === 'ObligationAcknowledged' || event.type === 'ObligationSnoozed') {
      const obligation = owed.find(({ key }) => key === event.obligation);
      if (!obligation) throw new Error(`${event.obligation} waits although nobody owes it`);
      const length = Date.parse(event.until) - Date.parse(at);
      const isSnooze = event.type === 'ObligationSnoozed';
      const longest = isSnooze ? limits.snooze : obligation.safety ? limits.safety : limits.acknowledge;
      if (length <= 0 || length > longest) throw new Error(`${obligation.key} waits for ${length} ms`);
      if (isSnooze) {
        const times = (snoozes.get(obligation.key) ?? 0) + 1;
        snoozes.set(obligation.key, times);
        if (obligation.safety || times > limits.times) throw new Error(`${obligation.key} was put off`);
      }
    }
    state = evolve(state, recorded);
  }
}

test('whatever people promise and however the clock is looked at, nothing due is missed and nothing comes twice', () => {
  fc.assert(
    fc.property(scripts, ({ rules, from, acts }) => {
      const play = begin(from, rules);
      for (const { kind, seed } of acts) {
        if (play.state.stage === 'closed') break;
        const pick = diceOf(seed);
        const moves: Record<Exclude<Kind, Deed>, () => void> = {
          look: () => look(play),
          // A process that died before it knew what it had done.
          lookAgain: () => {
            look(play);
            look(play);
          },
          hours: () => void (play.now = shift(play.now, pick([0.2, 1, 3, 12]) * hour)),
          days: () => void (play.now = shift(play.now, pick([1, 2, 5, 9]) * 24 * hour)),
          weeks: () => void (play.now = shift(play.now, pick([3, 6, 20]) * 7 * 24 * hour)),
          back: () => void (play.now = shift(play.now, -pick([0.1, 2, 30, 200]) * hour)),
        };
        if (kind in moves) moves[kind as Exclude<Kind, Deed>]();
        else deeds[kind as Deed](play, pick);
        if (kind === 'look' || kind === 'lookAgain') assertNothingMissed(play);
      }
      look(play);
      assertNothingMissed(play);
      assertNothingTwice(play);
    }),
    propertyRuns(60),
  );
});

test('a process that wakes at its next instant is never late, with pauses or without', () => {
  fc.assert(
    fc.property(scripts, ({ rules, from, acts }) => {
      const play = begin(from, rules);
      look(play);
      for (const { kind, seed } of acts.slice(0, 20)) {
        if (play.state.stage === 'closed') break;
        const pick = diceOf(seed);
        if (kind === 'acknowledge' || kind === 'snooze' || kind === 'work') deeds[kind](play, pick);
        else {
          const until = addDuration(play.now, pick(['PT1H', 'PT15H', 'P3D', 'P20D']));
          for (let rounds = 0; rounds < 25; rounds += 1) {
            const next = nextInstantOf(play.state, play.rules, play.now);
            if (next === undefined || next > until) break;
            if (next > play.now) {
              // A moment before it there is nothing to do.
              const early = play.fork();
              early.now = shift(next, -1);
              const before = early.events.length;
              look(early);
              if (early.events.length > before)
                throw new Error(`${JSON.stringify(early.events.at(-1)?.event)} was due before ${next}`);
              play.now = next;
            }
            const before = play.events.length;
            look(play);
            if (play.events.length === before) throw new Error(`nothing was to be done at ${next}`);
            assertNothingMissed(play);
          }
          if (play.now < until && (nextInstantOf(play.state, play.rules, play.now) ?? until) >= until) {
            play.now = until;
            look(play);
            assertNothingMissed(play);
          }
        }
      }
    }),
    propertyRuns(12),
  );
});

test('the scripts reach what they are to try', () => {
  const seen = new Map<string, number>();
  for (const { rules, from, acts } of fc.sample(scripts, { numRuns: 150, seed: 7 })) {
    const play = begin(from, rules);
    for (const { kind, seed } of acts) {
      if (play.state.stage === 'closed') break;
      const pick = diceOf(seed);
      if (kind in deeds) deeds[kind as Deed](play, pick);
      else {
        if (kind !== 'look') play.now = shift(play.now, pick([1, 20, 90]) * hour);
        look(play);
      }
    }
    for (const { event } of play.events) seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
  }
  const often = ['ObligationAcknowledged', 'ObligationSnoozed', 'OfficialSubstituted', 'LadderStepTaken'];
  for (const type of often) expect([type, (seen.get(type) ?? 0) > 30]).toEqual([type, true]);
  expect(Object.keys(officials).length).toBe(officialNames.length);
});
