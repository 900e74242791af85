/** What the process tells an effect activity: for which case and versions, and what it knows of the record. */
import type { EffectKind } from '../src/domain/facts/effects';
import type { CaseId, CommandId, PartyId } from '../src/domain/model/ids';
import type { SubmitResult } from '../src/record/store/submission';

export interface EffectOrder {
  readonly case: CaseId;
  /** Of the system command that ends the effect; the same at every repetition. */
  readonly commandId: CommandId;
  readonly dossierVersion: number;
  readonly planVersion: number;
  /** Whom it is about, if anybody. */
  readonly party?: PartyId;
  readonly knownVersion: number;
}

/** One activity for each kind of effect: a new kind without one does not compile. */
export type EffectActivities = Record<EffectKind, (order: EffectOrder) => Promise<SubmitResult>>;
