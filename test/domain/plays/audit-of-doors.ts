/**
 * The auditor at the doors (never-rules 11 and 14, and that it is this child): from the raw events alone, without the
 * rules' code. Lists what it objects to.
 */
import type { RecordedEvent } from '../../../src/domain/model/events';

const threeDays = 3 * 86_400_000;

interface Said {
  readonly recipient: string;
  readonly willing: boolean;
  readonly at: string;
}

export function wrongDoors(events: readonly RecordedEvent[]): string[] {
  const faults: string[] = [];
  const hearings: Said[] = [];
  const concerns = new Set<string>();
  let recipient = '';
  let determinedAt = '';
  let site = '';
  let door = '';
  let identifiedAt = '';
  let isMismatch = false;

  const judge = (what: string, since: string, until?: string): void => {
    const object = (why: string) => faults.push(`${what}: ${why}`);
    const about = hearings.filter((one) => one.recipient === recipient);
    const last = about.reduce<Said | undefined>(
      (one, next) => (one && one.at > next.at ? one : next),
      undefined,
    );
    if (!last || last.at < since) object('not heard');
    else if (until !== undefined && Date.parse(last.at) + threeDays <= Date.parse(until))
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
        break;
      case 'ChildHeard':
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
        break;
      case 'Departed':
        judge(here, '', at);
        if (site !== '' && identifiedAt < site) faults.push(`${here}: not seen at this site`);
        site = '';
        break;
      case 'ArrivedAtHandover':
        door = event.happenedAt ?? at;
        break;
      case 'PlacedInInterimCare':
        door = at;
        break;
      case 'HandedOver':
        judge(here, door);
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
