/** A side’s word that came by note: entered by one officer, compared with the paper and confirmed by a second. */
import { relayedWords } from '#domain/group/group';
import type { RelayedWordType } from '#domain/group/group';
import { sideKinds } from '#domain/model/parties';
import { useState } from 'react';
import type { GroupView } from '../../api/types';
import { useMechanism, useNames } from '../../case/use-case';
import { Choices } from '../../commands/choices';
import { Fact, Reference } from '../../parts/parts';
import { When } from '../../parts/when';
import type { NewId } from '../../commands/use-task';
import { ComparePaper, Paper, PaperFields, paperIn } from '../../relay/paper';
import type { Typed } from '../../session/draft';
import { listText } from '../../words/formats';
import { useWords } from '../../words/use-words';
import type { GroupFormProps } from '../form-props';
import { useGroupWords } from '../use-group-words';
import { Note, RefuseForm } from './small-forms';
import { Terms } from './terms-form';
import { ShowList } from './show-list';

/** What is asked beside, by what the side said. */
function Beside({ word, ...props }: GroupFormProps & { readonly word: RelayedWordType | undefined }) {
  const { task } = props;
  const of = task.typed.party?.[0];
  switch (word) {
    case 'confirmTerms':
      return <Terms {...props} asks="yourTerms" of={of} />;
    case 'disputeTerms':
      return (
        <>
          <Terms {...props} asks="disputedTerms" of={of} />
          <Note task={task} />
        </>
      );
    case 'refuseMember':
      return <RefuseForm {...props} />;
    case 'sayGo':
      return <ShowList {...props} />;
    case 'sayNoGo':
      return <Note task={task} />;
    case undefined:
      return null;
  }
}

export function RelayForm(props: GroupFormProps) {
  const { task } = props;
  const groups = useGroupWords();
  const names = useNames();
  const parties = useMechanism()?.parties ?? [];
  const word = relayedWords.find((each) => each === task.typed.word?.[0]);
  return (
    <>
      <Choices
        name="party"
        legend={groups.inNameOf}
        chosen={task.typed.party}
        fault={task.fault('party')}
        options={parties
          .filter(({ kind }) => (sideKinds as readonly string[]).includes(kind))
          .map(({ id }) => ({ value: id, label: names.party(id) }))}
      />
      <Choices
        name="word"
        legend={groups.sideSaid}
        chosen={task.typed.word}
        fault={task.fault('word')}
        options={relayedWords.map((each) => ({ value: each, label: groups.commands[each].act }))}
      />
      <Beside {...props} word={word} />
      <PaperFields task={task} />
    </>
  );
}

export function relayedIn(typed: Typed, { list: { version, hash } }: GroupView, newId: NewId) {
  const one = (name: string): string | undefined => typed[name]?.[0] || undefined;
  const note = one('note');
  const remark = note === undefined ? {} : { note };
  const terms = { version, hash, terms: typed.terms ?? [] };
  const words: Readonly<Record<RelayedWordType, object>> = {
    confirmTerms: terms,
    disputeTerms: { ...terms, ...remark },
    refuseMember: { member: one('member'), reason: one('reason'), ...remark },
    sayGo: { version, hash },
    sayNoGo: remark,
  };
  const type = relayedWords.find((each) => each === one('word'));
  return {
    relay: newId('relay'),
    party: one('party'),
    word: type && { type, ...words[type] },
    source: paperIn(typed),
  };
}

/** The paper as it was entered; the same file chosen again says whether it is the same. */
export function ConfirmRelayForm({ view, task }: GroupFormProps) {
  const [hash, setHash] = useState<string>();
  const pending = view.pendingRelays.find(({ id }) => id === task.typed.relay?.[0]);
  const isSame = hash === pending?.source.documentHash;
  return (
    <>
      <PickRelay {...{ view, task }} />
      {pending && (
        <>
          <ShowWord relay={pending} />
          <ComparePaper name="compared" {...{ hash, isSame }} onHash={setHash} />
        </>
      )}
    </>
  );
}
/** Only what was compared with the same paper can be sent. */
export const isCompared = (typed: Typed, { pendingRelays }: GroupView): boolean =>
  pendingRelays.some(
    ({ id, source }) => id === typed.relay?.[0] && source.documentHash === typed.compared?.[0],
  );

export const RejectRelayForm = (props: GroupFormProps) => (
  <>
    <PickRelay {...props} />
    <Note task={props.task} />
  </>
);
export function RepudiateForm({ view, task }: GroupFormProps) {
  const { relay: said } = useWords();
  return (
    <>
      <Choices
        name="relay"
        legend={said.title}
        chosen={task.typed.relay}
        fault={task.fault('relay')}
        options={view.relays
          .filter(({ repudiatedAt }) => repudiatedAt === undefined)
          .map(({ id }) => ({ value: id, label: <Told view={view} relay={id} /> }))}
      />
      <Note task={task} />
    </>
  );
}

function PickRelay({ view, task }: GroupFormProps) {
  const { relay: said } = useWords();
  const groups = useGroupWords();
  const names = useNames();
  return (
    <Choices
      name="relay"
      legend={said.title}
      chosen={task.typed.relay}
      fault={task.fault('relay')}
      options={view.pendingRelays.map(({ id, party, word }) => ({
        value: id,
        label: `${names.party(party)} · ${groups.commands[word.type].act}`,
      }))}
    />
  );
}

function Told({ view, relay }: { readonly view: GroupView; readonly relay: string }) {
  const groups = useGroupWords();
  const entered = view.events.find((event) => event.word !== undefined && event.relay === relay);
  if (entered?.word === undefined) return relay;
  return (
    <>
      {groups.commands[entered.word].act} · <When at={entered.at} />
    </>
  );
}

function ShowWord({ relay }: { readonly relay: GroupView['pendingRelays'][number] }) {
  const words = useWords();
  const groups = useGroupWords();
  const { word } = relay;
  return (
    <Paper relay={relay} act={groups.commands[word.type].act}>
      {'terms' in word && (
        <Fact name={groups.what}>
          {listText(
            word.terms.map((term) => groups.terms[term]),
            words.locale,
          )}
        </Fact>
      )}
      {'member' in word && (
        <Fact name={groups.member}>
          <Reference>{word.member}</Reference>
        </Fact>
      )}
    </Paper>
  );
}
