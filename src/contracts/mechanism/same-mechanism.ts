/**
 * Whether a mechanism kept earlier is what the same file says today. A kept version holds the defaults of its day,
 * and what has been added to the shape since it lacks: neither makes it another mechanism. What the file itself says
 * does.
 */
import type { Ladder } from '../../domain/model/mechanism';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import { mechanismShape } from './mechanism';
import type { Mechanism } from './mechanism';
import { canonicalHash } from '../seal';

/** Values by section, or by key of a section whose keys have defaults of their own. */
type Defaults = Readonly<Record<string, unknown>>;

/** What an earlier release put in where the file said nothing, wherever that has changed since. Only ever added to. */
const changedLadders: readonly Partial<Record<ObligationKind, Ladder>>[] = [
  // 0.1 knew no working days.
  {
    'acknowledge-case': {
      due: 'P7D',
      steps: [
        { after: 'P5D', act: 'remind' },
        { after: 'P7D', act: 'escalate' },
      ],
      thenEvery: 'P7D',
    },
  },
];

/** Sections in which each key has its own default. */
const keyedSections = [
  'ladders',
  'stalledAfter',
  'acknowledge',
  'snooze',
] as const satisfies (keyof Mechanism)[];

/** Throws when what is kept is no mechanism any more: a shape may be widened, never narrowed. */
export function isSameMechanism(kept: unknown, given: Mechanism): boolean {
  const earlier = mechanismShape.parse(kept);
  const said = canonicalHash(withoutDefaults(mechanismShape.parse(given), todaysDefaults()));
  return [{}, ...changedLadders].some((ladders) => {
    const { ladders: todays, ...rest } = todaysDefaults();
    const defaults = { ...rest, ladders: { ...(todays as object), ...ladders } };
    return canonicalHash(withoutDefaults(earlier, defaults)) === said;
  });
}

let todays: Defaults | undefined;
const todaysDefaults = (): Defaults =>
  (todays ??= Object.fromEntries(
    Object.entries(mechanismShape.shape).flatMap(([section, schema]) => {
      const read: { success: boolean; data?: unknown } = schema.safeParse(undefined);
      return read.success && read.data !== undefined ? [[section, read.data]] : [];
    }),
  ));

const isSame = (one: unknown, other: unknown): boolean =>
  one !== undefined && other !== undefined && canonicalHash(one) === canonicalHash(other);

function withoutDefaults(mechanism: Mechanism, defaults: Defaults): object {
  const said = (values: object, usual: Defaults): object =>
    Object.fromEntries(Object.entries(values).filter(([key, value]) => !isSame(value, usual[key])));
  return Object.fromEntries(
    Object.entries(said(mechanism, defaults)).map(([section, value]) =>
      (keyedSections as readonly string[]).includes(section)
        ? [section, said(value as object, defaults[section] as Defaults)]
        : [section, value],
    ),
  );
}
