/**
 * What a case rests on that holds until a date: attested evidence, papers, clearance, its escort's credential, the window of the plan. Until the
 * child is on the way; then nothing lapses any more.
 */
import { facetStateOf } from './adults';
import { findLivePlan } from './agreement';
import type { ReturnCase } from '../model/case';
import { endOf } from './days';
import type { RecipientRef } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import { before } from '../calendar/time';
import type { Instant, LastDay } from '../calendar/time';
import { facets, type Lapsing } from '../model/verification';

export interface Dated {
  readonly lapsing: Lapsing;
  /** Last day on which it holds. */
  readonly validUntil: LastDay;
  /** Of whom, where it is not the recipient. */
  readonly recipient?: RecipientRef;
  /** Absent where a case of 0.1 does not say. */
  readonly since?: Instant;
}

export function datedOf(state: ReturnCase): Dated[] {
  if (state.journey || state.handover.at || state.closure) return [];
  const { travelDocuments: papers, medical, escort } = state;
  const { clearance } = medical;
  const plan = findLivePlan(state);
  return [
    ...facets.flatMap((facet): Dated[] => {
      const { validUntil, at } = facetStateOf(state, facet).attestation ?? {};
      return validUntil === undefined || at === undefined ? [] : [{ lapsing: facet, validUntil, since: at }];
    }),
    ...Object.entries(state.alternateFacets ?? {}).flatMap(([recipient, found]) =>
      facets.flatMap((facet): Dated[] => {
        const { validUntil, at } = found[facet]?.attestation ?? {};
        return validUntil === undefined || at === undefined
          ? []
          : [{ lapsing: facet, validUntil, since: at, recipient }];
      }),
    ),
    ...(papers && !papers.expiredAt
      ? [
          {
            lapsing: 'travel-documents',
            validUntil: papers.validUntil,
            ...(papers.at && { since: papers.at }),
          } as const,
        ]
      : []),
    ...(clearance?.validUntil !== undefined && !clearance.expiredAt
      ? [{ lapsing: 'medical-clearance', validUntil: clearance.validUntil, since: clearance.at } as const]
      : []),
    ...(escort?.credentialUntil !== undefined && !escort.credentialEndedAt
      ? [{ lapsing: 'escort-credential', validUntil: escort.credentialUntil, since: escort.since } as const]
      : []),
    ...(plan
      ? [{ lapsing: 'date-window', validUntil: plan.window.to, since: plan.proposedAt } as const]
      : []),
  ];
}

/** The same thing with another date is another thing to tell of. */
export const expiryKey = ({
  lapsing,
  validUntil,
  recipient,
}: Pick<Dated, 'lapsing' | 'validUntil' | 'recipient'>): string =>
  `${recipient === undefined ? '' : `${recipient}:`}${lapsing}@${validUntil}`;

/** When it ends; undefined for what has no end. */
export const lapsesAt = (
  { lapsing, validUntil }: Pick<Dated, 'lapsing' | 'validUntil'>,
  state: ReturnCase,
  rules: MechanismRules,
): Instant | undefined =>
  endOf(lapsing === 'date-window' ? 'windowTo' : 'validUntil', validUntil, { state, rules });

export interface ExpiryNotice extends Dated {
  readonly at: Instant;
  readonly lapsesAt: Instant;
}

/**
 * When it is to be told that something will lapse, as far as it was not yet. Whoever recorded what holds for less
 * than the time of notice knows, and is told nothing. A process that began under 0.1 does not know `expiryNotice` and
 * wakes for none until it starts anew; the record tells at the next look. docs/rules.md, "What may happen at any time".
 */
export function expiryNoticesOf(state: ReturnCase, rules: MechanismRules): ExpiryNotice[] {
  const { expiryNotice } = rules;
  if (expiryNotice === undefined) return [];
  const noted = state.expiriesNoted ?? [];
  return (
    datedOf(state)
      // Of an alternate it is owed again once it has lapsed; nothing waits for it until then.
      .filter((dated) => dated.recipient === undefined && !noted.includes(expiryKey(dated)))
      .flatMap((dated) => {
        const ends = lapsesAt(dated, state, rules);
        return ends === undefined ? [] : [{ ...dated, lapsesAt: ends, at: before(ends, expiryNotice) }];
      })
      .filter(({ at, since }) => since !== undefined && since < at)
  );
}
