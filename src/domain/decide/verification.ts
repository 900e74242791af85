/** Rules of intake, tracing and verification. Source: docs/rules.md, "Stages of one return" and never-rule 8. */
import { facetStateOf } from '../facts/adults';
import { findLivePlan, standingApprovalsOf } from '../facts/agreement';
import { isInInterimCare, isOnTheWay } from '../facts/care';
import type { ReturnCase } from '../model/case';
import type { CommandOf } from '../model/commands';
import { isOver } from '../facts/days';
import { eventReaders } from '../readers/event-readers';
import type { CaseEvent } from '../model/events';
import type { RecipientRef } from '../model/ids';
import { findParty } from '../model/mechanism';
import { isOfficial } from '../model/parties';
import type { PartyKind } from '../model/parties';
import { actPapers, facetPapers, judgedIn, lastDayOf, paperFault } from '../facts/papers';
import type { PaperRule } from '../facts/papers';
import type { PlanLapseReason } from '../model/plan';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import type { LastDay } from '../calendar/time';
import { personFacets, recipientFacets } from '../model/verification';
import type { Facet, ReopenReason } from '../model/verification';
import { officialOf } from './rule-context';
import { weightOf } from '../facts/age';
import {
  aboutPerson,
  alternatesOf,
  asksSides,
  isOfPerson,
  isVerifiedAlternate,
  mayNominate,
  unapprovedBy,
  verifiedOf,
} from '../facts/alternates';
import { heardAbout, lastHearing, unwillingSince } from '../facts/hearing';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, HandlerTable } from './rule-context';
import { actOf } from './side-acts';

/** Facets that had got anywhere start anew; those still open are left as they are. */
export const reopened = (
  state: ReturnCase,
  facets: readonly Facet[],
  reason: ReopenReason,
  recipient?: RecipientRef,
): CaseEvent[] =>
  facets
    .filter((facet) => facetStateOf(aboutPerson(state, recipient), facet).status !== 'open')
    .map((facet) => omitUndefined({ type: 'FacetReopened', facet, recipient, reason }));

/**
 * The case as it stands of whom the command speaks: the recipient, or an alternate of the plan, of whom only what is found of
 * a person can be found.
 */
function spokenOf(
  state: ReturnCase,
  { facet, recipient }: { readonly facet: Facet; readonly recipient?: RecipientRef },
): { about: ReturnCase; of?: RecipientRef } | { rejection: Rejection } {
  if (recipient === undefined || recipient === state.recipient.ref) return { about: state };
  return isOfPerson(facet) && alternatesOf(state).includes(recipient)
    ? { about: aboutPerson(state, recipient), of: recipient }
    : rejected('unknown-recipient', { field: 'recipient' });
}

/** The plan is void and every standing approval with it. */
export const planLapsed = (state: ReturnCase, reason: PlanLapseReason): CaseEvent[] => {
  const plan = findLivePlan(state);
  if (!plan) return [];
  return [
    { type: 'PlanLapsed', planVersion: plan.version, reason },
    ...standingApprovalsOf(state).map(({ party, sequence }): CaseEvent => ({
      type: 'DecisionLapsed',
      party,
      sequence,
      reason: 'plan-lapsed',
    })),
  ];
};

/** What agreed terms become void by is settled before departure; on the way nothing lapses by itself. */
const planLapsedBeforeDeparture = (state: ReturnCase, reason: PlanLapseReason): CaseEvent[] =>
  state.journey || state.handover.at ? [] : planLapsed(state, reason);

/**
 * Whether the papers named confirm the facet, and until when. A date beyond the end of the papers is refused; of
 * custody, which ends with its paper, a date that is not given is the paper's own.
 */
function provenBy(
  state: ReturnCase,
  { facet, evidence, withoutPapers, validUntil }: CommandOf<'attestFacet'>,
  context: RuleContext,
): { validUntil?: LastDay } | { rejection: Rejection } {
  const kinds = context.mechanism.facets[facet]?.papers;
  const rule: PaperRule = { ...facetPapers[facet], ...(kinds && { kinds }) };
  const judged = judgedIn(state, context);
  const fault = paperFault('evidence', evidence, rule, judged);
  if (fault) return fault;
  if (evidence.length === 0)
    return withoutPapers === undefined ? rejected('paper-missing', { field: 'withoutPapers' }) : {};
  const lastDay = lastDayOf(evidence, rule, judged);
  if (lastDay === undefined) return {};
  if (validUntil !== undefined && validUntil > lastDay)
    return rejected('beyond-paper', { field: 'validUntil' });
  return rule.unended && validUntil === undefined ? { validUntil: lastDay } : {};
}

export const verificationRules: HandlerTable<
  | 'acknowledgeCase'
  | 'flagDuplicate'
  | 'settleDuplicate'
  | 'acceptFile'
  | 'attestFacet'
  | 'reviewAttestation'
  | 'reopenFacet'
  | 'nominateRecipient'
  | 'approveRecipient'
  | 'reportRecipientUnavailable'
  | 'recordHearing'
  | 'identifyChild'
  | 'determineBestInterests'
  | 'reviseDossier'
  | 'recordChecks'
> = {
  acknowledgeCase: (state) =>
    state.acknowledgedAt ? rejected('already-done') : [{ type: 'CaseAcknowledged' }],

  flagDuplicate: (state, { other }, { actor, mechanism }) => {
    if (other === state.id) return rejected('unknown-case', { field: 'other' });
    const known = state.duplicates.find((duplicate) => duplicate.other === other);
    if (!known) return [{ type: 'DuplicateFlagged', other }];
    // Who may flag and not read who else did is told the same either way.
    const kind = isOfficial(actor) ? findParty(mechanism, actor.party)?.kind : undefined;
    const reads = (eventReaders.DuplicateFlagged as readonly (PartyKind | undefined)[]).includes(kind);
    return reads ? rejected('already-done') : [];
  },

  settleDuplicate: (state, { other, verdict, note }) => {
    const duplicate = state.duplicates.find((one) => one.other === other);
    if (!duplicate) return rejected('unknown-case', { field: 'other' });
    if (duplicate.verdict === verdict) return rejected('already-done'); // another verdict corrects the first
    return [omitUndefined({ type: 'DuplicateSettled', other, verdict, note })];
  },

  acceptFile: (state) =>
    state.duplicates.some(({ verdict }) => !verdict)
      ? rejected('duplicates-unsettled')
      : [{ type: 'FileAccepted' }],

  attestFacet: (state, command, context) => {
    const spoken = spokenOf(state, command);
    if ('rejection' in spoken) return spoken;
    const { facet, finding, evidence, withoutPapers, note } = command;
    const calendars = { state, rules: context.mechanism };
    if (isOver('validUntil', command.validUntil, context.now, calendars))
      return rejected('date-past', { field: 'validUntil' });
    if (finding === 'confirmed' && facet === 'whereabouts' && !state.locatedAt)
      return rejected('wrong-stage'); // first the whereabouts are reported
    const proven = finding === 'confirmed' ? provenBy(spoken.about, command, context) : {};
    if ('rejection' in proven) return proven;
    const { validUntil = command.validUntil } = proven;
    return [
      omitUndefined({
        type: 'FacetAttested',
        facet,
        recipient: spoken.of,
        finding,
        dossierVersion: state.dossier.version,
        evidence,
        withoutPapers,
        validUntil,
        note,
      }),
    ];
  },

  reviewAttestation: (state, { facet, recipient: named, verdict, note }, context) => {
    const spoken = spokenOf(state, { facet, ...(named !== undefined && { recipient: named }) });
    if ('rejection' in spoken) return spoken;
    const recipient = spoken.of;
    const { status, attestation } = facetStateOf(spoken.about, facet);
    if (status !== 'attested' || !attestation) return rejected('not-attested', { field: 'facet' });
    if (attestation.by.official === officialOf(context).official) return rejected('own-attestation');
    if (verdict === 'returned')
      return [omitUndefined({ type: 'AttestationReturned', facet, recipient, note })];
    const plan = state.journey ? undefined : findLivePlan(state); // on the way its window is behind the child
    const tooShort =
      recipient === undefined &&
      plan &&
      attestation.validUntil !== undefined &&
      attestation.validUntil < plan.window.to;
    return [
      omitUndefined({ type: 'AttestationUpheld', facet, recipient, note }),
      ...(tooShort ? [{ type: 'FacetReopened', facet, reason: 'expires-before-window' } as const] : []),
    ];
  },

  reopenFacet: (state, { type: _, note, ...named }) => {
    const spoken = spokenOf(state, named);
    if ('rejection' in spoken) return spoken;
    const { facet } = named;
    return facetStateOf(spoken.about, facet).status === 'open'
      ? rejected('already-done')
      : [
          omitUndefined({
            type: 'FacetReopened',
            facet,
            recipient: spoken.of,
            reason: 'new-information' as const,
            note,
          }),
        ];
  },

  nominateRecipient: (state, { recipient, dossierVersion, note }, context) => {
    const { actor, mechanism } = context;
    const kind = isOfficial(actor) ? findParty(mechanism, actor.party)?.kind : undefined;
    if (!mayNominate(state, recipient, kind)) return rejected('unknown-recipient', { field: 'recipient' });
    if (dossierVersion !== state.dossier.version)
      return rejected('stale-version', { version: state.version });
    // One who was unavailable may come back, and is then verified anew like any other.
    // At the door the receiving authority decides about one whom the sides have not all agreed to.
    const isDecidedAtDoor = state.stage !== 'transit' && unapprovedBy(state, mechanism).length > 0;
    if (recipient === state.recipient.ref && !state.recipient.unavailableSince && !isDecidedAtDoor)
      return rejected('already-done');
    const verified = verifiedOf(state, recipient, context);
    return [
      omitUndefined({
        type: 'RecipientNominated',
        recipient,
        toBeApproved: asksSides(state, recipient, mechanism) ? (true as const) : undefined,
        verified: verified.length > 0 ? verified : undefined,
        note,
      }),
      // What the child said was of another person; on the way it is heard at the door.
      ...reopened(
        state,
        (isOnTheWay(state) || isInInterimCare(state) ? recipientFacets : personFacets).filter(
          (facet) => !verified.includes(facet),
        ),
        'recipient-changed',
      ),
      // The sides agreed to whoever the plan names, once they are verified like the first.
      ...(isVerifiedAlternate(state, recipient, context)
        ? []
        : planLapsedBeforeDeparture(state, 'recipient-changed')),
    ];
  },

  approveRecipient: (state, { type: _, ...act }, context) =>
    actOf(state, officialOf(context).party, { act: 'approve-recipient', ...act }, context),

  reportRecipientUnavailable: (state, { note }) =>
    state.recipient.unavailableSince
      ? rejected('already-done')
      : [omitUndefined({ type: 'RecipientUnavailable', note })],

  recordHearing: (state, { recipient, answer, heardAt, note }, context) => {
    const { now } = context;
    if (recipient !== heardAbout(state)) return rejected('unknown-recipient', { field: 'recipient' });
    if (heardAt !== undefined && heardAt > now) return rejected('date-future', { field: 'heardAt' });
    const age = weightOf(state, context);
    if (answer === 'too-young' && (age === 'agrees' || age === 'decides'))
      return rejected('old-enough', { field: 'answer' });
    // Of a child too young to say it, a specialist says what they observed.
    if ((answer === 'too-young' || age === 'observed') && note === undefined)
      return rejected('note-required', { field: 'note' });
    return [
      omitUndefined({
        type: 'ChildHeard',
        recipient,
        answer,
        heardAt: heardAt === now ? undefined : heardAt,
        note,
      }),
    ];
  },

  identifyChild: (state, { how, matches, note }, context) => {
    const { official, party, roles } = officialOf(context);
    const { stay } = state;
    const kind = findParty(context.mechanism, party)?.kind;
    // Only who can see the child: the host while it is there, the escort that travels with it.
    const sees =
      kind === 'host'
        ? stay?.status === 'occupied'
        : kind !== 'escort' || !roles.includes('escort') || official === state.escort?.official;
    return sees
      ? [omitUndefined({ type: 'ChildIdentified', how, matches, note })]
      : rejected(kind === 'host' ? 'wrong-stage' : 'not-your-command');
  },

  determineBestInterests: (state, { outcome, determination, note }, context) => {
    const view = state.facets['childs-view'];
    const isRefuted = view.status === 'settled' && view.attestation?.finding === 'refuted';
    const refusal = unwillingSince(state) === undefined ? undefined : lastHearing(state);
    if (!isRefuted && !refusal) return rejected('nothing-to-decide');
    if (outcome === 'return' && weightOf(state, context) === 'decides') return rejected('child-decides');
    // Whoever heard the child does not weigh what the child said.
    const heardBy = [isRefuted ? view.attestation.by.official : undefined, refusal?.by.official];
    if (heardBy.includes(officialOf(context).official)) return rejected('own-attestation');
    const fault = paperFault(
      'determination',
      [determination],
      actPapers.determination,
      judgedIn(state, context),
    );
    return fault ?? [omitUndefined({ type: 'BestInterestsDetermined', outcome, determination, note })];
  },

  reviseDossier: (state, { dossier, facets, material }) => {
    if (dossier.version !== state.dossier.version + 1)
      return rejected('stale-version', { version: state.version });
    return [
      { type: 'DossierRevised', dossier, facets, material, byTable: true },
      ...reopened(state, facets, 'dossier-changed'),
      ...Object.keys(state.alternateFacets ?? {}).flatMap((ref) =>
        reopened(state, facets.filter(isOfPerson), 'dossier-changed', ref),
      ),
      ...(material ? planLapsedBeforeDeparture(state, 'dossier-changed') : []),
    ];
  },

  recordChecks: (state, { dossierVersion, planVersion, findings }) => {
    // Late findings must not stand in the place of newer ones.
    if (dossierVersion !== state.dossier.version || planVersion !== (state.plan?.version ?? 0))
      return rejected('stale-version', { version: state.version });
    return state.checks?.dossierVersion === dossierVersion && state.checks.planVersion === planVersion
      ? rejected('already-done')
      : [{ type: 'FileChecked', dossierVersion, planVersion, findings }];
  },
};
