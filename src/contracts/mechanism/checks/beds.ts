/** Beds and closures of a site fit its capacity and the calendar. */
import type { Mechanism } from '../mechanism';
import { unless } from './parts';
import type { FaultPath, Found, MechanismCheck } from './parts';

type Site = Mechanism['sites'][number];

const ofEach = ({ sites }: Mechanism, find: (site: Site, path: FaultPath) => readonly Found[]): Found[] =>
  sites.flatMap((site, at) => find(site, ['sites', at]));

export const bedChecks = {
  'duplicate-bed': {
    reads: ['sites'],
    find: (mechanism) =>
      ofEach(mechanism, ({ beds = [] }, path) =>
        beds.flatMap(({ id }, at) =>
          unless(
            beds.findIndex((bed) => bed.id === id) === at,
            [...path, 'beds', at, 'id'],
            `${id} is given twice`,
          ),
        ),
      ),
  },
  'beds-beyond-capacity': {
    reads: ['sites'],
    find: (mechanism) =>
      ofEach(mechanism, ({ beds = [], capacity }, path) =>
        unless(beds.length <= capacity, [...path, 'beds'], `lists ${beds.length} beds of ${capacity}`),
      ),
  },
  'bed-never-there': {
    reads: ['sites'],
    find: (mechanism) =>
      ofEach(mechanism, ({ beds = [] }, path) =>
        beds.flatMap(({ opens, closed }, at) =>
          unless(
            opens === undefined || closed === undefined || opens < closed,
            [...path, 'beds', at, 'closed'],
            'must come after the night on which the bed is first there',
          ),
        ),
      ),
  },
  'closure-inverted': {
    reads: ['sites'],
    find: (mechanism) =>
      ofEach(mechanism, ({ closures = [] }, path) =>
        closures.flatMap(({ from, to }, at) =>
          unless(
            from < to,
            [...path, 'closures', at, 'to'],
            'must come after `from`: it is the day of taking in again',
          ),
        ),
      ),
  },
} as const satisfies Record<string, MechanismCheck>;
