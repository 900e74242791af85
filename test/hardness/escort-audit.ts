/**
 * An auditor's reading of who is under way with whom: works on the raw events of cases and groups, and shares no code with the
 * rules. Lists every escort who was under way with children who did not travel together, or set out with more of them than hands.
 */
import type { RecordedGroupEvent } from '../../src/domain/group/group';
import type { RecordedEvent } from '../../src/domain/model/events';

interface Stretch {
  readonly child: string;
  readonly escort: string;
  readonly from: string;
  to?: string;
}
const ends = ['JourneyEnded', 'HandedOver', 'OwnArrivalConfirmed', 'PlacedInInterimCare', 'CaseClosed'];

/** From the go, or from when they were sent to take over, until the child is with somebody else. */
function stretchesOf(child: string, events: readonly RecordedEvent[]): Stretch[] {
  const all: Stretch[] = [];
  let escort: string | undefined;
  let travels = false;
  const begin = (from: string): void => {
    if (travels && escort !== undefined) all.push({ child, escort, from });
  };
  const open = (): Stretch[] => all.filter(({ to }) => to === undefined);
  for (const { event, at } of events) {
    if (event.type === 'EscortAssigned' && event.escort !== escort) {
      ({ escort } = event);
      if (!event.transfer) for (const each of open()) each.to = at;
      begin(at);
    }
    if (event.type === 'OfficialSubstituted' && event.escort) {
      for (const each of open()) if (each.escort === event.official) each.to = at;
      escort = event.by;
      begin(at);
    }
    if (event.type === 'Departed') {
      // Kept only where the rules ask.
      travels = event.movement !== undefined;
      begin(at);
    }
    if (event.type === 'CareTaken') for (const each of open()) if (each.escort !== escort) each.to = at;
    if (event.type === 'PlanProposed' && !travels) escort = undefined;
    if (!ends.includes(event.type)) continue;
    travels = false;
    for (const each of open()) each.to = at;
  }
  return all;
}

/** Whoever a link or a departure of a group ties to one another, however far: each child with the first of them. */
function companiesOf(
  groups: readonly (readonly RecordedGroupEvent[])[],
  children: ReadonlyMap<string, readonly RecordedEvent[]>,
): (child: string) => string {
  const first = new Map<string, string>();
  const rootOf = (child: string): string => {
    const next = first.get(child);
    return next === undefined ? child : rootOf(next);
  };
  const tie = (ids: readonly string[]): void => {
    for (const id of ids) {
      const [one, other] = [rootOf(ids[0]!), rootOf(id)];
      if (one !== other) first.set(other, one);
    }
  };
  for (const [id, events] of children)
    for (const { event } of events)
      if (event.type === 'CaseOpened' || event.type === 'SiblingsLinked') tie([id, ...event.siblings]);
  for (const events of groups)
    for (const { event } of events) if (event.type === 'GroupDeparted') tie(event.departed);
  return rootOf;
}

/** A transaction has its instant from its beginning: one that waited for another is a moment before it on paper. */
const waited = 5_000;

export function engagedTwice(
  groups: readonly (readonly RecordedGroupEvent[])[],
  children: ReadonlyMap<string, readonly RecordedEvent[]>,
): string[] {
  const company = companiesOf(groups, children);
  const all = [...children].flatMap(([id, events]) => stretchesOf(id, events));
  const meet = (one: Stretch, other: Stretch): boolean =>
    one.to === undefined || Date.parse(other.from) + waited < Date.parse(one.to);
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter(
        (other) =>
          one.escort === other.escort &&
          company(one.child) !== company(other.child) &&
          meet(one, other) &&
          meet(other, one),
      )
      .map((other) => `${one.escort} is under way with ${one.child} and with ${other.child}`),
  );
}

/** With how many one escort may be, by the example files: nothing of it is read from the rules' code. */
const usually = 5;
const withNeeds = 1;

/** What a child's case says of its escort as it sets out. */
function escortAt(events: readonly RecordedEvent[], at: string) {
  let lead: string | undefined;
  let small = usually;
  let needs = false;
  let crew: number | undefined;
  for (const { event, at: when } of events) {
    if (when > at) break;
    if (event.type === 'EscortAssigned') {
      lead = event.escort;
      small = event.perEscort ?? usually;
    }
    if (event.type === 'OfficialSubstituted' && event.official === lead)
      lead = event.escort ? event.by : undefined;
    if (event.type === 'MedicallyCleared') needs = (event.needs ?? []).length > 0;
    if (event.type === 'CrewConfirmed') crew = event.escorts;
  }
  return { lead, part: 1 / (needs ? Math.min(small, withNeeds) : small), crew };
}

/** Groups in which an escort set out with more children than hands. */
export function overloaded(
  groups: readonly (readonly RecordedGroupEvent[])[],
  children: ReadonlyMap<string, readonly RecordedEvent[]>,
): string[] {
  return groups.flat().flatMap(({ event, at, case: group }) => {
    if (event.type !== 'GroupDeparted') return [];
    const gone = event.departed.map((id) => escortAt(children.get(id) ?? [], at));
    return [...new Set(gone.map(({ lead }) => lead))].flatMap((lead) => {
      const together = gone.filter((each) => each.lead === lead);
      const hands = Math.max(1, ...together.map(({ crew }) => crew ?? 1));
      const needed = together.reduce((sum, { part }) => sum + part, 0);
      return needed > hands + 0.001
        ? [`${lead} set out with ${together.length} children of ${group} and ${hands} escorts`]
        : [];
    });
  });
}
