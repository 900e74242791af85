/** One step of the demo: who does what in a case, and what the steps are chosen from. */
import type { EdgeCommand } from '../contracts/commands';
import type { Dossier } from '../contracts/dossier/dossier';
import { officialsIn } from '../contracts/mechanism/mechanism';
import type { Mechanism } from '../contracts/mechanism/mechanism';
import type { OfficialId, PartyId } from '../domain/model/ids';
import type { Obligation } from '../domain/obligations/obligations';
import type { Role } from '../domain/model/parties';
import type { Instant, LocalDate } from '../domain/calendar/time';
import { dateOf } from '../domain/calendar/time';
import type { SeenCase } from './seen-case';

export interface Action {
  /** Names the step within its case. */
  readonly step: string;
  /** The key of the obligation it meets: the same step may be owed again later. Empty for steps taken only once. */
  readonly occasion: string;
  readonly by: OfficialId;
  /** Taken from the official's own view of the case: they act on what they may see. */
  readonly deed: (own: SeenCase) => Deed;
}
export type Deed = { readonly command: EdgeCommand } | { readonly dossier: Dossier };

/** What an act is chosen from: the mediator's view of one case, and what the demo knows besides. */
export interface Situation {
  readonly view: SeenCase;
  readonly siblings: readonly SeenCase[];
  readonly mechanism: Mechanism;
  readonly now: Instant;
  /** Steps taken once and not to be seen in the case afterwards. */
  readonly done: ReadonlySet<string>;
  /** It leaves with others: who lets them go is not for its own story to say. */
  readonly leavesTogether?: boolean;
  /** The step just taken. */
  readonly last: string | undefined;
}

export const todayOf = ({ now }: Situation): LocalDate => dateOf(now);
/** The day as this party's people write it: after 21:00 UTC it is tomorrow in Moscow. */
export const dayAt = ({ now, mechanism }: Situation, party: PartyId): LocalDate => {
  const zone = mechanism.parties.find(({ id }) => id === party)?.timeZone;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(now));
};
export const daysLater = (date: LocalDate, days: number): LocalDate =>
  dateOf(new Date(Date.parse(date) + days * 86_400_000).toISOString());

/** Who acts for an office: the same official for the same case, the work spread over all of them. */
export function officialFor(
  { mechanism, view }: Situation,
  party: PartyId,
  roles: readonly Role[],
  except?: OfficialId,
): OfficialId {
  const able = officialsIn(mechanism, party, roles).filter(({ id }) => id !== except);
  // Siblings travel together, so they count as one.
  const [family = view.id] = [view.id, ...view.siblings].sort();
  const chosen = able[checksum(family) % able.length];
  if (!chosen) throw new Error(`${party} has nobody to act as ${roles.join(' or ')}`);
  return chosen.id;
}
const checksum = (text: string): number =>
  Array.from(text).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);

export const partyOfKind = ({ mechanism }: Situation, kind: string): PartyId => {
  const party = mechanism.parties.find((one) => one.kind === kind);
  if (!party) throw new Error(`the mechanism has no ${kind} party`);
  return party.id;
};

/** The official whose obligation it is does what meets it. */
export const owed = (
  situation: Situation,
  obligation: Obligation,
  command: (own: SeenCase) => EdgeCommand,
  except?: OfficialId,
): Action => ({
  step: `${obligation.kind}${obligation.subject === undefined ? '' : `-${obligation.subject}`}`,
  occasion: obligation.key,
  by: officialFor(situation, obligation.party, obligation.roles, except),
  deed: (own) => ({ command: command(own) }),
});
