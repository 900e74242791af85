/** The paper by which a side’s word came: as the first officer enters it, and as the second compares it. */
import { relayChannels } from '#domain/model/decisions';
import type { ReactNode } from 'react';
import type { CaseView } from '../api/types';
import { useNames } from '../case/use-case';
import { Choices } from '../commands/choices';
import { FileHashField, inFours } from '../commands/command-field';
import { DateField, readDay } from '../commands/date-field';
import { Fault } from '../commands/fault';
import type { Task } from '../commands/use-task';
import { today } from '../parts/clock';
import { useMost } from '../parts/most';
import { Fact, Name, Reference, State } from '../parts/parts';
import { Day, When } from '../parts/when';
import type { Typed } from '../session/draft';
import { useWords } from '../words/use-words';

export function PaperFields({ task }: { readonly task: Pick<Task, 'typed' | 'before' | 'fault'> }) {
  const { fields, values, relay } = useWords();
  const limit = useMost(80);
  // The rules write a dot, the form of the request a stroke.
  const fault = (field: string) => task.fault(`source.${field}`) ?? task.fault(`source/${field}`);
  const dated = fault('dated');
  return (
    <>
      <Choices
        name="channel"
        legend={fields.channel}
        chosen={task.typed.channel}
        fault={fault('channel')}
        options={relayChannels.map((each) => ({ value: each, label: values.relayChannel[each] }))}
      />
      <DateField
        {...{ name: 'dated', label: fields.dated, today: today(), required: true, suggest: [0] }}
        before={task.before}
        {...(dated !== undefined && { fault: dated })}
      />
      <div className="field">
        <label htmlFor="reference">{fields.reference}</label>
        <input
          id="reference"
          name="reference"
          ref={limit}
          dir="auto"
          required
          defaultValue={task.before('reference')}
          placeholder="№ 12/34"
        />
        <Fault name="reference" fault={fault('reference')} />
      </div>
      <FileHashField
        name="documentHash"
        label={fields.documentHash}
        before={task.before('documentHash')}
        fault={fault('documentHash')}
      />
      <p className="note">{relay.secondOfficer}</p>
    </>
  );
}

export function paperIn(typed: Typed) {
  const one = (name: string): string | undefined => typed[name]?.[0] || undefined;
  return {
    channel: one('channel'),
    reference: one('reference'),
    dated: readDay(typed, 'dated'),
    documentHash: one('documentHash'),
  };
}

/** `children`: what the side said, as facts. */
export function Paper({
  relay: { party, source, enteredBy: by, at },
  act,
  children,
}: {
  readonly relay: Pick<
    NonNullable<CaseView['pendingRelays']>[number],
    'party' | 'source' | 'enteredBy' | 'at'
  >;
  readonly act: string;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const names = useNames();
  return (
    <article className="paper">
      <header>
        <b>
          {act} · <Name>{names.party(party)}</Name>
        </b>
        <span>{words.relay.paper}</span>
      </header>
      <dl className="facts">
        {children}
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

/** The same file chosen again says whether it is the same. */
export function ComparePaper({
  name,
  hash,
  isSame,
  onHash,
}: {
  readonly name: string;
  /** Of the file chosen, once one is. */
  readonly hash: string | undefined;
  readonly isSame: boolean;
  readonly onHash: (hash: string) => void;
}) {
  const { relay } = useWords();
  return (
    <>
      <FileHashField {...{ name, onHash, label: relay.compare, before: undefined, fault: undefined }} />
      {hash === undefined ? (
        <p className="note">{relay.compareWhy}</p>
      ) : (
        <State is={isSame ? 'done' : 'safety'}>{isSame ? relay.agree : relay.differ}</State>
      )}
    </>
  );
}
