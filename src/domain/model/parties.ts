/** Who acts: parties by kind, roles of their officials, and the actor of one command. */
import type { OfficialId, PartyId } from './ids';

/** `consenting` is a further side whose decision the mechanism requires, e.g. a state of passage. */
export const partyKinds = [
  'mediator',
  'requesting',
  'holding',
  'consenting',
  'host',
  'escort',
  'receiving',
  'observer',
] as const;
export type PartyKind = (typeof partyKinds)[number];
/** The kinds of party that may be deciding sides. */
export const sideKinds = ['requesting', 'holding', 'consenting'] as const satisfies readonly PartyKind[];

export const roles = [
  'case-officer',
  'lead',
  'duty-officer',
  'official',
  'decider',
  'reviewer',
  'interviewer',
  'host',
  'clinician',
  'dispatcher',
  'escort',
  'receiver',
  'observer',
] as const;
export type Role = (typeof roles)[number];

/** Which roles officials of each kind of party may have. */
export const rolesOfKind = {
  mediator: ['case-officer', 'lead', 'duty-officer', 'reviewer', 'interviewer'],
  requesting: ['official', 'decider', 'reviewer', 'interviewer'],
  holding: ['official', 'decider', 'reviewer', 'interviewer'],
  consenting: ['official', 'decider', 'reviewer'],
  host: ['host', 'clinician', 'duty-officer', 'interviewer'],
  escort: ['dispatcher', 'escort', 'duty-officer'],
  receiving: ['receiver', 'official', 'reviewer'],
  observer: ['observer'],
} as const satisfies Record<PartyKind, readonly Role[]>;

interface RolesToAsk {
  /** Who answers for the party beside whoever placed a hold. */
  readonly senior: readonly Role[];
  /** Who worked on a case hears how it ended; the rest find it in the record. */
  readonly atClosure: readonly Role[];
  /** Who hears that the person at the door is not the one agreed. */
  readonly atMismatch: readonly Role[];
}
const ofSide = {
  senior: ['decider'],
  atClosure: ['official', 'decider'],
  atMismatch: ['official', 'decider'],
} as const satisfies RolesToAsk;
/** Whom of each kind of party a matter goes to. */
export const rolesToAsk: Readonly<Record<PartyKind, RolesToAsk>> = {
  mediator: {
    senior: ['lead'],
    atClosure: ['case-officer', 'lead'],
    atMismatch: ['duty-officer', 'lead', 'case-officer'],
  },
  requesting: ofSide,
  holding: ofSide,
  consenting: ofSide,
  host: { senior: ['duty-officer'], atClosure: ['host'], atMismatch: [] },
  escort: { senior: ['duty-officer'], atClosure: ['dispatcher'], atMismatch: ['escort', 'duty-officer'] },
  receiving: { senior: ['official'], atClosure: ['receiver'], atMismatch: ['receiver', 'official'] },
  observer: { senior: [], atClosure: ['observer'], atMismatch: [] },
};

/** An official acting for a party, as the edge authenticated them. */
export interface OfficialActor {
  readonly official: OfficialId;
  readonly party: PartyId;
  /** Their own and, for the time of an absence, the lent ones. */
  readonly roles: readonly Role[];
  /** Of the roles, those that are theirs only as a deputy. Absent when there are none, and in older events. */
  readonly lent?: readonly Role[];
}
/** Homeward itself: time passing, checks and requests that the process makes. Never decides for a party. */
export interface SystemActor {
  readonly system: 'process' | 'upkeep';
}
export type Actor = OfficialActor | SystemActor;
export const isOfficial = (actor: Actor): actor is OfficialActor => 'official' in actor;

/** Whether somebody with the roles `own` is among those asked for; an empty list asks for no role. */
export const hasAnyRole = (own: readonly Role[], asked: readonly Role[]): boolean =>
  asked.length === 0 || asked.some((role) => own.includes(role));
