/**
 * The auditor of who travels along: from the raw events alone, without the rules' code. Under the usual ratios. Lists the
 * departures to which somebody or something was lacking.
 */
import type { EventOf, RecordedEvent } from '../../../src/domain/model/events';

export function uncrewedDepartures(events: readonly RecordedEvent[]): string[] {
  const faults: string[] = [];
  let companions: readonly string[] = [];
  let needs: readonly string[] = [];
  let isSmall = false;
  let until = '9999-12-31';
  let escort: string | undefined;
  let skills: readonly string[] = [];
  let crew: EventOf<'CrewConfirmed'> | undefined;
  for (const { event, version, at } of events) {
    if (event.type === 'PlanProposed') ({ companions } = event.plan);
    if (event.type === 'MedicallyCleared') needs = event.needs ?? [];
    if (event.type === 'CrewConfirmed') crew = event;
    if (event.type === 'EscortAssigned') {
      isSmall = event.perEscort !== undefined;
      skills = event.skills ?? [];
      // With another one, whoever was ready is not any more.
      if (event.escort !== escort) crew = undefined;
      ({ escort } = event);
    }
    if (event.type === 'OfficialSubstituted' && event.escort) {
      skills = event.skills ?? [];
      escort = event.by;
    }
    if (event.type === 'PlanProposed') {
      escort = undefined;
      skills = [];
    }
    if (['PlanProposed', 'OfficialSubstituted', 'JourneyEnded'].includes(event.type)) crew = undefined;
    if (event.type === 'EscortAssigned' || (event.type === 'OfficialSubstituted' && event.escort))
      until = event.credentialUntil ?? '9999-12-31';
    if (event.type !== 'Departed') continue;
    // On the strictest calendar it may have ended some hours before.
    if (at.slice(0, 10) > until) faults.push(`${version}: departs with a credential that is over`);
    const asked = [...needs];
    if (companions.includes('medic')) asked.push('medic');
    if (companions.includes('guardian') || companions.includes('recipient')) asked.push('companion');
    for (const one of asked)
      if (![...skills, ...(crew?.has ?? [])].some((had) => had === one))
        faults.push(`${version}: departs without ${one}`);
    const each = needs.length > 0 ? 1 : isSmall ? 2 : 5;
    if (crew ? crew.children / crew.escorts > each : each < 5) faults.push(`${version}: too few escorts`);
  }
  return faults;
}
