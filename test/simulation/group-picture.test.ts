/** The picture of those who travelled together says what the record says, and nothing that is not a reference or a code. */
import { groupPictureOf } from '../../src/simulation/group-picture';
import type { GroupStory, TimelineEntry } from '../../src/simulation/group-story';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const by = { party: 'qatar' };
const event = (second: number, type: TimelineEntry['type'], more: object = {}) =>
  ({ version: 1, at: at(second), by, type, note: 'a word of somebody', ...more }) as TimelineEntry;
const groupEvent = (second: number, type: string, more: object = {}) =>
  ({ version: 1, at: at(second), by, type, note: 'a word of somebody', ...more }) as never;

const events = (found: boolean, more: readonly TimelineEntry[] = []): TimelineEntry[] => [
  event(0, 'CaseOpened', { whereaboutsKnown: found }),
  ...(found ? [] : [event(4, 'WhereaboutsReported')]),
  event(10, 'ArrivedAtSite'),
  event(31, 'CareTaken'),
  ...more,
  event(40, 'HandedOver'),
  event(60, 'CaseClosed'),
];
const story: GroupStory = {
  groups: [
    {
      id: 'G-3HWC-8RTN',
      events: [
        groupEvent(20, 'GroupDrafted'),
        groupEvent(24, 'TermsDisputed', { party: 'russia', terms: ['place'] }),
        groupEvent(30, 'GroupDeparted'),
        groupEvent(41, 'GroupCompleted'),
      ],
      departure: {
        at: at(30),
        departed: ['7Q2M-4ZK9'],
        left: [{ case: '07JD-6QZ4', reason: 'gate-closed', blockers: [] }],
      },
    },
  ],
  children: [
    { case: '7Q2M-4ZK9', number: '01', siblings: ['07JD-6QZ4'], events: events(true) },
    {
      case: '07JD-6QZ4',
      number: '02',
      siblings: ['7Q2M-4ZK9'],
      events: events(false, [
        event(33, 'LadderStepTaken', { kind: 'check-in' }),
        event(34, 'LadderStepTaken', { kind: 'check-in' }),
        event(35, 'CheckedIn'),
        event(36, 'LadderStepTaken', { kind: 'check-in' }),
      ]),
    },
  ],
};
const picture = groupPictureOf(story);
/** Of one child, or of the group: from its reference to the next text that is a reference. */
const laneOf = (id: string): string =>
  picture
    .split(new RegExp(String.raw`(?=<text class="(?:code|code strong)")`))
    .find((part) => part.includes(`>${id}<`)) ?? '';
const count = (lane: string, kind: string): number => lane.split(`class="${kind}"`).length - 1;

it('has a lane for each group and each child, by reference', () => {
  expect(picture.match(/class="code[^>]*>[^<]+/g)?.map((found) => found.split('>')[1])).toEqual([
    'G-3HWC-8RTN',
    '7Q2M-4ZK9',
    '07JD-6QZ4',
  ]);
});
it('says in whose care each was', () => {
  const cares = [...laneOf('7Q2M-4ZK9').matchAll(/rect class="([^"]+)"/g)].map(([, care]) => care);
  expect(cares).toEqual(['present-carer', 'host', 'escort', 'recipient']);
});
it('says that nobody knew where a child was until it was found', () => {
  const [first, second] = [...laneOf('07JD-6QZ4').matchAll(/rect class="([^"]+)"/g)].map(([, care]) => care);
  expect([first, second]).toEqual(['unknown', 'present-carer']);
});
it('marks a missed sign of life once until somebody answers', () => {
  expect(count(laneOf('07JD-6QZ4').split('in the care of')[0] ?? '', 'mark missed')).toBe(2);
  expect(count(laneOf('7Q2M-4ZK9'), 'mark missed')).toBe(0);
});
it('says which term was disputed, how many set out and how many stayed', () => {
  expect(laneOf('G-3HWC-8RTN')).toContain('russia: all but the place');
  expect(laneOf('G-3HWC-8RTN')).toContain('1 set out, 1 stay');
});
it('ties siblings together, once', () => {
  expect(count(picture, 'siblings')).toBe(1);
});
it('has no free text', () => {
  expect(picture).not.toContain('a word of somebody');
});
