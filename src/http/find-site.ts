/** The site in an address, where the reader may know what happens in it. */
import { siteDayOf } from '../domain/facts/beds';
import type { SiteId } from '../domain/model/ids';
import type { MechanismRules, Site } from '../domain/model/mechanism';
import type { Instant, LocalDate } from '../domain/calendar/time';
import type { Reader } from '../auth/official-directory';
import type { ApiParts } from './api-parts';
import { Problem } from './problem';

export interface FoundSite {
  readonly site: Site;
  readonly rules: MechanismRules;
  readonly now: Instant;
  readonly today: LocalDate;
}

/** A host has its own sites; another's is as one that is not there. */
export async function findSite({ record }: ApiParts, reader: Reader, id: SiteId): Promise<FoundSite> {
  const rules = (await record.latestMechanism(reader.mechanism))?.rules;
  const site = rules?.sites.find((one) => one.id === id);
  if (!rules || !site || (reader.kind === 'host' && site.party !== reader.party))
    throw new Problem('not-found');
  const now = new Date().toISOString();
  return { site, rules, now, today: siteDayOf(site, now, rules) };
}
