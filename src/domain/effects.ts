/** What the process owes the outside world in this state: each becomes one named activity. */
import type { MechanismRules } from './mechanism';
import type { ReturnCase } from './case';

export const effectKinds = ['checkFile', 'putPlanToSides', 'requestPlace', 'requestEscort'] as const;
export type EffectKind = (typeof effectKinds)[number];
export interface Effect {
  readonly kind: EffectKind;
  /** Unique over the case's life, so that a repeat is recognised: `checkFile:2:1`. */
  readonly key: string;
  readonly dossierVersion: number;
  readonly planVersion: number;
}
/** Effects not yet recorded as done. An effect is done when its system command stands in the record. */
export function effectsDueOf(_state: ReturnCase, _rules: MechanismRules): Effect[] {
  throw new Error('being written');
}
