/**
 * The auditor at the doors (never-rules 11 and 14, and that it is this child): from the raw events alone, without the
 * rules' code. Lists what it objects to.
 */
import type { RecordedEvent } from '../../../src/domain/model/events';

const day = 86_400_000;

interface Said {
  readonly recipient: string | undefined;
  readonly willing: boolean;
  readonly at: string;
}

export function wrongDoors(events: readonly RecordedEvent[]): string[] {
  const faults: string[] = [];
  const hearings: Said[] = [];
  const concerns = new Set<string>();
  let recipient = '';
  let toNobody = false;
  let determinedAt = '';
  let site = '';
  /** Since when it is at the site where it is, or was last. */
  let stay = '';
  let isReunited = false;
  let door = '';
  let identifiedAt = '';
  let isMismatch = false;
  let isTaken = true;
  let isAdult = false;
  let consents = false;

  const judge = (what: string, since: string, until?: string): void => {
    const object = (why: string) => faults.push(`${what}: ${why}`);
    const about = hearings.filter((one) => one.recipient === (toNobody ? undefined : recipient));
    const last = about.reduce<Said | undefined>(
      (one, next) => (one && one.at > next.at ? one : next),
      undefined,
    );
    if (!last || last.at < since) object('not heard');
    else if (until !== undefined && Date.parse(last.at) + (isAdult ? 30 : 3) * day <= Date.parse(until))
      object('heard too long ago');
    if (last && !last.willing && determinedAt <= last.at) object('against its will');
    if (identifiedAt === '' || identifiedAt < since) object('nobody saw that it is this child');
    if (isMismatch) object('somebody said that it is another child');
  };

  /** What a second person confirmed has the confirmation beside it. */
  const isOfTwo = (index: number): boolean =>
    [events[index - 1], events[index + 1]].some((one) => one?.event.type === 'ProposalConfirmed');

  for (const [index, { event, at, version }] of events.entries()) {
    const here = `${version} ${event.type}`;
    switch (event.type) {
      case 'CaseOpened':
      case 'RecipientNominated':
        recipient = event.recipient;
        toNobody = false;
        isReunited = false;
        break;
      case 'RecipientUnavailable':
        isReunited = false;
        break;
      case 'PlanProposed':
        toNobody = event.plan.recipient === null;
        if (toNobody && !(isAdult && consents))
          faults.push(`${here}: home to nobody, and no adult who consents`);
        break;
      case 'PlanLapsed':
        toNobody = false;
        break;
      case 'MajorityNoted':
        isAdult = event.daysLeft === 0;
        break;
      case 'OwnConsentRecorded':
        consents = event.given;
        break;
      case 'ChildHeard':
        if (event.answer === 'unwilling') isReunited = false;
        hearings.push({
          recipient: event.recipient,
          willing: event.answer !== 'unwilling',
          at: event.heardAt ?? at,
        });
        break;
      case 'BestInterestsDetermined':
        determinedAt = event.outcome === 'return' ? at : '';
        break;
      case 'ChildIdentified':
        if (isMismatch && event.matches && !isOfTwo(index)) faults.push(`${here}: taken back by one`);
        if (event.matches) identifiedAt = at;
        isMismatch = !event.matches;
        if (isMismatch) identifiedAt = '';
        break;
      case 'ArrivedAtSite':
        site = at;
        stay = at;
        break;
      case 'Departed':
        isTaken = event.transfer !== true;
        judge(here, '', at);
        if (isAdult && !consents) faults.push(`${here}: an adult who did not consent`);
        if (site !== '' && identifiedAt < site) faults.push(`${here}: not seen at this site`);
        site = '';
        break;
      case 'CareTaken':
        isTaken = true;
        break;
      case 'LegCompleted':
        if (!isTaken) faults.push(`${here}: on the road with a child that nobody took`);
        break;
      case 'ArrivedAtHandover':
        if (!isTaken) faults.push(`${here}: arrived with a child that nobody took`);
        door = event.happenedAt ?? at;
        break;
      case 'PlacedInInterimCare':
        door = at;
        isReunited = false;
        break;
      case 'HandedOver':
        judge(here, door);
        if (toNobody) faults.push(`${here}: to somebody whom the plan does not name`);
        break;
      case 'ReunitedAtSite':
        judge(here, stay);
        if (event.recipient !== recipient) faults.push(`${here}: to another than the recipient`);
        isReunited = true;
        break;
      case 'FamilyHome':
        if (!isReunited) faults.push(`${here}: home with nobody to whom the child was given`);
        break;
      case 'OwnArrivalConfirmed':
        if (!(isAdult && consents)) faults.push(`${here}: alone, and no adult who consents`);
        if (!hearings.some((one) => one.at >= door)) faults.push(`${here}: not heard`);
        if (identifiedAt < door || isMismatch) faults.push(`${here}: nobody saw that it is this one`);
        break;
      case 'VisitReported':
        if (event.outcome === 'concern') concerns.add(`visit-${event.visit}`);
        break;
      case 'WelfareNoted':
        if (event.wellbeing === 'concern') concerns.add(`note-${version}`);
        break;
      case 'ConcernResolved':
        concerns.delete(event.concern);
        break;
      case 'CaseClosed':
        if (event.outcome !== 'deceased' && concerns.size > 0) faults.push(`${here}: a concern is open`);
        break;
      default:
        break;
    }
  }
  return faults;
}
