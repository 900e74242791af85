/**
 * What an event does to the bed of its case, and what becomes of a booking by it. Pure: the record's transactions and the
 * rebuild follow the same table.
 */
import { siteDayOf } from '../../domain/facts/beds';
import type { BedKind, Nights, Sleeper } from '../../domain/model/beds';
import type { CaseEvent } from '../../domain/model/events';
import type { CaseId, SiteId } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import { omitUndefined } from '../../domain/model/omit-undefined';
import type { Instant, LocalDate } from '../../domain/calendar/time';

export interface Booking {
  readonly case: CaseId;
  readonly mechanism: string;
  readonly site: SiteId;
  /** Of the bed. */
  readonly number: number;
  readonly sleeper: Sleeper;
  readonly nights: Nights;
  /** The child is there. Of a carer nobody records it. */
  readonly occupied: boolean;
  readonly since: Instant;
  readonly leftAt?: Instant;
}

export type PlaceMove =
  /** Needs a free bed. Without nights, as in records of before: from the day on, until it is given back. */
  | ({ readonly move: 'hold'; readonly site: SiteId; readonly bed?: BedKind } & Partial<Nights>)
  /** The child is there: keeps its bed, or takes one, even beyond the site's capacity. */
  | { readonly move: 'occupy'; readonly site: SiteId }
  | { readonly move: 'extend'; readonly site: SiteId; readonly to: LocalDate }
  | { readonly move: 'leave' };

/** Whose bed a move is about. */
export const sleeperOf = ({ type }: CaseEvent): Sleeper =>
  type === 'CarerBedHeld' || type === 'CarerBedReleased' ? 'carer' : 'child';

export function findPlaceMoveOf(event: CaseEvent): PlaceMove | undefined {
  switch (event.type) {
    case 'CarerBedHeld': {
      const { site, firstNight: from, leavesOn: to } = event;
      return { move: 'hold', site, from, to, bed: 'carer' };
    }
    case 'PlaceHeld': {
      const { site, firstNight: from, leavesOn: to, bed } = event;
      return omitUndefined<PlaceMove>({ move: 'hold', site, from, to, bed });
    }
    case 'ArrivedAtSite':
      return { move: 'occupy', site: event.site };
    case 'StayExtended':
      return { move: 'extend', site: event.site, to: event.leavesOn };
    case 'Departed':
      // From hand to hand: until the escort has the child it is in its bed.
      return event.transfer ? undefined : { move: 'leave' };
    case 'PlaceReleased':
    case 'CarerBedReleased':
    case 'CaseClosed':
      return { move: 'leave' };
    default:
      return undefined;
  }
}

/** What becomes of a case's booking. */
export interface PlaceChange {
  /** Nights that were slept there; kept for the figures. */
  readonly past?: Booking;
  /** What the case has from now on, once a bed is found. */
  readonly next?: Pick<Booking, 'nights' | 'occupied'> & {
    readonly site: SiteId;
    readonly bed?: BedKind;
    /** Where it has one already: the nights it wants that bed for. Another is taken only when that one can't be had. */
    readonly keeps?: Pick<Booking, 'number' | 'nights' | 'since'>;
    /** Taken even where none is free. */
    readonly letsIn?: true;
  };
}

export interface Moving {
  readonly at: Instant;
  readonly rules: MechanismRules;
}

/** Nothing where the case's bed stays as it is. */
export function placeChangeOf(
  current: Booking | undefined,
  move: PlaceMove,
  { at, rules }: Moving,
): PlaceChange | undefined {
  const todayAt = (id: SiteId): LocalDate =>
    siteDayOf(
      rules.sites.find((site) => site.id === id),
      at,
      rules,
    );
  const past = current && left(current, todayAt(current.site), at);
  if (move.move === 'leave') return current && omitUndefined({ past });

  const today = todayAt(move.site);
  const here = current?.site === move.site && current.mechanism === rules.id ? current : undefined;
  switch (move.move) {
    case 'hold': {
      const { site, bed, from = today, to } = move;
      const nights = omitUndefined<Nights>({ from, to });
      // A carer who stays longer is not moved; of a child another bed is only asked when it has none.
      const keeps = here && bed === 'carer' ? { number: here.number, nights, since: here.since } : undefined;
      return omitUndefined<PlaceChange>({
        past,
        next: omitUndefined({ site, nights, occupied: false, bed, keeps }),
      });
    }
    case 'occupy': {
      if (here?.occupied) return undefined;
      const until = here?.nights.to;
      // Later than it was expected to leave: until when is open.
      const nights = omitUndefined<Nights>({
        from: today,
        to: until !== undefined && until > today ? until : undefined,
      });
      const keeps = here && { number: here.number, nights, since: here.since };
      return omitUndefined<PlaceChange>({
        past,
        next: omitUndefined({ site: move.site, nights, occupied: true, keeps, letsIn: true as const }),
      });
    }
    case 'extend': {
      if (!here) return undefined;
      const { to } = move;
      const { from } = here.nights;
      const keeps = { number: here.number, nights: { from, to }, since: here.since };
      const nights = { from: from > today ? from : today, to };
      return omitUndefined<PlaceChange>({
        past,
        next: { site: move.site, nights, occupied: here.occupied, keeps },
      });
    }
  }
}

/** The nights that were slept there; none where the child never came, or not for a night. */
const left = (booking: Booking, today: LocalDate, at: Instant): Booking | undefined => {
  const { from } = booking.nights;
  return booking.occupied && from < today
    ? { ...booking, nights: { from, to: today }, leftAt: at }
    : undefined;
};

/** The bed that a case no longer has by the change. */
export const freedBy = (
  current: Booking | undefined,
  change: PlaceChange | undefined,
  number: number | null,
): Booking | undefined => (change && !(change.next?.keeps && number === null) ? current : undefined);

/** The case's bookings after the change; `number` is that of a bed that was newly taken. */
export function afterChange(
  { current, past }: { readonly current?: Booking; readonly past: readonly Booking[] },
  change: PlaceChange | undefined,
  taken: {
    readonly case: CaseId;
    readonly mechanism: string;
    readonly sleeper: Sleeper;
    readonly at: Instant;
    readonly number: number | null;
  },
): { current?: Booking; past: readonly Booking[] } {
  if (!change) return omitUndefined({ current, past });
  const { next } = change;
  if (next?.keeps && taken.number === null)
    return {
      current: {
        ...{ case: taken.case, mechanism: taken.mechanism, sleeper: taken.sleeper },
        ...{ site: next.site, occupied: next.occupied },
        ...next.keeps,
      },
      past,
    };
  const all = change.past ? [...past, change.past] : past;
  if (!next || taken.number === null) return { past: all };
  const { site, nights, occupied } = next;
  return {
    current: {
      ...{ case: taken.case, mechanism: taken.mechanism, sleeper: taken.sleeper },
      ...{ site, number: taken.number },
      ...{ nights, occupied, since: taken.at },
    },
    past: all,
  };
}
