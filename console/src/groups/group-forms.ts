/** How each command of a group is asked for. */
import type { ReactNode } from 'react';
import type { GroupView } from '../api/types';
import type { Weight } from '../commands/command-forms';
import type { NewId } from '../commands/use-task';
import type { Typed } from '../session/draft';
import { legsIn } from '../legs/leg-list';
import { CallOffForm, CheckInForm, NoteForm, RefuseForm } from './forms/small-forms';
import type { GroupAct } from './group-acts';
import type { GroupFormProps } from './form-props';
import { ChangeForm } from './forms/change-form';
import { DepartForm } from './forms/depart-form';
import { LegsForm } from './forms/legs-form';
import {
  ConfirmRelayForm,
  isCompared,
  RejectRelayForm,
  relayedIn,
  RelayForm,
  RepudiateForm,
} from './forms/relay-forms';
import { ShowList } from './forms/show-list';
import { ConfirmForm, DisputeForm } from './forms/terms-form';
import { listIn, startOf } from './forms/list-terms';

export interface GroupForm {
  /** What goes nearer to a departure is grave; what stops is light. */
  readonly weight: Weight;
  readonly Asks: (props: GroupFormProps) => ReactNode;
  readonly read: (typed: Typed, view: GroupView, newId: NewId) => object;
  /** Whether it may be sent, where the browser can’t check it. */
  readonly isComplete?: (typed: Typed, view: GroupView) => boolean;
  /** It speaks of this version of the list only: what was ticked for another one is not found ticked. */
  readonly isOfList: boolean;
  readonly start?: (view: GroupView) => Typed;
}
const listOf = ({ list: { version, hash } }: GroupView) => ({ version, hash });
const textIn = (typed: Typed, name: string) => {
  const text = typed[name]?.[0];
  return text === undefined || text === '' ? {} : { [name]: text };
};
const termsIn = (typed: Typed) => ({ terms: typed.terms ?? [] });

export const groupForms: Readonly<Record<GroupAct, GroupForm>> = {
  proposeList: { weight: 'plain', Asks: ShowList, read: () => ({}), isOfList: true },
  freezeList: {
    ...{ weight: 'plain', Asks: ShowList, isOfList: true },
    read: (_typed, { list: { version } }) => ({ version }),
  },
  changeList: {
    ...{ weight: 'plain', Asks: ChangeForm, isOfList: false, start: startOf },
    read: (typed, { list }) => ({ ...listIn(typed, list.departAt), ...textIn(typed, 'note') }),
  },
  refuseMember: {
    ...{ weight: 'light', Asks: RefuseForm, isOfList: false },
    read: (typed) => ({
      ...textIn(typed, 'member'),
      ...textIn(typed, 'reason'),
      ...textIn(typed, 'note'),
    }),
  },
  confirmTerms: {
    ...{ weight: 'plain', Asks: ConfirmForm, isOfList: true },
    read: (typed, view) => ({ ...listOf(view), ...termsIn(typed) }),
  },
  disputeTerms: {
    ...{ weight: 'light', Asks: DisputeForm, isOfList: true },
    read: (typed, view) => ({ ...listOf(view), ...termsIn(typed), ...textIn(typed, 'note') }),
  },
  sayGo: { weight: 'grave', Asks: ShowList, isOfList: true, read: (_typed, view) => listOf(view) },
  sayNoGo: { weight: 'light', Asks: NoteForm, isOfList: false, read: (typed) => textIn(typed, 'note') },
  relayWord: { weight: 'plain', Asks: RelayForm, isOfList: true, read: relayedIn },
  confirmRelay: {
    ...{ weight: 'grave', Asks: ConfirmRelayForm, isOfList: true, isComplete: isCompared },
    read: (typed) => textIn(typed, 'relay'),
  },
  rejectRelay: {
    ...{ weight: 'plain', Asks: RejectRelayForm, isOfList: false },
    read: (typed) => ({ ...textIn(typed, 'relay'), ...textIn(typed, 'note') }),
  },
  repudiateRelay: {
    ...{ weight: 'light', Asks: RepudiateForm, isOfList: false },
    read: (typed) => ({ ...textIn(typed, 'relay'), ...textIn(typed, 'note') }),
  },
  checkIn: {
    ...{ weight: 'light', Asks: CheckInForm, isOfList: false },
    read: (typed) => ({ ...(typed.except && { except: typed.except }), ...textIn(typed, 'note') }),
  },
  // What else is said of all is said on the road.
  sayForAll: {
    ...{ weight: 'plain', Asks: LegsForm, isOfList: false },
    read: (typed) => ({
      act: { type: 'planLegs', legs: legsIn(typed) },
      ...(typed.except && { except: typed.except }),
      ...textIn(typed, 'note'),
    }),
  },
  departGroup: { weight: 'grave', Asks: DepartForm, isOfList: true, read: (_typed, view) => listOf(view) },
  abortGroup: {
    ...{ weight: 'light', Asks: CallOffForm, isOfList: false },
    read: (typed) => ({ ...textIn(typed, 'reason'), ...textIn(typed, 'note') }),
  },
  reportBreach: {
    weight: 'light',
    Asks: NoteForm,
    isOfList: false,
    read: (typed) => textIn(typed, 'note'),
  },
};
