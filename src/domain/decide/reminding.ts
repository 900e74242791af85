/**
 * Rules of what is said about obligations rather than done: acknowledged, put off, looked at; who is away or has
 * left; addresses that letters do not reach. docs/decisions/reminders-shape.md.
 */
import { hasAnyRole } from '../model/parties';
import { holdsOffice } from '../facts/allowed-commands';
import type { ReturnCase } from '../model/case';
import type { CaseEvent, EventOf } from '../model/events';
import type { NoteId, OfficialId } from '../model/ids';
import { escalationOfficesOf, nextEscalationOf, stepsDueOf } from '../obligations/ladder';
import { findParty } from '../model/mechanism';
import type { Office } from '../model/mechanism';
import { readsObligation } from '../readers/obligation-readers';
import { obligationsOf } from '../obligations/obligations';
import type { OfficialActor } from '../model/parties';
import type { Obligation } from '../obligations/obligations';
import { acknowledgeLimitOf, findPause, findRunningPause, snoozeLimitsOf } from '../obligations/pauses';
import type { Address } from '../model/reminding';
import { rejected } from '../model/rejections';
import { stalledLimitOf } from '../obligations/stalled';
import { addDuration } from '../calendar/time';
import type { Instant } from '../calendar/time';
import { isEngagedElsewhere } from '../facts/engagements';
import { keptCredentialOf } from '../facts/escorts';
import { isWatch } from '../facts/watch';
import { officialOf } from './rule-context';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, HandlerTable, Outcome } from './rule-context';
import { lookAgainAt } from './look-again';

const mediators: Office = { kind: 'mediator', roles: ['case-officer', 'lead'] };

const isOwnedBy = ({ party, roles }: Obligation, actor: OfficialActor): boolean =>
  actor.party === party && hasAnyRole(actor.roles, roles);

/** Who owes it, whom it is escalated to, and the mediator's officers, who run the case. */
function maySpeakFor(obligation: Obligation, state: ReturnCase, context: RuleContext): boolean {
  const actor = officialOf(context);
  const owes = isOwnedBy(obligation, actor);
  const offices = [mediators, ...escalationOfficesOf(obligation, context.mechanism)];
  return owes || offices.some((office) => holdsOffice(actor, state, context.mechanism, office));
}

/** The obligation meant, or why this sender may not have it wait until then. */
function findPausable(
  state: ReturnCase,
  { obligation: key, until }: { obligation: string; until: Instant },
  context: RuleContext,
): { obligation: Obligation } | { rejection: ReturnType<typeof rejected>['rejection'] } {
  const { mechanism, now } = context;
  const obligation = obligationsOf(state, mechanism, now).find((one) => one.key === key);
  if (!obligation) return rejected('unknown-obligation', { field: 'obligation' });
  if (!maySpeakFor(obligation, state, context)) {
    // Of what they may not know of, it is as if nobody owed it.
    const { party } = officialOf(context);
    const kind = findParty(mechanism, party)?.kind;
    const knows = kind !== undefined && readsObligation({ party, kind }, obligation);
    return knows ? rejected('not-your-command') : rejected('unknown-obligation', { field: 'obligation' });
  }
  if (findRunningPause(state, obligation, now)) return rejected('already-done');
  return until <= now ? rejected('date-past', { field: 'until' }) : { obligation };
}

/** What is owed already is said before it waits: nobody can talk over a step that the clock has not looked at yet. */
const owedFirst = (
  state: ReturnCase,
  obligation: Obligation,
  { mechanism, now }: RuleContext,
  event: CaseEvent,
): CaseEvent[] => [...stepsDueOf(state, obligation, mechanism, now), event];

const isSame = (one: Address, other: Address): boolean =>
  one.party === other.party && one.official === other.official;
const addressOf = ({ party, official }: Address): Address => omitUndefined({ party, official });
const mended = (state: ReturnCase, address: Address): Outcome =>
  state.addressFaults?.some((fault) => isSame(fault, address))
    ? [{ type: 'AddressMended', ...addressOf(address) }]
    : rejected('already-done');

const isUnheard = ({ unheardAlarms = [] }: ReturnCase, official: OfficialId): boolean =>
  unheardAlarms.some((each) => each.official === official);
function passedOn(
  state: ReturnCase,
  receivers: EventOf<'AlarmPassedOn'>['receivers'],
  note?: NoteId,
): Outcome {
  const heard = receivers.filter(({ official }) => isUnheard(state, official));
  return heard.length === 0
    ? rejected('already-done')
    : [omitUndefined({ type: 'AlarmPassedOn', receivers: heard, note } as const)];
}

const isUnderDuress = ({ duress = [] }: ReturnCase, official: OfficialId): boolean =>
  duress.some((each) => each.official === official);

export const remindingRules: HandlerTable<
  | 'acknowledgeObligation'
  | 'snoozeObligation'
  | 'reviewStalledCase'
  | 'mendAddress'
  | 'noteAbsence'
  | 'noteSubstitution'
  | 'noteAddressFault'
  | 'noteAddressMended'
  | 'noteAlarmUndelivered'
  | 'noteAlarmDelivered'
  | 'passOnAlarm'
  | 'answerDuress'
  | 'noteDuress'
> = {
  acknowledgeObligation: (state, command, context) => {
    const found = findPausable(state, command, context);
    if ('rejection' in found) return found;
    const { obligation } = found;
    const { until } = command;
    if (isWatch(obligation.kind) && isOwnedBy(obligation, officialOf(context))) return rejected('own-watch');
    if (until > acknowledgeLimitOf(obligation, context.mechanism, context.now))
      return rejected('pause-too-long', { field: 'until' });
    const event = { type: 'ObligationAcknowledged', obligation: obligation.key, until } as const;
    return owedFirst(state, obligation, context, event);
  },

  snoozeObligation: (state, command, context) => {
    const found = findPausable(state, command, context);
    if ('rejection' in found) return found;
    const { obligation } = found;
    const { until, reason, note } = command;
    if (obligation.safety) return rejected('safety-not-snoozed');
    const { atMost, times } = snoozeLimitsOf(context.mechanism);
    if ((findPause(state, obligation)?.times ?? 0) >= times) return rejected('snoozed-too-often');
    const escalation = nextEscalationOf(state, obligation, context.mechanism);
    if (until > addDuration(context.now, atMost) || (escalation !== undefined && until > escalation))
      return rejected('pause-too-long', { field: 'until' });
    if (reason === 'other' && note === undefined) return rejected('note-required', { field: 'note' });
    const event = omitUndefined({
      type: 'ObligationSnoozed',
      obligation: obligation.key,
      until,
      reason,
      note,
    } as const);
    return owedFirst(state, obligation, context, event);
  },

  /* The case stays stalled; it is looked at again at the latest when it would stall anew. */
  reviewStalledCase: (state, { next, reviewBy, note }, context) => {
    if (!state.stalledSince) return rejected('not-stalled');
    const limit = stalledLimitOf(state, context.mechanism);
    const { at, isPast } = lookAgainAt(state, reviewBy, limit, context);
    if (isPast) return rejected('date-past', { field: 'reviewBy' });
    return [omitUndefined({ type: 'StalledCaseReviewed', next, reviewAt: at, note })];
  },

  /* One who has not heard of the first alarm is being looked for already. */
  noteAlarmUndelivered: (state, { receivers }) => {
    const unheard = receivers.filter(({ official }) => !isUnheard(state, official));
    return unheard.length === 0
      ? rejected('already-done')
      : [{ type: 'AlarmUndelivered', receivers: unheard }];
  },
  noteAlarmDelivered: (state, { receivers }) => passedOn(state, receivers),
  passOnAlarm: (state, { party, official, note }) => passedOn(state, [{ party, official }], note),

  /* Who has signalled is being looked for already; nothing of it is said to anybody near them. */
  noteDuress: (state, { party, official }) =>
    isUnderDuress(state, official)
      ? rejected('already-done')
      : [{ type: 'DuressSignalled', party, official }],
  answerDuress: (state, { official, outcome, note }) =>
    isUnderDuress(state, official)
      ? [omitUndefined({ type: 'DuressAnswered', official, outcome, note } as const)]
      : rejected('already-done'),

  mendAddress: (state, command) => mended(state, command),
  noteAddressMended: (state, command) => mended(state, command),

  noteAbsence: (_state, { type: _, ...absence }) => [{ type: 'AbsenceNoted', ...absence }],

  noteSubstitution: (state, { official, party, by: successor }, context) => {
    const travels = state.escort?.official === official;
    // Who is under way with others can't be here, too: another is owed.
    const by = travels && isEngagedElsewhere(successor, context.underWay) ? undefined : successor;
    return [
      omitUndefined({
        type: 'OfficialSubstituted',
        official,
        party,
        by,
        escort: travels ? (true as const) : undefined,
        ...(travels && by !== undefined && keptCredentialOf(by, context)),
      }),
    ];
  },

  noteAddressFault: (state, command) =>
    state.addressFaults?.some((fault) => isSame(fault, command))
      ? rejected('already-done')
      : [
          {
            type: 'AddressFailed',
            ...addressOf(command),
            channel: command.channel,
            code: command.code,
          },
        ],
};
