/**
 * Which acts one person alone may not do, and whose second word they need: act → who confirms. Who may propose is
 * the command table's; which papers an act needs, `papers.ts`. Source: docs/rules.md, "Four eyes", and never-rule 16.
 */
import { isRestedOn } from './agreement';
import { isDecidedByTwo } from './alternates';
import { expectedSiteOf, isInInterimCare, isOnTheWay } from './care';
import type { ReturnCase } from '../model/case';
import type { ClosureOutcome, Command, CommandOf, CommandType } from '../model/commands';
import type { DossierFacts } from '../model/dossier-facts';
import { lifterOf, secondToLift } from './holds';
import { findParty } from '../model/mechanism';
import type { MechanismRules, Office } from '../model/mechanism';
import type { OfficialActor } from '../model/parties';
import { recipientHashesOf } from './papers';
import { mismatchSince } from './presence';
import type { SecondPerson } from '../model/proposals';
import type { Instant } from '../calendar/time';
import { findPartyOf } from './visibility';
import { isGranted, isLaxer } from './watch';

interface Asking {
  readonly actor: OfficialActor;
  readonly mechanism: MechanismRules;
  readonly now: Instant;
  readonly dossier?: DossierFacts;
}
/** Undefined: one person may do it alone as things stand. */
type Need<Type extends CommandType> = (
  state: ReturnCase,
  command: CommandOf<Type>,
  asking: Asking,
) => SecondPerson | undefined;

const officers: readonly Office[] = [{ kind: 'mediator', roles: ['case-officer', 'lead'] }];
const onDuty: readonly Office[] = [{ kind: 'mediator', roles: ['duty-officer', 'case-officer', 'lead'] }];
/** Who hears children and reviews what others found. */
const panel: readonly Office[] = [{ kind: 'mediator', roles: ['reviewer', 'interviewer', 'case-officer'] }];

/** At the door: another of the receiving authority, or the mediator's people on duty. */
const door: readonly Office[] = [
  { kind: 'receiving', roles: ['receiver', 'official'] },
  { kind: 'mediator', roles: ['duty-officer', 'lead'] },
];
/** Who may have seen the child, or the family that did. */
const onlookers: readonly Office[] = [
  ...door,
  { kind: 'mediator', roles: ['case-officer', 'interviewer'] },
  { kind: 'host', roles: ['host', 'clinician'] },
];
const physicians: readonly Office[] = [
  { kind: 'mediator', roles: ['case-officer', 'lead', 'duty-officer'] },
  { kind: 'host', roles: ['clinician'] },
];
const hosts: Office = { kind: 'host', roles: ['host', 'clinician'] };
/** Who knows where the escort of a child on the way is. */
const onTheWay: readonly Office[] = [
  { kind: 'mediator', roles: ['duty-officer', 'case-officer', 'lead'] },
  { kind: 'escort', roles: ['escort'] },
];
const reopening: readonly Office[] = [{ kind: 'mediator', roles: ['case-officer', 'reviewer', 'lead'] }];

/** Who may revise a dossier, and reads the whole of it. */
const file: readonly Office[] = [
  { kind: 'mediator', roles: ['case-officer', 'lead'] },
  { kind: 'requesting', roles: ['official', 'decider'] },
];

const closuresOfTwo: readonly ClosureOutcome[] = ['deceased', 'already-home', 'no-return'];

const fourEyes = {
  closeCase: (_state, { outcome }) => (closuresOfTwo.includes(outcome) ? { offices: officers } : undefined),
  liftHold: (state, { hold: id }, { actor, mechanism, now }) => {
    const hold = state.holds.find((one) => one.id === id);
    const lifter = hold && lifterOf(hold, actor, state, mechanism, now);
    return hold && lifter && secondToLift(hold, lifter, isOnTheWay(state));
  },
  planLegs: (state, { legs }, { mechanism }) =>
    legs.some((leg) => isLaxer(leg, mechanism) && !isGranted(state, leg))
      ? { offices: onDuty, ...(state.journey && { urgent: true }) }
      : undefined,
  /* It ends the journey, and with it the watch for signs of life: nobody ends that alone. */
  recordArrival: (state, { site = expectedSiteOf(state) }, { actor, mechanism }) => {
    if (!state.journey) return undefined;
    const isHost = findParty(mechanism, actor.party)?.kind === 'host';
    // The host of another site has not seen the child come.
    const there = mechanism.sites.find(({ id }) => id === site)?.party;
    const sees = !isHost && there !== undefined && there === findPartyOf(state, mechanism, 'host')?.id;
    return { offices: sees ? [...onTheWay, hosts] : onTheWay, urgent: true };
  },
  /* A person whom no side has agreed to, at the door: the receiving authority decides, and every side is told. */
  nominateRecipient: (state, { recipient }, { mechanism }) =>
    isDecidedByTwo(state, recipient, mechanism)
      ? { offices: door.slice(0, 1), told: ['requesting', 'holding', 'consenting'], urgent: true }
      : undefined,
  /* No escort gives the child out of interim care: two people see to it. */
  confirmHandover: (state) => (isInInterimCare(state) ? { offices: door, urgent: true } : undefined),
  /* Once they did not match, or where the dossier knows no paper of theirs, two people look. */
  checkRecipientIdentity: (state, { matches }, { dossier }) => {
    const mismatched = state.handover.identity?.matches === false;
    const unknown = recipientHashesOf(state, dossier).length === 0;
    return matches && (mismatched || unknown) ? { offices: door, urgent: true } : undefined;
  },
  /* Once somebody said that it is another child, no single word makes it this one: never a silent retry. */
  identifyChild: (state, { matches }) =>
    matches && mismatchSince(state) !== undefined ? { offices: onlookers, urgent: true } : undefined,
  /* An outside doctor's certificate is entered by two; and what a clinician found unfit, nobody clears alone. */
  clearMedically: (state, { fit }, { actor }) => {
    const { clearance } = state.medical;
    const isOverruled = clearance?.fit === false && clearance.byClinician === true;
    return fit && (isOverruled || !actor.roles.includes('clinician')) ? { offices: physicians } : undefined;
  },
  /* What was agreed rests on the dossier: no one person changes that under it, and every side that agreed is told. */
  reviseDossier: (state) =>
    isRestedOn(state)
      ? {
          offices: file,
          otherParty: true,
          told: ['holding', 'consenting'],
          ...(state.journey && { urgent: true }),
        }
      : undefined,
  reopenCase: () => ({ offices: reopening }),
  unlinkSiblings: () => ({ offices: panel }),
  waiveSiblingUnity: () => ({ offices: panel }),
  determineBestInterests: () => ({ offices: panel }),
  /* A side has said no while the child travels: going on against it is not one person's word. */
  decideRecall: (_state, { outcome }) =>
    outcome === 'continue' ? { offices: onDuty, urgent: true } : undefined,
} satisfies { readonly [Type in CommandType]?: Need<Type> };
/** What may wait for a second person. */
export type ProposableType = keyof typeof fourEyes;

export function secondPersonFor(
  state: ReturnCase,
  command: Command,
  asking: Asking,
): SecondPerson | undefined {
  // The table gives each type its own rule; TypeScript can't follow the pairing through the index.
  const needs: Partial<Record<CommandType, unknown>> = fourEyes;
  const need = needs[command.type] as Need<CommandType> | undefined;
  return need?.(state, command, asking);
}
