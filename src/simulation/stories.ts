/**
 * What sets one return of the demo apart from another: an obligation met in another way, or something that
 * nobody asked for. Taken from the reporting of February 2024 and from what the field says goes wrong.
 */
import { addDuration } from '../domain/calendar/time';
import type { ObligationKind } from '../domain/model/obligation-kinds';
import type { Obligation } from '../domain/obligations/obligations';
import { dayAt, officialFor, owed, partyOfKind, todayOf } from './action';
import type { Action, Situation } from './action';
import { custodyEndsTooSoon, withRenewedCustody } from './papers';
import { termsOf } from './plan-terms';
import type { PlanTerms } from './plan-terms';
import { sha256 } from './sha256';
import type { SeenCase } from './seen-case';
import type { Story } from '../examples/case-file';

interface Script {
  /** Undefined: as usual. `later`: not yet, although it is owed. */
  readonly instead?: Partial<
    Record<ObligationKind, (situation: Situation, obligation: Obligation) => Action | 'later' | undefined>
  >;
  /** Unasked, each step once: its fixed step name gives a fixed Idempotency-Key, so a rerun repeats harmlessly. */
  readonly unasked?: (situation: Situation) => Action | undefined;
}

const planOf = ({ plan }: SeenCase) => ({ planVersion: plan?.version ?? 0, planHash: plan?.hash ?? '' });
const isOf = (situation: Situation, { party }: Obligation, kind: 'requesting' | 'holding'): boolean =>
  party === (kind === 'holding' ? situation.view.holdingParty : situation.view.requestingParty);
const once = (
  situation: Situation,
  step: string,
  action: () => Omit<Action, 'step' | 'occasion'>,
): Action | undefined => (situation.done.has(step) ? undefined : { step, occasion: '', ...action() });

/** At the door the child is too ill for home: first to a hospital there, and home from it. */
const intoHospital = (situation: Situation): Action | undefined =>
  situation.view.stage === 'handover' && !situation.view.interimCare
    ? once(situation, 'into-hospital', () => ({
        by: officialFor(situation, situation.view.plan?.receivingParty ?? '', ['receiver']),
        deed: (own) => ({
          command: {
            type: 'placeInInterimCare',
            kind: 'hospital',
            place: own.plan?.handoverPlace ?? '',
            note: 'Прийнято до дитячої лікарні.',
          },
        }),
      }))
    : undefined;

/** In by the last crossing before home, and out by it. */
const metAtSite = (situation: Situation): PlanTerms => {
  const crossing = situation.mechanism.places.at(-2)?.id ?? '';
  return termsOf(situation, {
    carePasses: { where: 'at-site', wayIn: crossing, wayOut: crossing },
    companions: ['escort', 'recipient'],
  });
};

export const stories = {
  plain: {},

  /** The holding side answers by note verbale: one mediator enters it, the inbox of a second asks to confirm. */
  relayed: {
    instead: {
      'decide-on-plan': (situation, obligation) =>
        isOf(situation, obligation, 'holding')
          ? {
              step: 'relay',
              occasion: obligation.key,
              by: officialFor(situation, partyOfKind(situation, 'mediator'), ['case-officer']),
              deed: (own) => ({
                command: {
                  type: 'relayDecision',
                  relay: `relay-${own.plan?.version ?? 0}`,
                  party: obligation.party,
                  decision: { act: 'approve', ...planOf(own), conditions: [] },
                  source: {
                    channel: 'note-verbale',
                    reference: '№ 12/34-дн',
                    dated: dayAt(situation, obligation.party),
                    documentHash: sha256(`note verbale on ${own.id}`),
                  },
                },
              }),
            }
          : undefined,
    },
  },

  /** On the second leg no telephone finds a network: the sign of life comes when the duty officers have been called. */
  conditional: {
    instead: {
      'check-in': ({ view, now, done }, { due }) =>
        view.journey?.completedLegs.length === 1 &&
        !done.has('check-in-leg-2') &&
        now < addDuration(due, 'PT3S')
          ? 'later'
          : undefined,
      'decide-on-plan': (situation, obligation) =>
        isOf(situation, obligation, 'holding')
          ? owed(situation, obligation, (own) => ({
              type: 'approvePlan',
              ...planOf(own),
              conditions: [{ id: 'c1', note: 'Сопровождение медика до границы.' }],
            }))
          : undefined,
    },
  },

  objected: {
    instead: {
      'decide-on-plan': (situation, obligation) =>
        isOf(situation, obligation, 'requesting') && situation.view.plan?.version === 1
          ? owed(situation, obligation, (own) => ({
              type: 'objectToPlan',
              ...planOf(own),
              reason: 'route',
              note: 'Дитині потрібен медик у дорозі.',
            }))
          : undefined,
    },
  },

  /** First the holding side answers that the child is elsewhere; the mediator asks further, and it is found. */
  'withdrawn-again': {
    instead: {
      'locate-child': (situation, obligation) =>
        situation.view.trace
          ? undefined
          : owed(situation, obligation, () => ({
              type: 'answerTrace',
              answer: 'not-here',
              note: 'Переведён в другое учреждение; адрес уточняется.',
            })),
    },
    unasked: (situation) =>
      situation.view.stage === 'hosting'
        ? once(situation, 'withdraw', () => ({
            by: officialFor(situation, situation.view.holdingParty, ['decider']),
            deed: () => ({ command: { type: 'withdrawApproval', note: 'Требуется уточнение.' } }),
          }))
        : undefined,
  },

  medical: {
    unasked: (situation) =>
      intoHospital(situation) ??
      (situation.view.stage === 'hosting' && situation.view.medical.clearance?.fit
        ? once(situation, 'emergency', () => ({
            by: officialFor(situation, partyOfKind(situation, 'host'), ['host', 'clinician']),
            deed: () => ({ command: { type: 'reportMedicalEmergency', note: 'ارتفاع في درجة الحرارة.' } }),
          }))
        : undefined),
  },

  hospital: { unasked: intoHospital },

  /** The father does not come; the grandmother, whom the plan names next, takes him. */
  alternate: {
    unasked: ({ view, ...rest }) =>
      view.stage === 'handover' &&
      view.recipient.ref === view.plan?.recipient &&
      !view.recipient.unavailableSince
        ? once({ view, ...rest }, 'nobody-came', () => ({
            by: officialFor({ view, ...rest }, view.plan?.receivingParty ?? '', ['receiver']),
            deed: () => ({
              command: { type: 'reportRecipientUnavailable', note: 'Не приїхав; телефон не відповідає.' },
            }),
          }))
        : undefined,
  },

  concern: {
    instead: {
      'report-visit': (situation, obligation) =>
        obligation.subject === 'visit-2' && obligation.due <= situation.now
          ? owed(situation, obligation, () => ({
              type: 'reportVisit',
              visit: 2,
              outcome: 'concern',
              alone: true,
              note: 'Не спить; боїться гучних звуків.',
            }))
          : undefined,
    },
  },

  /** She said yes at the site. At the door she says no, and is not handed over. */
  refuses: {
    instead: {
      'hear-child': (situation, obligation) =>
        obligation.subject === 'handover'
          ? owed(situation, obligation, (own) => ({
              type: 'recordHearing',
              recipient: own.recipient.ref,
              answer: 'unwilling',
              note: 'Heard alone at the door; does not want to live there.',
            }))
          : undefined,
    },
  },

  'of-age': {},

  /** Her mother comes to the embassy, is handed her there, and the two go home with the group. */
  'met-at-embassy': {
    instead: {
      'propose-plan': (situation, obligation) =>
        owed(situation, obligation, () => ({ type: 'proposePlan', terms: metAtSite(situation) })),
    },
  },

  /** Her power of attorney ends before the window does, so custody reopens; she brings a new one. */
  'custody-renewal': {
    instead: {
      'attest-facet': (situation, obligation) =>
        obligation.subject === 'custody' && custodyEndsTooSoon(situation.view)
          ? {
              step: 'renew-custody',
              occasion: obligation.key,
              by: officialFor(situation, situation.view.requestingParty, ['official']),
              deed: ({ dossier, recipient }) => {
                if (!dossier) throw new Error('the requesting side sees no dossier');
                return { dossier: withRenewedCustody(dossier, recipient.ref, todayOf(situation)) };
              },
            }
          : undefined,
    },
  },
} as const satisfies Record<Story, Script>;
export const scriptOf = (story: Story): Script => stories[story];
