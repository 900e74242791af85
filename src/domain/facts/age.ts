/** How much a child’s own word weighs by its age. Source: docs/rules.md, "The child’s voice"; the mechanism names the ages. */
import type { ReturnCase } from '../model/case';
import { dateIn } from './days';
import type { DossierFacts } from '../model/dossier-facts';
import type { MechanismRules } from '../model/mechanism';
import type { Instant } from '../calendar/time';

const adultAt = 18;

export interface Asked {
  readonly mechanism: MechanismRules;
  readonly now: Instant;
  readonly dossier?: DossierFacts;
}
/** Of an estimated birth date the earliest counts: who may be old enough is asked. Undefined where no age is known or named. */
export function weightOf(
  state: ReturnCase,
  { mechanism: rules, now, dossier }: Asked,
): 'observed' | 'told' | 'agrees' | 'decides' | undefined {
  const { childsView } = rules;
  if (!childsView || dossier?.ofAgeOn === undefined) return undefined;
  const today = dateIn('birthday', now, { state, rules });
  const isFrom = (age: number): boolean => yearsBefore(dossier.ofAgeOn ?? '', adultAt - age) <= today;
  if (isFrom(childsView.decidesFrom)) return 'decides';
  if (isFrom(childsView.agreesFrom)) return 'agrees';
  return isFrom(childsView.observedBelow) ? 'told' : 'observed';
}

/** Not judged where no birth date is known. */
export function isYoungerThan(
  age: number,
  state: ReturnCase,
  { mechanism: rules, now, dossier }: Asked,
): boolean {
  if (dossier?.ofAgeOn === undefined) return false;
  return yearsBefore(dossier.ofAgeOn, adultAt - age) > dateIn('birthday', now, { state, rules });
}

const yearsBefore = (date: string, years: number): string =>
  `${String(Number(date.slice(0, 4)) - years).padStart(4, '0')}${date.slice(4)}`;
