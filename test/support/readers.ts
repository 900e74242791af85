/** The officials of the test arrangements as the API knows them when they ask. */
import type { Reader } from '../../src/auth/official-directory';
import { findParty } from '../../src/domain/model/mechanism';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import { officials } from './mechanism-rules';

/** Observers are no party of any case. */
export const readersOf = (rules: MechanismRules): Reader[] =>
  Object.values(officials).flatMap((official) => {
    const kind = findParty(rules, official.party)?.kind;
    return kind === undefined || kind === 'observer'
      ? []
      : [{ ...official, kind, mechanism: rules.id, mechanismVersion: 1, lent: [] }];
  });
