/** What the border file of the mechanism asks for on this way, and the dossier does not hold. */
import { factsOf } from '../../src/contracts/dossier/facts';
import { borderFindingsOf } from '../../src/domain/facts/border';
import type { CheckFinding } from '../../src/domain/model/commands';
import type { CheckInput } from './check-input';

export const checkBorder = ({ dossier, today, way }: CheckInput): CheckFinding[] =>
  way ? borderFindingsOf({ ...way, dossier: factsOf(dossier), today }) : [];
