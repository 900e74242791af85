/** What happened, in words: the same in the story of a case and in what would follow from an act. */
import type { EventType } from '#domain/model/events';
import type { ListName } from '#words/vocabulary';
import type { ReactNode } from 'react';
import { Name } from '../parts/parts';
import { Day, When } from '../parts/when';
import { useWords } from '../words/use-words';
import type { Words } from '../words/words';
import { useNames } from './use-case';
import type { Names } from './use-case';

/** How a field of an event is said: by a list of words, or as what it is. */
type Saying =
  | ListName
  | 'language'
  | 'obligation'
  | 'act'
  | 'day'
  | 'instant'
  | 'party'
  | 'place'
  | 'site'
  | 'official'
  | 'text';
/** Event → the fields that are told beside its name, each by its path in the entry. */
export const details: Readonly<Partial<Record<EventType, readonly (readonly [string, Saying])[]>>> = {
  StageEntered: [['stage', 'stage']],
  DuplicateFlagged: [['other', 'text']],
  DuplicateSettled: [
    ['other', 'text'],
    ['verdict', 'duplicateVerdict'],
  ],
  TraceAnswered: [
    ['answer', 'traceAnswer'],
    ['courtDate', 'day'],
  ],
  FacetAttested: [
    ['facet', 'facet'],
    ['finding', 'finding'],
    ['validUntil', 'day'],
  ],
  AttestationUpheld: [['facet', 'facet']],
  AttestationReturned: [['facet', 'facet']],
  FacetReopened: [
    ['facet', 'facet'],
    ['reason', 'facetReopening'],
  ],
  ChildHeard: [['answer', 'hearing']],
  ChildIdentified: [
    ['matches', 'yesNo'],
    ['how', 'identification'],
  ],
  BestInterestsDetermined: [['outcome', 'bestInterests']],
  PlanProposed: [['plan.version', 'text']],
  PlanLapsed: [
    ['planVersion', 'text'],
    ['reason', 'planLapse'],
  ],
  PlanApproved: [
    ['planVersion', 'text'],
    ['expiresAt', 'instant'],
  ],
  PlanObjected: [
    ['planVersion', 'text'],
    ['reason', 'objectionReason'],
  ],
  ApprovalWithdrawn: [['planVersion', 'text']],
  PlanReachedSide: [
    ['party', 'party'],
    ['sentAt', 'instant'],
  ],
  DecisionLapsed: [['reason', 'decisionLapse']],
  DecisionRelayed: [
    ['act', 'decision'],
    ['source.channel', 'relayChannel'],
    ['source.reference', 'text'],
  ],
  ConditionSettled: [['outcome', 'settlement']],
  RecallDecided: [['outcome', 'recall']],
  TravelDocumentsConfirmed: [['validUntil', 'day']],
  MedicallyCleared: [
    ['validUntil', 'day'],
    ['needs', 'crewPart'],
  ],
  PlaceHeld: [
    ['site', 'site'],
    ['firstNight', 'day'],
    ['leavesOn', 'day'],
  ],
  StayExtended: [
    ['site', 'site'],
    ['leavesOn', 'day'],
  ],
  PlaceDeclined: [['site', 'site']],
  PlaceReleased: [['site', 'site']],
  CarerBedHeld: [
    ['site', 'site'],
    ['firstNight', 'day'],
    ['leavesOn', 'day'],
  ],
  CarerBedReleased: [['site', 'site']],
  PlaceRequested: [['site', 'site']],
  EscortAssigned: [
    ['escort', 'official'],
    ['credentialUntil', 'day'],
    ['skills', 'crewPart'],
  ],
  OfficerAssigned: [
    ['officer', 'official'],
    ['deputy', 'official'],
  ],
  OfficerRelieved: [['official', 'official']],
  CrewConfirmed: [
    ['has', 'crewPart'],
    ['escorts', 'text'],
    ['children', 'text'],
  ],
  SafeConductGranted: [
    ['party', 'party'],
    ['opens', 'instant'],
    ['until', 'instant'],
  ],
  SafeConductWithdrawn: [['party', 'party']],
  SafeConductLapsed: [['party', 'party']],
  ArrivedAtSite: [['site', 'site']],
  WelfareNoted: [['wellbeing', 'wellbeing']],
  ArrivalChecked: [
    ['recognised', 'recognised'],
    ['health', 'health'],
    ['belongings', 'belongings'],
    ['note', 'text'],
  ],
  DayNoted: [
    ['ate', 'ate'],
    ['slept', 'slept'],
    ['mood', 'mood'],
    ['health', 'health'],
  ],
  VisitorRecorded: [
    ['kind', 'visitor'],
    ['happenedAt', 'instant'],
    ['note', 'text'],
  ],
  TreatmentSet: [
    ['kind', 'treatmentKind'],
    ['note', 'text'],
    ['times', 'text'],
    ['firstDay', 'day'],
    ['lastDay', 'day'],
  ],
  DoseRecorded: [
    ['outcome', 'doseOutcome'],
    ['due', 'instant'],
    ['note', 'text'],
  ],
  CheckedIn: [['place', 'place']],
  IncidentReported: [['kind', 'incident']],
  JourneyPaused: [['kind', 'incident']],
  Diverted: [
    ['place', 'place'],
    ['kind', 'incident'],
    ['unplanned', 'unplanned'],
  ],
  SafePointReached: [
    ['place', 'place'],
    ['unplanned', 'unplanned'],
  ],
  PlacedInInterimCare: [
    ['kind', 'interimCare'],
    ['place', 'place'],
  ],
  FamilyTold: [
    ['of', 'milestone'],
    ['how', 'telling'],
    ['language', 'language'],
  ],
  ChildTold: [
    ['of', 'milestone'],
    ['how', 'telling'],
    ['language', 'language'],
  ],
  RecipientApproved: [['party', 'party']],
  ConcernResolved: [['outcome', 'concern']],
  VisitReported: [
    ['visit', 'text'],
    ['outcome', 'visit'],
  ],
  HoldPlaced: [
    ['reason', 'holdReason'],
    ['reviewAt', 'instant'],
  ],
  HoldReviewed: [['reviewAt', 'instant']],
  HoldLifted: [['ground', 'holdGround']],
  UrgencyMarked: [['medicallyUrgent', 'urgency']],
  OwnConsentRecorded: [['given', 'yesNo']],
  RecipientIdentified: [['matches', 'yesNo']],
  MedicalEmergencyResolved: [['fitToTravel', 'yesNo']],
  MechanismMoved: [['mechanism.version', 'text']],
  CaseClosed: [['outcome', 'closure']],
  CaseReopened: [['reason', 'reopening']],
  LadderStepTaken: [
    ['kind', 'obligation'],
    ['due', 'instant'],
  ],
  ActProposed: [['act.type', 'act']],
  ExpiryNoted: [
    ['lapsing', 'lapsing'],
    ['validUntil', 'day'],
  ],
  ObligationAcknowledged: [['until', 'instant']],
  ObligationSnoozed: [
    ['reason', 'snooze'],
    ['until', 'instant'],
  ],
  StalledCaseReviewed: [
    ['next', 'stalledNext'],
    ['reviewAt', 'instant'],
  ],
};

export interface Told {
  readonly type: string;
  readonly at?: string;
  readonly by?: { readonly party: string; readonly official?: string } | { readonly system: string };
}
const valueAt = (event: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], event);

function said(how: Saying, value: unknown, words: Words, names: Names): ReactNode {
  const text = String(value);
  switch (how) {
    case 'obligation':
      return (words.obligations as Readonly<Record<string, string>>)[text] ?? text;
    case 'act':
      return (words.commands as Readonly<Record<string, { readonly act: string }>>)[text]?.act ?? text;
    case 'day':
      return <Day day={text} short />;
    case 'instant':
      return <When at={text} />;
    case 'language':
      return new Intl.DisplayNames(words.locale, { type: 'language' }).of(text) ?? text;
    case 'text':
      return <Name>{text}</Name>;
    case 'party':
    case 'place':
    case 'site':
    case 'official':
      return <Name>{names[how](text)}</Name>;
    default:
      return (words.values[how] as Readonly<Record<string, string>>)[text] ?? text;
  }
}

export function EventLine({ event }: { readonly event: Told }) {
  const words = useWords();
  const names = useNames();
  const title = (words.events as Readonly<Record<string, string>>)[event.type] ?? event.type;
  const parts = (details[event.type as EventType] ?? []).flatMap(([path, how]) => {
    const value = valueAt(event, path);
    // Of a list each is said.
    return (Array.isArray(value) ? (value as unknown[]) : [value])
      .filter((each) => each !== undefined)
      .map((each, index) => ({ path: `${path} ${index}`, text: said(how, each, words, names) }));
  });
  return (
    <span>
      {title}
      {parts.map(({ path, text }, index) => (
        <span key={path}>
          {index === 0 ? ': ' : ' · '}
          {text}
        </span>
      ))}
    </span>
  );
}

/** Whose act it was; what nobody did was Homeward’s own. */
export function ByWhom({ by }: { readonly by: Told['by'] }) {
  const words = useWords();
  const names = useNames();
  if (!by || 'system' in by) return <>{words.shell.homeward}</>;
  return <Name>{by.official === undefined ? names.party(by.party) : names.official(by.official)}</Name>;
}

export const Story = ({ entries }: { readonly entries: readonly Told[] }) => (
  <ol className="story">
    {entries.map((event, index) => (
      // Entries of one instant may be alike; the list only ever grows at its head.
      <li key={`${event.at ?? ''} ${entries.length - index}`}>
        {event.at === undefined ? <span /> : <When at={event.at} />}
        <EventLine event={event} />
        <span className="note">
          <ByWhom by={event.by} />
        </span>
      </li>
    ))}
  </ol>
);
