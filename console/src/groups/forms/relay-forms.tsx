/** A side’s word that came by note: entered by one officer, compared with the paper and confirmed by a second. */
import { relayedWords } from '#domain/group/group';
import type { RelayedWordType } from '#domain/group/group';
import { relayChannels } from '#domain/model/decisions';
import { sideKinds } from '#domain/model/parties';
import { useState } from 'react';
import type { GroupView } from '../../api/types';
import { useMechanism, useNames } from '../../case/use-case';
import { Choices } from '../../commands/choices';
import { FileHashField, inFours } from '../../commands/command-field';
import { DateField, readDay } from '../../commands/date-field';
import { Fault } from '../../commands/fault';
import { today } from '../../parts/clock';
import { useMost } from '../../parts/most';
import { Fact, Name, Reference, State } from '../../parts/parts';
import { Day, When } from '../../parts/when';
import type { NewId } from '../../commands/use-task';
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
  const words = useWords();
  const names = useNames();
  const limit = useMost(80);
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
      <Choices
        name="channel"
        legend={words.fields.channel}
        chosen={task.typed.channel}
        fault={task.fault('source')}
        options={relayChannels.map((each) => ({ value: each, label: words.values.relayChannel[each] }))}
      />
      <DateField
        {...{ name: 'dated', label: words.fields.dated, today: today(), required: true, suggest: [0] }}
        before={task.before}
      />
      <div className="field">
        <label htmlFor="reference">{words.fields.reference}</label>
        <input
          id="reference"
          name="reference"
          ref={limit}
          dir="auto"
          required
          defaultValue={task.before('reference')}
          placeholder="№ 12/34"
        />
        <Fault name="reference" fault={task.fault('source')} />
      </div>
      <FileHashField
        name="documentHash"
        label={words.fields.documentHash}
        before={task.before('documentHash')}
        fault={undefined}
      />
      <p className="note">{words.relay.secondOfficer}</p>
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
    source: {
      channel: one('channel'),
      reference: one('reference'),
      dated: readDay(typed, 'dated'),
      documentHash: one('documentHash'),
    },
  };
}

/** The paper as it was entered; the same file chosen again says whether it is the same. */
export function ConfirmRelayForm({ view, task }: GroupFormProps) {
  const { relay: said } = useWords();
  const [hash, setHash] = useState<string>();
  const pending = view.pendingRelays.find(({ id }) => id === task.typed.relay?.[0]);
  const isSame = hash === pending?.source.documentHash;
  return (
    <>
      <PickRelay {...{ view, task }} />
      {pending && (
        <>
          <Paper relay={pending} />
          <FileHashField
            {...{ name: 'compared', label: said.compare, before: undefined, fault: undefined }}
            onHash={setHash}
          />
          {hash === undefined ? (
            <p className="note">{said.compareWhy}</p>
          ) : (
            <State is={isSame ? 'done' : 'safety'}>{isSame ? said.agree : said.differ}</State>
          )}
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

function Paper({ relay }: { readonly relay: GroupView['pendingRelays'][number] }) {
  const words = useWords();
  const groups = useGroupWords();
  const names = useNames();
  const { party, word, source, enteredBy: by, at } = relay;
  return (
    <article className="paper">
      <header>
        <b>
          {groups.commands[word.type].act} · <Name>{names.party(party)}</Name>
        </b>
        <span>{words.relay.paper}</span>
      </header>
      <dl className="facts">
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
        <Fact name={words.fields.channel}>{words.values.relayChannel[source.channel]}</Fact>
        <Fact name={words.fields.reference}>
          <bdi dir="ltr">{source.reference}</bdi>
        </Fact>
        <Fact name={words.fields.dated}>
          <Day day={source.dated} />
        </Fact>
        <Fact name={words.form.fingerprint}>
          <Reference>{inFours(source.documentHash.slice(0, 32))}…</Reference>
        </Fact>
        <Fact name={words.relay.entered}>
          <Name>{by.official === undefined ? names.party(by.party) : names.official(by.official)}</Name>,{' '}
          <When at={at} />
        </Fact>
      </dl>
    </article>
  );
}
