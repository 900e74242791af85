/**
 * The automated checks of a case's file: validity of documents and custody over the plan's window, check digits,
 * ages, the recipient's relation against its evidence. What they find are suggestions to people; they decide
 * nothing, and they leave this place as codes and references, never as the data they speak of.
 */
import { dateIn } from '../../src/domain/facts/days';
import type { SubmitResult } from '../../src/record/store/submission';
import type { ActivityDeps } from '../deps';
import type { EffectOrder } from '../effect-order';
import { submitEffect } from '../submit-effect';
import { checkDossier } from './check-dossier';

export const createVerificationActivities = (deps: ActivityDeps) => ({
  async checkFile(order: EffectOrder): Promise<SubmitResult> {
    const { case: id, dossierVersion, planVersion } = order;
    const [loaded, kept] = await Promise.all([
      deps.record.load(id),
      deps.record.findDossier(id, dossierVersion),
    ]);
    if (!loaded || !kept) throw new Error('a case under way has its dossier');
    const { plan, recipient } = loaded.state;
    const findings = checkDossier(kept.dossier, {
      recipient: recipient.ref,
      ...(plan?.version === planVersion ? { window: plan.window } : {}),
      today: dateIn('checked', new Date().toISOString(), loaded),
      way: loaded,
    });
    return submitEffect(deps, order, { type: 'recordChecks', dossierVersion, planVersion, findings });
  },
});
