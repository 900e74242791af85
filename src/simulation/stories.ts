/**
 * What sets one return of the demo apart from another: an obligation met in another way, or something that
 * nobody asked for. Taken from the reporting of February 2024 and from what the field says goes wrong.
 */
import type { ObligationKind } from '../domain/model/obligation-kinds';
import type { Obligation } from '../domain/obligations/obligations';
import { dayAt, officialFor, owed, partyOfKind, todayOf } from './act';
import type { Act, Scene } from './act';
import { custodyEndsTooSoon, withRenewedCustody } from './papers';
import { sha256 } from './sha256';
import type { CaseSight } from './sight';
import type { Story } from '../examples/case-file';

interface Script {
  /** Undefined: as usual. */
  readonly instead?: Partial<
    Record<ObligationKind, (scene: Scene, obligation: Obligation) => Act | undefined>
  >;
  /** Unasked, each step once: its fixed step name gives a fixed Idempotency-Key, so a rerun repeats harmlessly. */
  readonly unasked?: (scene: Scene) => Act | undefined;
}

const planOf = ({ plan }: CaseSight) => ({ planVersion: plan?.version ?? 0, planHash: plan?.hash ?? '' });
const isOf = (scene: Scene, { party }: Obligation, kind: 'requesting' | 'holding'): boolean =>
  party === (kind === 'holding' ? scene.sight.holdingParty : scene.sight.requestingParty);
const once = (scene: Scene, step: string, act: () => Omit<Act, 'step' | 'occasion'>): Act | undefined =>
  scene.done.has(step) ? undefined : { step, occasion: '', ...act() };

export const stories = {
  plain: {},

  /** The holding side answers by note verbale: one mediator enters it, the inbox of a second asks to confirm. */
  relayed: {
    instead: {
      'decide-on-plan': (scene, obligation) =>
        isOf(scene, obligation, 'holding')
          ? {
              step: 'relay',
              occasion: obligation.key,
              by: officialFor(scene, partyOfKind(scene, 'mediator'), ['case-officer']),
              deed: (own) => ({
                command: {
                  type: 'relayDecision',
                  relay: `relay-${own.plan?.version ?? 0}`,
                  party: obligation.party,
                  decision: { act: 'approve', ...planOf(own), conditions: [] },
                  source: {
                    channel: 'note-verbale',
                    reference: '№ 12/34-дн',
                    dated: dayAt(scene, obligation.party),
                    documentHash: sha256(`note verbale on ${own.id}`),
                  },
                },
              }),
            }
          : undefined,
    },
  },

  conditional: {
    instead: {
      'decide-on-plan': (scene, obligation) =>
        isOf(scene, obligation, 'holding')
          ? owed(scene, obligation, (own) => ({
              type: 'approvePlan',
              ...planOf(own),
              conditions: [{ id: 'c1', note: 'Сопровождение медика до границы.' }],
            }))
          : undefined,
    },
  },

  objected: {
    instead: {
      'decide-on-plan': (scene, obligation) =>
        isOf(scene, obligation, 'requesting') && scene.sight.plan?.version === 1
          ? owed(scene, obligation, (own) => ({
              type: 'objectToPlan',
              ...planOf(own),
              reason: 'route',
              note: 'Дитині потрібен медик у дорозі.',
            }))
          : undefined,
    },
  },

  'withdrawn-again': {
    unasked: (scene) =>
      scene.sight.stage === 'hosting'
        ? once(scene, 'withdraw', () => ({
            by: officialFor(scene, scene.sight.holdingParty, ['decider']),
            deed: () => ({ command: { type: 'withdrawApproval', note: 'Требуется уточнение.' } }),
          }))
        : undefined,
  },

  medical: {
    unasked: (scene) =>
      scene.sight.stage === 'hosting' && scene.sight.medical.clearance?.fit
        ? once(scene, 'emergency', () => ({
            by: officialFor(scene, partyOfKind(scene, 'host'), ['host', 'clinician']),
            deed: () => ({ command: { type: 'reportMedicalEmergency', note: 'ارتفاع في درجة الحرارة.' } }),
          }))
        : undefined,
  },

  /** Her power of attorney ends before the window does, so custody reopens; she brings a new one. */
  'custody-renewal': {
    instead: {
      'attest-facet': (scene, obligation) =>
        obligation.subject === 'custody' && custodyEndsTooSoon(scene.sight)
          ? {
              step: 'renew-custody',
              occasion: obligation.key,
              by: officialFor(scene, scene.sight.requestingParty, ['official']),
              deed: ({ dossier, recipient }) => {
                if (!dossier) throw new Error('the requesting side sees no dossier');
                return { dossier: withRenewedCustody(dossier, recipient.ref, todayOf(scene)) };
              },
            }
          : undefined,
    },
  },
} as const satisfies Record<Story, Script>;
export const scriptOf = (story: Story): Script => stories[story];
