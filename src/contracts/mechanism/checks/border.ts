/** The border file: it names places and parties that are there, and says one thing of one traveller on one day. */
import type { Mechanism } from '../mechanism';
import { partyOf, unless } from './parts';
import type { Found, MechanismCheck } from './parts';

type Rule = NonNullable<Mechanism['border']>[number];
const each = ({ border = [] }: Mechanism, find: (rule: Rule, at: number) => Found[]): Found[] =>
  border.flatMap(find);

/** Both hold on some day, of some traveller, at one crossing in one direction. */
const overlap = (one: Rule, other: Rule): boolean =>
  one.crossing === other.crossing &&
  one.direction.from === other.direction.from &&
  one.direction.to === other.direction.to &&
  one.travellers.some((traveller) => other.travellers.includes(traveller)) &&
  (other.to === undefined || one.from <= other.to) &&
  (one.to === undefined || other.from <= one.to);

export const borderChecks = {
  'border-unknown-place': {
    reads: ['places', 'border'],
    find: (mechanism) =>
      each(mechanism, ({ crossing }, at) =>
        unless(
          mechanism.places.some(({ id }) => id === crossing),
          ['border', at, 'crossing'],
          `${crossing} is not among the places`,
        ),
      ),
  },
  'border-unknown-party': {
    reads: ['parties', 'border'],
    find: (mechanism) =>
      each(mechanism, ({ direction, papers }, at) => {
        const isParty = (id: string): boolean => partyOf(mechanism, id) !== undefined;
        return [
          ...(['from', 'to'] as const).flatMap((end) =>
            unless(
              isParty(direction[end]),
              ['border', at, 'direction', end],
              `${direction[end]} is not among the parties`,
            ),
          ),
          ...papers.flatMap(({ issuer }, index) =>
            unless(
              issuer === undefined || isParty(issuer),
              ['border', at, 'papers', index, 'issuer'],
              `${issuer} is not among the parties`,
            ),
          ),
        ];
      }),
  },
  'border-one-ground': {
    reads: ['border'],
    find: (mechanism) =>
      each(mechanism, ({ direction: { from, to } }, at) =>
        unless(
          from !== to,
          ['border', at, 'direction', 'to'],
          'is the ground that is left: no border is crossed',
        ),
      ),
  },
  'border-dates-inverted': {
    reads: ['border'],
    find: (mechanism) =>
      each(mechanism, ({ from, to }, at) =>
        unless(
          to === undefined || from <= to,
          ['border', at, 'to'],
          `comes before ${from}, from when it holds`,
        ),
      ),
  },
  'border-paper-twice': {
    reads: ['border'],
    find: (mechanism) =>
      each(mechanism, ({ papers }, at) =>
        papers.flatMap(({ kind }, index) =>
          unless(
            papers.findIndex((other) => other.kind === kind) === index,
            ['border', at, 'papers', index, 'kind'],
            `${kind} is asked for twice`,
          ),
        ),
      ),
  },
  'border-overlap': {
    reads: ['border'],
    find: (mechanism) =>
      each(mechanism, (rule, at) => {
        const other = (mechanism.border ?? []).slice(0, at).findIndex((before) => overlap(before, rule));
        return unless(
          other < 0,
          ['border', at, 'from'],
          `holds on days on which rule ${other + 1} holds, for the same crossing, direction and traveller; end that one with \`to\``,
        );
      }),
  },
} as const satisfies Record<string, MechanismCheck>;
