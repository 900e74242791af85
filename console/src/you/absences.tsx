/** When the reader is away, and who stands in. */
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api, http, isProblem } from '../api/client';
import type { Problem } from '../api/client';
import { useMechanism, useNames } from '../case/use-case';
import { DateField, readInstant } from '../commands/date-field';
import { today } from '../parts/clock';
import { Name, Panel } from '../parts/parts';
import { Refusal } from '../parts/refusal';
import { When } from '../parts/when';
import { typedIn } from '../session/draft';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';

export function Absences() {
  const words = useWords();
  const names = useNames();
  const client = useQueryClient();
  const { data } = api.useQuery('get', '/v1/absences');
  const refresh = () => void client.invalidateQueries({ queryKey: ['get', '/v1/absences'] });
  const items = data?.items ?? [];
  async function end(id: string) {
    await http.DELETE(
      '/v1/absences/{absence}' as never,
      {
        params: { path: { absence: id }, header: { 'Idempotency-Key': crypto.randomUUID() } },
      } as never,
    );
    refresh();
  }
  return (
    <Panel id="absences" title={words.you.absences}>
      {items.length === 0 && <p className="note">{words.you.noAbsence}</p>}
      <ul>
        {items.map(({ id, official, deputy, from, until }) => (
          <li key={id} className="row">
            <span>
              <Name>{names.official(official)}</Name>: <When at={from} /> – <When at={until} />
            </span>
            <span className="note">
              {words.you.deputy}: <Name>{names.official(deputy)}</Name>
            </span>
            <button type="button" className="act end" onClick={() => void end(id)}>
              {words.you.end}
            </button>
          </li>
        ))}
      </ul>
      <Declare done={refresh} />
    </Panel>
  );
}

function Declare({ done }: { readonly done: () => void }) {
  const words = useWords();
  const me = useMe();
  const mechanism = useMechanism();
  const [problem, setProblem] = useState<Problem>();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const colleagues = (mechanism?.officials ?? []).filter(
    ({ id, party, active }) => active && party === me.party && id !== me.official,
  );
  async function declare(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = typedIn(form);
    const from = readInstant(typed, 'from');
    const until = readInstant(typed, 'until');
    const { error } = await http.POST('/v1/absences', {
      params: { header: { 'Idempotency-Key': key } },
      body: { deputy: typed.deputy?.[0] ?? '', until: until ?? '', ...(from !== undefined && { from }) },
    });
    setProblem(isProblem(error) ? error : undefined);
    setKey(crypto.randomUUID());
    if (error) return;
    form.reset();
    done();
  }
  return (
    <form className="stack tight" onSubmit={(event) => void declare(event)}>
      <h3>{words.you.declare}</h3>
      {problem && <Refusal heading={words.form.notSent} problem={problem} />}
      <div className="field">
        <label htmlFor="deputy">{words.you.deputy}</label>
        <select id="deputy" name="deputy" required defaultValue="">
          <option value="" />
          {colleagues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {(['from', 'until'] as const).map((end) => (
        <DateField
          key={end}
          name={end}
          label={end === 'from' ? words.fields.from : words.fields.until}
          today={today()}
          required={end === 'until'}
          suggest={[1, 7, 14]}
          before={() => undefined}
        />
      ))}
      <button className="act">{words.you.declare}</button>
    </form>
  );
}
