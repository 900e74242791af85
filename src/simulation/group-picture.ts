/**
 * The timeline of those who travelled together as a picture: a lane for each group and each child, made from the record. By
 * reference and code only. Days are seconds, as in the demo; each of the three spans of time has a scale of its own.
 */
import type { CareCode } from '../domain/facts/care';
import type { CaseId } from '../domain/model/ids';
import type { GroupStory, TimelineEntry } from './group-story';

type Child = GroupStory['children'][number];
type Group = GroupStory['groups'][number];
interface Moment {
  readonly at: string;
  readonly mark: Mark;
}

/** Drawn around the middle of its lane. */
const marks = {
  yes: { path: 'M-3,0a3,3 0 1,0 6,0a3,3 0 1,0 -6,0', says: 'yes, confirmation, go' },
  no: { path: 'M-4,-4L4,4M-4,4L4,-4', says: 'no, withdrawal, dispute' },
  ill: { path: 'M-1.5,-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z', says: 'falls ill' },
  out: { path: 'M-4,-5L5,0L-4,5z', says: 'sets out' },
  sign: { path: 'M0,-5V5', says: 'sign of life' },
  missed: { path: 'M0,-6L6,5H-6z', says: 'missed, somebody is called' },
  met: { path: 'M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0', says: 'met at the embassy' },
  home: { path: 'M0,-6L6,-1V5H-6V-1z', says: 'home' },
} as const;
type Mark = keyof typeof marks;

const markOf: Readonly<Partial<Record<TimelineEntry['type'], Mark>>> = {
  PlanApproved: 'yes',
  PlanObjected: 'no',
  ApprovalWithdrawn: 'no',
  MedicalEmergencyReported: 'ill',
  Departed: 'out',
  CheckedIn: 'sign',
  ReunitedAtSite: 'met',
  HandedOver: 'home',
  FamilyHome: 'home',
};
const groupMarkOf: Readonly<Record<string, Mark>> = {
  TermsConfirmed: 'yes',
  TermsDisputed: 'no',
  MemberDropped: 'no',
  GoSaid: 'yes',
  NoGoSaid: 'no',
  GroupDeparted: 'out',
};
const careAfter: Readonly<Partial<Record<TimelineEntry['type'], CareCode>>> = {
  WhereaboutsReported: 'present-carer',
  ArrivedAtSite: 'host',
  CareTaken: 'escort',
  PlacedInInterimCare: 'interim-care',
  HandedOver: 'recipient',
  ReunitedAtSite: 'recipient',
};
const cares: Readonly<Partial<Record<CareCode, string>>> = {
  unknown: 'not found yet',
  'present-carer': 'present carer',
  host: 'embassy',
  escort: 'escort',
  'interim-care': 'interim care',
  recipient: 'recipient',
};

const [width, left, right] = [900, 118, 14];
const [laneHeight, groupHeight, top] = [24, 50, 40];

export function groupPictureOf({ children, groups }: GroupStory): string {
  const x = scaleOf(children, groups);
  const firstLane = top + groups.length * groupHeight + 18;
  const end = firstLane + children.length * laneHeight;
  const height = end + 84;
  const rowOf = new Map(children.map((child, index) => [child.case, firstLane + (index + 0.5) * laneHeight]));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Timeline of ${children.length} children who travel together in ${groups.length} groups">
<style>${styles}</style>
<rect class="card" width="${width}" height="${height}" rx="8"/>
${axis(x, end)}
${groups.map((group, index) => groupLane(group, top + index * groupHeight, rowOf, x)).join('\n')}
${children.map((child) => childLane(child, rowOf, x)).join('\n')}
${legend(end + 34)}
</svg>
`;
}

interface Scale {
  readonly spans: readonly { readonly from: number; readonly to: number; readonly says: string }[];
  readonly at: (instant: string | number) => number;
}

/** Before there is a list; until the last of them is home; the visits after. */
function scaleOf(children: readonly Child[], groups: readonly Group[]): Scale {
  const timesOf = (from: readonly { readonly events: readonly { readonly at: string }[] }[]): number[] =>
    from.flatMap(({ events }) => events.map(({ at }) => Date.parse(at)));
  const all = timesOf(children);
  const together = timesOf(groups);
  const ends = [Math.min(...all), Math.min(...together), Math.max(...together), Math.max(...all)] as const;
  const space = width - left - right;
  const edges = [0, 0.3, 0.87, 1].map((share) => left + share * space);
  const says = ['each for itself', 'together', 'visits'];
  const spans = says.map((word, index) => ({
    from: edges[index] ?? 0,
    to: edges[index + 1] ?? 0,
    says: word,
  }));
  const at = (instant: string | number): number => {
    const time = typeof instant === 'string' ? Date.parse(instant) : ends[0] + instant;
    const index = time < ends[1] ? 0 : time < ends[2] ? 1 : 2;
    const [begin = 0, stop = 0] = ends.slice(index);
    const { from, to } = spans[index] ?? { from: 0, to: 0 };
    return Math.round((from + ((to - from) * (time - begin)) / Math.max(1, stop - begin)) * 10) / 10;
  };
  return { spans, at };
}

function axis({ spans, at }: Scale, end: number): string {
  const last = spans.at(-1)?.to ?? 0;
  const days = Array.from({ length: 100 }, (_, index) => index * 10).filter((day) => at(day * 1_000) <= last);
  return [
    ...spans.map(
      ({ from, to, says }) =>
        `<path class="seam" d="M${from},12V${end}"/>${text((from + to) / 2, 20, says, 'span')}`,
    ),
    ...days.map(
      (day) =>
        `<path class="tick" d="M${at(day * 1_000)},${end}v5"/>${text(at(day * 1_000), end + 16, String(day), 'small')}`,
    ),
    text(left - 10, end + 16, 'day', 'small end'),
  ].join('\n');
}

function groupLane(group: Group, y: number, rowOf: ReadonlyMap<CaseId, number>, { at }: Scale): string {
  const { id, events, departure } = group;
  const middle = y + groupHeight - 12;
  const [first, last] = [events[0]?.at ?? '', events.at(-1)?.at ?? ''];
  const gone = [...rowOf].filter(([child]) => departure?.departed.includes(child)).map(([, row]) => row);
  const moments = events.flatMap(({ at: when, type }) => {
    const mark = groupMarkOf[type];
    return mark ? [{ at: when, mark }] : [];
  });
  return [
    text(10, middle + 4, id, 'code strong'),
    departure && `<path class="leave" d="M${at(departure.at)},${middle}V${Math.max(middle, ...gone)}"/>`,
    `<path class="group" d="M${at(first)},${middle}H${at(last)}"/>`,
    ...moments.map((moment) => drawn(moment, middle, at)),
    ...labels(group, y, at),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Each above its moment, in the lower of two rows where there is room. */
function labels(group: Group, y: number, at: Scale['at']): string[] {
  const taken = [-Infinity, -Infinity];
  return group.events.flatMap((event) => {
    const says = labelOf(event, group);
    if (says === undefined) return [];
    const x = at(event.at);
    const half = says.length * 2.9;
    const row = taken.findIndex((until) => until < x - half);
    if (row < 0) return [];
    taken[row] = x + half + 6;
    return [text(x, y + groupHeight - 24 - row * 12, says, 'small')];
  });
}
function labelOf(
  { type, terms, list, party }: Group['events'][number],
  { departure }: Group,
): string | undefined {
  switch (type) {
    case 'GroupDrafted':
      return 'drafted';
    case 'TermsDisputed':
      return `${party}: all but the ${terms?.join(', ')}`;
    case 'ListChanged':
      return `list ${list}`;
    case 'GroupDeparted':
      return [
        `${departure?.departed.length ?? 0} set out`,
        ...(departure?.left.length ? [`${departure.left.length} stay`] : []),
      ].join(', ');
    case 'GroupCompleted':
      return 'all safe';
    default:
      return undefined;
  }
}

function childLane(
  { case: id, number, siblings, events }: Child,
  rowOf: ReadonlyMap<CaseId, number>,
  { at }: Scale,
): string {
  const row = rowOf.get(id) ?? 0;
  const others = siblings.flatMap((sibling) => rowOf.get(sibling) ?? []).filter((other) => other > row);
  return [
    ...others.map((other) => `<path class="siblings" d="M10,${row}h-4V${other}h4"/>`),
    text(14, row + 4, number, 'small start'),
    text(34, row + 4, id, 'code'),
    ...careBars(events).map(
      ({ care, from, to }) =>
        `<rect class="${care}" x="${at(from)}" y="${row - 6}" width="${(at(to) - at(from)).toFixed(1)}" height="12"/>`,
    ),
    ...momentsOf(events).map((moment) => drawn(moment, row, at)),
  ].join('\n');
}

function careBars(events: Child['events']): { care: CareCode; from: string; to: string }[] {
  const changes = events.flatMap((event): { care: CareCode; from: string }[] => {
    if (event.type === 'CaseOpened')
      return [{ care: event.whereaboutsKnown ? 'present-carer' : 'unknown', from: event.at }];
    const care = careAfter[event.type];
    return care ? [{ care, from: event.at }] : [];
  });
  const end = events.find(({ type }) => type === 'CaseClosed') ?? events.at(-1);
  return changes
    .map((change, index) => ({ ...change, to: changes[index + 1]?.from ?? end?.at ?? change.from }))
    .filter(({ from, to }) => from < to);
}

function momentsOf(events: Child['events']): Moment[] {
  let isCalled = false;
  return events.flatMap((event): Moment[] => {
    if (event.type === 'CheckedIn') isCalled = false;
    // The ladder goes on until somebody answers; that it began is what there is to see.
    const isMissed = event.type === 'LadderStepTaken' && event.kind === 'check-in' && !isCalled;
    if (isMissed) isCalled = true;
    const mark = isMissed ? 'missed' : markOf[event.type];
    return mark ? [{ at: event.at, mark }] : [];
  });
}

const drawn = ({ at: when, mark }: Moment, y: number, at: Scale['at']): string =>
  `<path class="mark ${mark}" transform="translate(${at(when)},${y})" d="${marks[mark].path}"/>`;

function legend(y: number): string {
  const inCare = Object.entries(cares).map(([care, says], index) => {
    const x = left + index * 128;
    return `<rect class="${care}" x="${x}" y="${y - 6}" width="18" height="12"/>${text(x + 24, y + 4, says, 'small start')}`;
  });
  const signs = Object.entries(marks).map(([mark, { path, says }], index) => {
    const x = left + 6 + (index % 4) * 192;
    const row = y + 20 + Math.floor(index / 4) * 18;
    return `<path class="mark ${mark}" transform="translate(${x},${row})" d="${path}"/>${text(x + 12, row + 4, says, 'small start')}`;
  });
  return [text(10, y + 4, 'in the care of', 'small start'), ...inCare, ...signs].join('\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const text = (x: number, y: number, words: string, kind: string): string =>
  `<text class="${kind}" x="${x}" y="${y}">${words.replace(/[&<>]/g, (sign) => entities[sign] ?? sign)}</text>`;

const colours = (ink: string, soft: string, card: string, line: string, yes: string, no: string): string =>
  `svg{--ink:${ink};--soft:${soft};--card:${card};--line:${line};--yes:${yes};--no:${no}}`;
const styles = `${colours('#1b1f24', '#57606a', '#ffffff', '#d0d7de', '#1a7f37', '#b42318')}
@media (prefers-color-scheme:dark){${colours('#e6edf3', '#9da7b3', '#161b22', '#3d444d', '#56d364', '#ff8078')}}
text{font:11px system-ui,sans-serif;fill:var(--ink);text-anchor:middle;stroke:var(--card);stroke-width:3;paint-order:stroke}
.small{fill:var(--soft)}.span{font-weight:600}.start,.code{text-anchor:start}.end{text-anchor:end}
.code{font:11px ui-monospace,monospace}.strong{font-weight:700}
.card{fill:var(--card)}.seam,.tick,.siblings{stroke:var(--line);fill:none}.siblings{stroke:var(--soft)}
.group{stroke:var(--soft);stroke-width:2}.leave{stroke:var(--soft);stroke-dasharray:2 3;fill:none}
.unknown{fill:none;stroke:var(--line);stroke-dasharray:3 3}
.present-carer{fill:#8c959f66}.host{fill:#4c8dd9aa}.escort{fill:#d9a520bb}.interim-care{fill:#a475f9aa}.recipient{fill:#3fa45baa}
.mark{fill:var(--ink);stroke:var(--card);stroke-width:1;paint-order:stroke}
.yes{fill:var(--yes)}.no{fill:none;stroke:var(--no);stroke-width:2}.ill,.missed{fill:var(--no)}
.sign{fill:none;stroke:var(--ink);stroke-width:2}.met{fill:var(--yes)}`;
