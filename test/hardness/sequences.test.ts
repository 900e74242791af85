/** Random sequences around a group's departure, held against the never-list by an auditor; a million of them: `npm run sequences`. */
import fc from 'fast-check';
import { propertyRuns } from '../support/property-runs';
import { readyChild, GroupInPlay } from '../support/group-play';
import { hostingRules } from '../support/mechanism-rules';
import { counterExamples } from './counter-examples';
import { faultsOf } from './group-audit';
import { play, randomOf, scriptOf } from './group-script';

it('breaks no never-rule, whatever is commanded', () => {
  let departures = 0;
  fc.assert(
    fc.property(fc.noBias(fc.nat()), (seed) => {
      const { faults, departures: gone } = play(scriptOf(randomOf(seed)));
      departures += gone;
      expect(faults).toEqual([]);
    }),
    propertyRuns(400),
  );
  expect(departures).toBeGreaterThan(20);
});

it.each(Object.entries(counterExamples))('keeps what was once found: %s', (_what, script) => {
  expect(play(script).faults).toEqual([]);
});

it('objects to what is wrong, or its silence would say nothing', () => {
  const ids = ['CHDA-0001', 'CHDB-0002'];
  const room = new GroupInPlay(new Map(ids.map((id) => [id, readyChild(id)])));
  room.link('CHDA-0001', 'CHDB-0002');
  room.toGo();
  room.depart();
  const events = () => new Map([...room.children].map(([id, child]) => [id, child.events]));
  const audited = (group = room.events, children = events()) => faultsOf([group], children, hostingRules);
  expect(audited()).toEqual([]);
  const without = (type: string) => room.events.filter(({ event }) => event.type !== type);
  expect(audited(without('GoSaid'))).toContain('group 11: north had not said go');
  expect(audited(without('TermsConfirmed'))).toContain('group 11: embassy had not confirmed every term');
  const [first] = ids as [string];
  const left = events();
  left.set(
    first,
    left.get(first)!.filter(({ event }) => event.type !== 'Departed'),
  );
  expect(audited(room.events, left)).toEqual([
    'group 11: CHDA-0001 did not set out',
    'group 11: CHDB-0002 was parted from CHDA-0001',
  ]);
  const unapproved = events();
  unapproved.set(
    first,
    unapproved.get(first)!.filter(({ event }) => event.type !== 'PlanApproved'),
  );
  expect(audited(room.events, unapproved)[0]).toMatch(/CHDA-0001 \d+: north had not approved/);
  expect(faultsOf([room.events, room.events], events(), hostingRules)).toContain(
    'CHDA-0001 set out with G-C4SE-0001 and with G-C4SE-0001',
  );
});
