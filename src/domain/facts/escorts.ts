/** What is kept of an escort's credential, and whom a child needs. Source: docs/rules.md, "Who travels along". */
import type { EscortCredential, FindCredential, KeptCredential } from '../model/escorts';
import type { TravelNeed } from '../model/commands';
import type { OfficialId } from '../model/ids';

export function keptCredentialOf(
  escort: OfficialId,
  { credentialOf }: { readonly credentialOf?: FindCredential },
): KeptCredential {
  const { validUntil, skills = [] } = credentialOf?.(escort) ?? {};
  return {
    ...(validUntil !== undefined && { credentialUntil: validUntil }),
    ...(skills.length > 0 && { skills }),
  };
}

/**
 * Who fits the child best stands first: who speaks its language, then who is what it needs on the way. Of those who fit alike the
 * order stays. Only for who may read both.
 */
export function byFit(
  escorts: readonly OfficialId[],
  { credentialOf, languages, needs }: Fitting,
): OfficialId[] {
  const fitOf = (escort: OfficialId): number => {
    const known: Partial<EscortCredential> = credentialOf(escort) ?? {};
    const speaks = known.languages?.some((language) => languages.includes(language)) === true;
    return (speaks ? 10 : 0) + (known.skills ?? []).filter((skill) => needs.includes(skill)).length;
  };
  return [...escorts].sort((one, other) => fitOf(other) - fitOf(one));
}
interface Fitting {
  readonly credentialOf: FindCredential;
  readonly languages: readonly string[];
  readonly needs: readonly TravelNeed[];
}
