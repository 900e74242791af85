/**
 * The automated checks of a dossier, pure: what a careful official would stumble over, as codes and references.
 * They help people and decide nothing; the personal data they look at never leaves in what they report.
 */
import { checkCodes } from '../../src/contracts/dossier/check-codes';
import type { Dossier } from '../../src/contracts/dossier/dossier';
import type { CheckFinding } from '../../src/domain/model/commands';
import { checkBorder } from './check-border';
import { checkAges } from './check-ages';
import { checkCustody } from './check-custody';
import { checkDescription } from './check-description';
import { checkDocuments } from './check-documents';
import { checkKinship } from './check-kinship';
import { found } from './check-input';
import type { CheckCircumstances, CheckInput } from './check-input';
import { checkMrz } from './check-mrz';
import { checkNames } from './check-names';
import { checkSituation } from './check-situation';

const gravest = ['blocking', 'warning', 'info'] as const;

/**
 * Findings on the child and on this recipient, gravest first, each once. Other recipients and their papers are
 * not looked at. The same dossier on the same day gives the same findings in the same order.
 */
export function checkDossier(dossier: Dossier, circumstances: CheckCircumstances): CheckFinding[] {
  const recipient = dossier.recipients.find(({ id }) => id === circumstances.recipient);
  if (!recipient) return [found('recipient-unlisted', { recipient: circumstances.recipient })];
  const input: CheckInput = { ...circumstances, dossier, recipient };
  return inOrder(
    [
      checkSituation,
      checkDescription,
      checkDocuments,
      checkMrz,
      checkNames,
      checkAges,
      checkKinship,
      checkCustody,
      checkBorder,
    ].flatMap((check) => check(input)),
  );
}

const codes = Object.keys(checkCodes);
function inOrder(findings: readonly CheckFinding[]): CheckFinding[] {
  const keyOf = ({ code, document, recipient, form, paper, place }: CheckFinding): string =>
    [code, document, recipient, form, paper, place].join(' ');
  const once = new Map(findings.map((finding) => [keyOf(finding), finding]));
  return [...once.values()].sort(
    (a, b) =>
      gravest.indexOf(a.severity) - gravest.indexOf(b.severity) ||
      codes.indexOf(a.code) - codes.indexOf(b.code) ||
      (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}
