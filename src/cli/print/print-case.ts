/** Cases, obligations and answers as lines for a terminal. */
import pc from 'picocolors';
import { fileSections } from './print-case-file';
import type { CaseFileView } from './print-case-file';
import { journeySections } from './print-case-journey';
import type { CaseJourneyView } from './print-case-journey';
import { shortTime } from './print-time';
import { nameOf } from './print-words';

export { shortTime } from './print-time';

export interface CaseSummary extends CaseFileView, CaseJourneyView {
  readonly id: string;
  readonly version: number;
  readonly stage: string;
  readonly stageSince: string;
  readonly requestingParty: string;
  readonly holdingParty: string;
  readonly medicallyUrgent?: boolean;
  readonly officer?: { official: string; deputy?: string };
  readonly holds?: readonly { id: string; party: string; reason: string }[];
  readonly plan?: {
    version: number;
    hash: string;
    window: { from: string; to: string };
    modality: string;
    site: string | null;
    handoverPlace: string;
    companions?: readonly string[];
    recipient: string | null;
    alternates?: readonly string[];
    lapsed?: { reason: string };
  };
  readonly decisions?: Readonly<
    Record<string, { act: string; planVersion: number; relay?: object; lapsed?: { reason: string } }>
  >;
  readonly pendingRelays?: readonly { id: string; party: string; act: { act: string } }[];
  readonly obligations: readonly Owed[];
  readonly allowed: readonly string[];
  readonly gate?: readonly { blocker: string; subject?: string }[];
}
export interface Owed {
  readonly kind: string;
  readonly subject?: string;
  readonly party: string;
  readonly due: string;
  readonly safety: boolean;
}

export function owedLine({ kind, subject, party, due, safety }: Owed): string {
  const what = `${kind}${subject === undefined ? '' : ` ${subject}`}`;
  const late = due < new Date().toISOString();
  const by = `due ${shortTime(due)}`;
  return `  ${(safety ? pc.red : pc.bold)(what.padEnd(34))} ${party.padEnd(14)} ${late ? pc.red(by) : by}`;
}

export function caseLines(view: CaseSummary): string[] {
  const { plan, decisions = {}, holds = [], pendingRelays = [] } = view;
  const names = (view.dossier?.child?.names ?? []).map(nameOf);
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', pc.bold(title), ...lines];
  return [
    `${pc.bold(view.id)}  ${pc.cyan(view.stage)} since ${shortTime(view.stageSince)}, version ${view.version}`,
    ...(names.length > 0 ? [names.join(' · ')] : []),
    `${view.requestingParty} asks, ${view.holdingParty} holds${view.medicallyUrgent ? `, ${pc.red('medically urgent')}` : ''}`,
    ...section('Case officer', officerLines(view)),
    ...fileSections(view).flatMap(([title, lines]) => section(title, lines)),
    ...section('Plan', plan ? planLines(plan) : []),
    ...journeySections(view).flatMap(([title, lines]) => section(title, lines)),
    ...section('Decisions', Object.entries(decisions).map(decisionLine)),
    ...section(
      'Relays that wait for a second mediator',
      pendingRelays.map(({ id, party, act }) => `  ${id}  ${party}: ${act.act}`),
    ),
    ...section(
      'Holds',
      holds.map(({ id, party, reason }) => `  ${pc.red(id)}  ${party}: ${reason}`),
    ),
    ...section('Waiting on', view.obligations.map(owedLine)),
    ...section(
      'Keeps the child from departing',
      (view.gate ?? []).map(({ blocker, subject = '' }) => `  ${blocker} ${subject}`.trimEnd()),
    ),
    ...section('You may send', [`  ${view.allowed.join(', ') || 'nothing'}`]),
  ];
}

const officerLines = ({ officer }: CaseSummary): string[] =>
  officer ? [`  ${officer.official}${officer.deputy === undefined ? '' : `, deputy ${officer.deputy}`}`] : [];

function planLines(plan: NonNullable<CaseSummary['plan']>): string[] {
  const { version, hash, window, modality, site, handoverPlace, companions = [], lapsed } = plan;
  const { alternates = [] } = plan;
  return [
    `  version ${version}${lapsed ? pc.red(` (lapsed: ${lapsed.reason})`) : ''}, hash ${hash.slice(0, 16)}…`,
    `  ${window.from} to ${window.to}, ${modality}, ${site === null ? 'no hosting' : `by ${site}`}, handover at ${handoverPlace}`,
    ...(plan.recipient === null ? ['  to nobody: of age'] : []),
    ...(alternates.length > 0 ? [`  in the recipient’s place, in this order: ${alternates.join(', ')}`] : []),
    `  travelling with the child: ${companions.join(', ') || 'the escort alone'}`,
  ];
}

function decisionLine([party, decision]: [string, NonNullable<CaseSummary['decisions']>[string]]): string {
  const { act, planVersion, relay, lapsed } = decision;
  const marks = [...(relay ? ['relayed'] : []), ...(lapsed ? [`lapsed: ${lapsed.reason}`] : [])];
  return `  ${party.padEnd(14)} ${act} plan ${planVersion}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`;
}
