/** Folds of safe conduct. A side's later word of a stretch replaces its earlier one. */
import type { SafeConduct, ReturnCase } from '../model/case';
import { omitUndefined } from '../model/omit-undefined';
import type { PartyId } from '../model/ids';
import type { Instant } from '../calendar/time';
import type { FoldTable, Patch } from './fold-table';

const ended = (
  { safeConducts = [], safeConductEndedAt }: ReturnCase,
  at: Instant,
  side: PartyId,
  isOver: (granted: SafeConduct) => boolean,
): Patch => ({
  safeConducts: safeConducts.filter((granted) => granted.party !== side || !isOver(granted)),
  safeConductEndedAt: { ...safeConductEndedAt, [side]: at },
});

const said = (at: Instant, relay: string | undefined): { at: Instant; own?: true } =>
  relay === undefined ? { at, own: true } : { at };

export const safeConductFolds: FoldTable<
  'SafeConductGranted' | 'SafeConductWithdrawn' | 'SafeConductLapsed'
> = {
  SafeConductGranted: ({ safeConducts = [], safeConductSaid }, event, { at }) => {
    const { party, stretches, opens, until, relay } = event;
    return {
      safeConducts: [
        ...safeConducts.filter(
          (other) =>
            other.party !== party ||
            !stretches.some(({ from, to }) => from === other.from && to === other.to),
        ),
        ...stretches.map(({ from, to }) => omitUndefined({ party, from, to, opens, until, relay })),
      ],
      safeConductSaid: { ...safeConductSaid, [party]: said(at, relay) },
    };
  },
  SafeConductWithdrawn: (state, { party, relay }, { at }) => ({
    ...ended(state, at, party, () => true),
    safeConductSaid: { ...state.safeConductSaid, [party]: said(at, relay) },
  }),
  SafeConductLapsed: (state, { party }, { at }) => ended(state, at, party, ({ until }) => until <= at),
};
