/** What the process owes the outside world in this state: each becomes one named activity. */
import { findLivePlan, sidesToReach } from './agreement';
import type { ReturnCase } from '../model/case';
import type { PartyId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';

export const effectKinds = [
  'checkFile',
  'putPlanToSides',
  'seePlanReachSide',
  'requestPlace',
  'requestEscort',
] as const;
export type EffectKind = (typeof effectKinds)[number];
export interface Effect {
  readonly kind: EffectKind;
  /** Unique over the case's life, so that a repeat is recognised. */
  readonly key: string;
  readonly dossierVersion: number;
  readonly planVersion: number;
  /** Whom it is about; absent of effects that are of the whole case. */
  readonly party?: PartyId;
}

/** Effects not yet recorded as done. An effect is done when its system command stands in the record. */
export function effectsDueOf(state: ReturnCase, rules: MechanismRules): Effect[] {
  const plan = findLivePlan(state);
  // The newest version even when it has lapsed: a check made once is not asked for again under the same key.
  const planVersion = state.plan?.version ?? 0;
  const dossierVersion = state.dossier.version;
  const onTheWay = state.journey !== undefined || state.handover.at !== undefined;
  if (state.closure || onTheWay || !state.fileAcceptedAt) return [];
  const effect = (kind: EffectKind, mark: string): Effect => ({
    kind,
    key: `${kind}:${mark}`,
    dossierVersion,
    planVersion,
  });
  const isChecked =
    state.checks?.dossierVersion === dossierVersion && state.checks.planVersion === planVersion;
  const isPreparing = state.stage === 'preparation';
  const isLive = plan !== undefined;
  return [
    ...(isChecked ? [] : [effect('checkFile', `${dossierVersion}:${planVersion}`)]),
    ...(isLive && !state.planPutToSidesAt ? [effect('putPlanToSides', `${planVersion}`)] : []),
    ...sidesToReach(state, rules).map((party) => ({
      ...effect('seePlanReachSide', `${planVersion}:${party}`),
      party,
    })),
    // A place given back is asked for anew, hence the instant in the key.
    ...(isLive && isPreparing && plan.site !== null && !state.placeRequest && !state.stay
      ? [effect('requestPlace', `${planVersion}:${state.stageSince}`)]
      : []),
    ...(isLive && (isPreparing || state.stage === 'hosting') && !state.escortRequest
      ? [effect('requestEscort', `${planVersion}`)]
      : []),
  ];
}
