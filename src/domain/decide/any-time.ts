/** Rules of what may happen at any time: emergencies, siblings, coming of age, the mechanism. */
import { absentFrom } from '../facts/stands-on';
import { standingApprovalsOf } from '../facts/agreement';
import { isOnTheWay } from '../facts/care';
import type { CaseEvent } from '../model/events';
import { rejected } from '../model/rejections';
import { actPapers, judgedIn, paperFault } from '../facts/papers';
import { omitUndefined } from '../model/omit-undefined';
import type { HandlerTable } from './rule-context';
import { pausedOf } from './journey';
import { planLapsed, reopened } from './verification';

export const anyTimeRules: HandlerTable<
  | 'reportMedicalEmergency'
  | 'resolveMedicalEmergency'
  | 'withdrawRequest'
  | 'reinstateRequest'
  | 'linkSiblings'
  | 'unlinkSiblings'
  | 'waiveSiblingUnity'
  | 'noteSiblings'
  | 'noteUnlinked'
  | 'noteSiblingAhead'
  | 'noteDuplicate'
  | 'markUrgent'
  | 'noteClosings'
  | 'noteMajority'
  | 'recordOwnConsent'
  | 'moveMechanism'
> = {
  reportMedicalEmergency: (state, { note }, context) => [
    omitUndefined({ type: 'MedicalEmergencyReported', note }),
    ...pausedOf(state, context, 'health'),
  ],

  resolveMedicalEmergency: (state, { fitToTravel, note }) =>
    state.medical.emergencySince
      ? [omitUndefined({ type: 'MedicalEmergencyResolved', fitToTravel, note })]
      : rejected('already-done'),

  withdrawRequest: (state, { note }) => {
    const onTheWay = isOnTheWay(state) && !state.closure;
    return [
      omitUndefined({ type: 'RequestWithdrawn', note }),
      ...(onTheWay ? [{ type: 'RecallRaised', party: state.requestingParty } as const] : []),
    ];
  },

  /* Whoever asked again decides again; of a child on the way what then happens is still the lead's to decide. */
  reinstateRequest: (state, { note }) => {
    if (!state.requestWithdrawnAt) return rejected('already-done');
    const own = isOnTheWay(state)
      ? []
      : standingApprovalsOf(state).filter(({ party }) => party === state.requestingParty);
    return [
      omitUndefined({ type: 'RequestReinstated', note }),
      ...own.map(({ party, sequence }): CaseEvent => ({
        ...{ type: 'DecisionLapsed', party, sequence, reason: 'request-withdrawn' },
      })),
    ];
  },

  linkSiblings: (state, { siblings }) => {
    if (siblings.includes(state.id)) return rejected('unknown-case', { field: 'siblings' });
    const fresh = siblings.filter((sibling) => !state.siblings.includes(sibling));
    return fresh.length === 0 ? rejected('already-done') : [{ type: 'SiblingsLinked', siblings: fresh }];
  },

  /* Never-rule 16: it splits them for good, and so two people say it, with words why. */
  unlinkSiblings: (state, { siblings, note }) => {
    const linked = siblings.filter((sibling) => state.siblings.includes(sibling));
    return linked.length === 0
      ? rejected('already-done')
      : [{ type: 'SiblingsUnlinked', siblings: linked, note }];
  },

  /* Two papers, as two people speak in them: who found it best, and who has the child's care. */
  waiveSiblingUnity: (state, { determination, waiver, note }, context) => {
    const judged = judgedIn(state, context);
    // Of everybody whom the gate would ask after, those linked through another sibling too.
    const others = (context.siblings ?? []).map((sibling) => sibling.case);
    const siblings = [...new Set([...state.siblings, ...others])].sort();
    return (
      paperFault('determination', [determination], actPapers.determination, judged) ??
      paperFault('waiver', [waiver], actPapers.waiver, judged) ?? [
        omitUndefined({ type: 'SiblingUnityWaived', determination, waiver, siblings, note }),
      ]
    );
  },

  noteSiblings: (state, { siblings }) => {
    const fresh = siblings.filter((sibling) => sibling !== state.id && !state.siblings.includes(sibling));
    return fresh.length === 0 ? [] : [{ type: 'SiblingsLinked', siblings: fresh }];
  },

  noteUnlinked: (state, { siblings }) => {
    const linked = siblings.filter((sibling) => state.siblings.includes(sibling));
    return linked.length === 0 ? [] : [{ type: 'SiblingsUnlinked', siblings: linked }];
  },

  /* Nobody follows who has gone as well. */
  noteSiblingAhead: (state, { sibling }) =>
    state.handover.at !== undefined || state.siblingsAhead?.some((ahead) => ahead.other === sibling)
      ? []
      : [{ type: 'SiblingAhead', sibling }],

  noteDuplicate: (state, { other, verdict, closed }) => {
    const known = state.duplicates.find((duplicate) => duplicate.other === other);
    return [
      ...(known ? [] : [{ type: 'DuplicateFlagged', other, there: true } as const]),
      ...(verdict && known?.verdict !== verdict
        ? [{ type: 'DuplicateSettled', other, verdict } as const]
        : []),
      ...(closed && !known?.closed ? [{ type: 'DuplicateClosed', other } as const] : []),
    ];
  },

  markUrgent: (state, { medicallyUrgent, note }) =>
    state.medicallyUrgent === medicallyUrgent
      ? rejected('already-done')
      : [omitUndefined({ type: 'UrgencyMarked', medicallyUrgent, note })],

  noteMajority: (state, { daysLeft }) => {
    if (state.majority && state.majority.daysLeft <= daysLeft) return rejected('already-done');
    const ofAge: CaseEvent[] =
      daysLeft === 0 && !state.journey ? reopened(state, ['childs-view'], 'child-came-of-age') : [];
    return [{ type: 'MajorityNoted', daysLeft }, ...ofAge];
  },

  noteClosings: ({ mechanism, closings }, { mechanismVersion }) =>
    mechanismVersion <= (closings?.version ?? mechanism.version)
      ? []
      : [{ type: 'ClosingsNoted', mechanismVersion }],

  recordOwnConsent: (state, { given: consents, document, note }, context) => {
    if (!state.majority) return rejected('nothing-to-decide');
    const judged = judgedIn(state, context);
    return (
      paperFault('document', [document], actPapers.ownConsent, judged) ?? [
        omitUndefined({ type: 'OwnConsentRecorded', given: consents, document, note }),
      ]
    );
  },

  moveMechanism: (state, { version }, { target }) => {
    if (version <= state.mechanism.version) return rejected('unknown-mechanism', { field: 'version' });
    const absent = target ? absentFrom(target, state) : [];
    if (absent.length > 0)
      return rejected('unmet-by-target', {
        blockers: absent.map((subject) => ({ blocker: 'not-in-target', subject })),
      });
    return [
      ...planLapsed(state, 'mechanism-changed'),
      { type: 'MechanismMoved', mechanism: { id: state.mechanism.id, version } },
    ];
  },
};
