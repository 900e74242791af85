/** Where the child is, as lines: the stay, the escort, the legs, the signs of life. */
import pc from 'picocolors';
import { shortTime } from './print-time';

interface LegView {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly departAt: string;
  readonly arriveAt: string;
  readonly checkInEvery?: string;
}
interface JourneyView {
  readonly departedAt: string;
  readonly lastSignAt: string;
  readonly completedLegs: readonly string[];
  readonly paused?: { readonly since: string; readonly kind: string };
  readonly turningBack?: true;
  readonly arrivedAt?: string;
}
interface ToldView {
  readonly of: string;
  readonly at: string;
  readonly how: string;
  readonly language: string;
}
export interface CaseJourneyView {
  readonly stay?: { readonly site: string; readonly status: string; readonly since: string };
  readonly carerBed?: { readonly site: string; readonly firstNight: string; readonly leavesOn: string };
  readonly arrivalCheck?: Readonly<Record<'at' | 'recognised' | 'health' | 'belongings', string>>;
  readonly dailyNote?: Readonly<Record<'at', string>> &
    Readonly<Partial<Record<'ate' | 'slept' | 'mood' | 'health', string>>>;
  readonly visitors?: readonly { readonly kind: string; readonly at: string }[];
  readonly treatments?: readonly {
    readonly id: string;
    readonly kind: string;
    readonly times: readonly string[];
    readonly firstDay: string;
    readonly lastDay?: string;
    readonly note?: string;
  }[];
  readonly escort?: { readonly official?: string; readonly party?: string };
  readonly legs?: readonly LegView[];
  readonly journey?: JourneyView;
  readonly care?: {
    readonly with: string;
    readonly since: string;
    readonly site?: string;
    readonly place?: string;
    readonly kind?: string;
  };
  readonly familyTold?: readonly ToldView[];
  readonly childTold?: readonly ToldView[];
  readonly hearings?: readonly {
    readonly recipient: string;
    readonly answer: string;
    readonly heardAt: string;
  }[];
}

/** Title and lines; a section without lines is left out by whoever prints it. */
export function journeySections(view: CaseJourneyView): [string, string[]][] {
  const { care, hearings = [], familyTold = [], childTold = [], stay, escort } = view;
  const { carerBed, arrivalCheck, dailyNote, legs = [], journey } = view;
  const done = journey?.completedLegs ?? [];
  return [
    ['In whose care', care ? [careLine(care)] : []],
    [
      'Heard',
      hearings.map(
        ({ recipient, answer, heardAt: at }) => `  ${shortTime(at)}  about ${recipient}: ${answer}`,
      ),
    ],
    ['Told', [...lastTold('family', familyTold), ...lastTold('child', childTold)]],
    [
      'Stay',
      [
        ...(stay ? [stayLine(stay)] : []),
        ...(carerBed ? [carerBedLine(carerBed)] : []),
        ...(arrivalCheck ? [codesLine(arrivalCheck)] : []),
        ...(dailyNote ? [codesLine(dailyNote)] : []),
      ],
    ],
    ['Visitors', (view.visitors ?? []).map(({ kind, at }) => `  ${shortTime(at)}  ${kind}`)],
    ['Treatments', (view.treatments ?? []).map(treatmentLine)],
    ['Escort', escort ? [`  ${escort.official ?? escort.party ?? ''}`] : []],
    ['Legs', legs.map((leg) => `${legLine(leg)}${done.includes(leg.id) ? pc.green(', done') : ''}`)],
    ['Journey', journey ? journeyLines(journey) : []],
  ];
}

/** The last is what they know now. */
const lastTold = (whom: string, told: readonly ToldView[]): string[] =>
  told
    .slice(-1)
    .map(({ of, at, how, language }) => `  ${shortTime(at)}  ${whom}: ${of}, ${how}, in ${language}`);

const careLine = ({ with: carer, since, site, place, kind }: NonNullable<CaseJourneyView['care']>): string =>
  `  ${[carer, kind, site ?? place].filter((part) => part !== undefined).join(', ')}, since ${shortTime(since)}`;
const stayLine = ({ site, status, since }: NonNullable<CaseJourneyView['stay']>): string =>
  `  ${site}, ${status === 'held' ? 'a place is kept' : 'the child is there'} since ${shortTime(since)}`;
const carerBedLine = ({ site, firstNight, leavesOn }: NonNullable<CaseJourneyView['carerBed']>): string =>
  `  ${site}, a bed is kept for the carer from ${firstNight}, leaves ${leavesOn}`;
const codesLine = ({ at, ...said }: { readonly at: string } & Readonly<Record<string, string>>): string =>
  `  ${shortTime(at)}  ${Object.entries(said)
    .map(([asked, code]) => `${asked} ${code}`)
    .join(', ')}`;
const treatmentLine = (treatment: NonNullable<CaseJourneyView['treatments']>[number]): string => {
  const { id, kind, times, firstDay, lastDay, note } = treatment;
  const days = lastDay === undefined ? `from ${firstDay}` : `${firstDay} to ${lastDay}`;
  return `  ${id}  ${[`${kind}${note === undefined ? '' : ` “${note}”`}`, times.join(' '), days].join(', ')}`;
};

const legLine = ({ id, from, to, departAt, arriveAt, checkInEvery }: LegView): string =>
  `  ${id.padEnd(10)} ${from} to ${to}, ${shortTime(departAt)} to ${shortTime(arriveAt)}` +
  (checkInEvery === undefined ? '' : `, sign of life every ${checkInEvery}`);

const journeyLines = ({ departedAt, lastSignAt, paused, turningBack, arrivedAt }: JourneyView): string[] => [
  `  departed ${shortTime(departedAt)}, last sign of life ${shortTime(lastSignAt)}`,
  ...(paused ? [pc.yellow(`  paused since ${shortTime(paused.since)}: ${paused.kind}`)] : []),
  ...(turningBack ? [pc.yellow('  turning back')] : []),
  ...(arrivedAt === undefined ? [] : [`  arrived ${shortTime(arrivedAt)}`]),
];
