/** What a case rests on, as lines: child and recipient, who attested what on which papers, what the checks found. */
import pc from 'picocolors';
import { childLines } from './print-child';
import type { ChildView } from './print-child';
import { joined, nameOf, worded } from './print-words';
import type { Name } from './print-words';
import { shortTime } from './print-time';

interface By {
  readonly party: string;
  readonly official?: string;
}
interface Attestation {
  readonly finding: string;
  readonly by?: By;
  readonly at?: string;
  readonly evidence?: readonly string[];
  readonly validUntil?: string;
}
interface FacetView {
  readonly status: string;
  readonly attestation?: Attestation;
  readonly reviewer?: By;
  readonly reopened?: string;
}
export interface CaseFileView {
  readonly recipient?: { readonly ref: string; readonly unavailableSince?: string };
  readonly facets?: Readonly<Record<string, FacetView>>;
  readonly checks?: {
    readonly findings: readonly {
      code: string;
      severity: string;
      document?: string;
      recipient?: string;
      form?: number;
    }[];
  };
  readonly dossier?: {
    readonly child?: ChildView;
    readonly recipients?: readonly {
      id: string;
      names?: readonly Name[];
      kind?: string;
      kinship?: { relation: string; words?: string };
    }[];
    readonly documents?: readonly { id: string; kind: string; holder?: string; expiresOn?: string }[];
  };
}

const byText = ({ party, official }: By): string => official ?? party;

/** Title and lines; a section without lines is left out by whoever prints it. */
export function fileSections(view: CaseFileView): [string, string[]][] {
  const { facets = {}, checks, dossier } = view;
  const findings = checks?.findings ?? [];
  return [
    ['Child', childLines(dossier?.child)],
    ['Recipient', recipientLines(view)],
    [
      'Papers',
      (dossier?.documents ?? []).map(
        ({ id, kind, holder, expiresOn }) =>
          `  ${id.padEnd(8)} ${joined(', ', joined(' ', kind, worded('of', holder)), worded('until', expiresOn))}`,
      ),
    ],
    ['Verification', Object.entries(facets).flatMap(facetLines)],
    [
      'What the checks found',
      // The gravest first; those that only tell something are for `--json`.
      (['blocking', 'warning'] as const).flatMap((grave) =>
        findings
          .filter(({ severity }) => severity === grave)
          .map(
            ({ code, document, recipient, form }) =>
              `  ${(grave === 'blocking' ? pc.red : pc.yellow)(grave.padEnd(9))} ${joined(' ', code, document, recipient, form === undefined ? undefined : `form ${form}`)}`,
          ),
      ),
    ],
  ];
}

function recipientLines({ recipient, dossier }: CaseFileView): string[] {
  if (!recipient) return [];
  const known = dossier?.recipients?.find(({ id }) => id === recipient.ref);
  const names = (known?.names ?? []).map(nameOf).join(' · ');
  const { unavailableSince: since } = recipient;
  const gone = since === undefined ? undefined : pc.red(`not available since ${shortTime(since)}`);
  return [
    `  ${joined(', ', joined('  ', recipient.ref, names), known?.kind, known?.kinship?.words ?? known?.kinship?.relation, gone)}`,
  ];
}

function facetLines([facet, state]: [string, FacetView]): string[] {
  const { status, attestation, reviewer, reopened } = state;
  const head = `  ${facet.padEnd(14)} ${joined(', ', status, attestation?.finding, worded('opened again:', reopened))}`;
  if (!attestation) return [head];
  const { by, at, evidence = [], validUntil } = attestation;
  const told = joined(
    ', ',
    worded('attested by', by && byText(by)),
    at === undefined ? undefined : shortTime(at),
    evidence.length === 0 ? 'on no paper' : `on ${evidence.join(', ')}`,
    worded('until', validUntil),
    worded('reviewed by', reviewer && byText(reviewer)),
  );
  return [head, `  ${' '.repeat(14)} ${told}`];
}
