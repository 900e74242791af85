/** What a party's own people say of its duties is for that party and the mediator, and for nobody else. */
import type { CaseEvent, RecordedEvent } from '../../../src/domain/model/events';
import type { Actor } from '../../../src/domain/model/parties';
import { eventViewFor } from '../../../src/http/views/event-view';

const requester = { official: 'ua-decider', party: 'ukraine', roles: ['decider'] } as const;
const recorded = (event: CaseEvent, actor: Actor): RecordedEvent => ({
  case: 'C4SE-0001',
  version: 7,
  at: '2026-11-23T08:00:00.000Z',
  actor,
  commandId: 'c',
  event,
});
const until = '2026-11-30T08:00:00.000Z';
const system = { system: 'upkeep' } as const;
const events: readonly RecordedEvent[] = [
  recorded({ type: 'ObligationAcknowledged', obligation: 'decide-on-plan::ukraine@x', until }, requester),
  recorded(
    { type: 'ObligationSnoozed', obligation: 'decide-on-plan::ukraine@x', until, reason: 'other' },
    requester,
  ),
  recorded(
    { type: 'AbsenceNoted', absence: 'a', official: 'ua-decider', party: 'ukraine', deputy: 'ua-2', until },
    system,
  ),
  recorded({ type: 'OfficialSubstituted', official: 'ua-decider', party: 'ukraine' }, system),
];
const readers = {
  ukraine: { ...requester, kind: 'requesting', mechanism: 'doha', mechanismVersion: 1, lent: [] },
  qatar: {
    official: 'qa-lead',
    party: 'qatar',
    roles: ['lead'],
    kind: 'mediator',
    mechanism: 'doha',
    mechanismVersion: 1,
    lent: [],
  },
  russia: {
    official: 'ru',
    party: 'russia',
    roles: ['decider'],
    kind: 'holding',
    mechanism: 'doha',
    mechanismVersion: 1,
    lent: [],
  },
  embassy: {
    official: 'em',
    party: 'embassy',
    roles: ['host'],
    kind: 'host',
    mechanism: 'doha',
    mechanismVersion: 1,
    lent: [],
  },
} as const;

describe('the timeline', () => {
  test.each(events.map((event) => [event.event.type, event] as const))(
    'shows %s to the party whose affair it is and to the mediator only',
    (_type, event) => {
      const seenBy = Object.entries(readers)
        .filter(([, reader]) =>
          eventViewFor(reader, event, { notes: new Map(), papers: new Set(), known: new Set(), place: 1 }),
        )
        .map(([party]) => party);
      expect(seenBy).toEqual(['ukraine', 'qatar']);
    },
  );
});
