/** The auditor of escorts sees what it is there to see. */
import type { CaseEvent, RecordedEvent } from '../../src/domain/model/events';
import { engagedTwice, overloaded } from './escort-audit';

const child = (id: string, ...events: readonly (readonly [minute: number, event: object])[]) =>
  [
    id,
    events.map(([minute, event], index) => ({
      ...{ case: id, version: index + 1, commandId: `${id} ${index}`, actor: { system: 'process' as const } },
      ...{ at: `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z`, event: event as CaseEvent },
    })),
  ] as const satisfies readonly [string, readonly RecordedEvent[]];
const assigned = (escort: string, transfer?: true) => ({ type: 'EscortAssigned', escort, transfer });
const departed = { type: 'Departed', movement: 'some' };
const back = { type: 'JourneyEnded' };
const linked = (...siblings: string[]) => ({ type: 'SiblingsLinked', siblings });

it.each([
  ['two strangers at once', [[1, departed]], [[2, departed]], 1],
  [
    'one after the other',
    [
      [1, departed],
      [3, back],
    ],
    [[4, departed]],
    0,
  ],
  [
    'one before the other is back',
    [
      [1, departed],
      [5, back],
    ],
    [[3, departed]],
    1,
  ],
  [
    'two siblings',
    [
      [0, linked('B')],
      [1, departed],
    ],
    [[2, departed]],
    0,
  ],
  ['where the rules did not ask', [[1, { type: 'Departed' }]], [[2, departed]], 0],
  [
    'given over, and not taken yet',
    [
      [1, departed],
      [2, assigned('Y', true)],
    ],
    [[3, departed]],
    1,
  ],
  [
    'given over and taken',
    [
      [1, departed],
      [2, assigned('Y', true)],
      [3, { type: 'CareTaken' }],
    ],
    [[4, departed]],
    0,
  ],
] as const)('%s', (_name, one, other, faults) => {
  const children = new Map([
    child('A', [0, assigned('X')], ...one),
    child('B', [0, assigned('X')], ...other),
  ]);
  expect(engagedTwice([], children)).toHaveLength(faults);
});

it('children of one group’s departure are one movement', () => {
  const children = new Map([
    child('A', [0, assigned('X')], [1, departed]),
    child('B', [0, assigned('X')], [1, departed]),
  ]);
  const group = [{ event: { type: 'GroupDeparted', departed: ['A', 'B'] } }];
  expect(engagedTwice([group as never], children)).toEqual([]);
});

it.each([
  ['five with one escort', 5, {}, 0],
  ['six with one escort', 6, {}, 1],
  ['six with a crew of two', 6, { crew: 2 }, 0],
  ['three under six with one escort', 3, { perEscort: 2 }, 1],
  ['two with needs and one escort', 2, { needs: ['medic'] }, 1],
] as const)('%s', (_name, count, { crew, perEscort, needs }: Load, faults) => {
  const ids = Array.from({ length: count }, (_, index) => `C${index}`);
  const children = new Map(
    ids.map((id) =>
      child(
        id,
        [0, { ...assigned('X'), ...(perEscort && { perEscort }) }],
        [1, { type: 'MedicallyCleared', ...(needs && { needs }) }],
        ...(crew ? [[2, { type: 'CrewConfirmed', escorts: crew }] as const] : []),
        [3, departed],
      ),
    ),
  );
  const at = '2026-03-01T10:03:00.000Z';
  const group = [{ at, case: 'G', event: { type: 'GroupDeparted', departed: ids } }];
  expect(overloaded([group as never], children)).toHaveLength(faults);
});
interface Load {
  readonly crew?: number;
  readonly perEscort?: number;
  readonly needs?: readonly string[];
}
