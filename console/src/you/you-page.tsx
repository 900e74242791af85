/** Who one is here: sessions, absences, the calendar link, the secret of the office’s webhook. */
import { useEffect, useState } from 'react';
import type { SyntheticEvent } from 'react';
import { http } from '../api/client';
import { useNames } from '../case/use-case';
import { Fact, Name, Panel, useTitle } from '../parts/parts';
import { When } from '../parts/when';
import { isAnythingUnsent, signOut } from '../session/sign-out';
import { useMe } from '../session/use-session';
import { listText } from '../words/formats';
import { useWords } from '../words/use-words';
import { Absences } from './absences';

export default function YouPage() {
  const words = useWords();
  const names = useNames();
  const me = useMe();
  useTitle(words.you.title);
  return (
    <>
      <header>
        <h1>
          <Name>{me.name}</Name>
        </h1>
        <p>
          <Name>{names.party(me.party)}</Name> ·{' '}
          {listText(
            me.roles.map((role) => words.values.role[role]),
            words.locale,
          )}
        </p>
      </header>
      <div className="stack form">
        <SignedIn />
        <Absences />
        <Panel id="calendar" title={words.you.calendar}>
          <p>{words.you.calendarWhy}</p>
          <Shown
            act={words.you.link}
            make={async () =>
              (
                await http.POST('/v1/calendar-feed', {
                  params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
                })
              ).data?.link
            }
          />
          <button
            type="button"
            className="act"
            onClick={() =>
              void http.DELETE('/v1/calendar-feed', {
                params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
              } as never)
            }
          >
            {words.you.revoke}
          </button>
        </Panel>
        {me.kind === 'escort' && <DuressWord />}
        <Panel id="webhook" title={words.you.webhook}>
          <Shown
            act={words.you.rotate}
            make={async () =>
              (
                await http.POST('/v1/webhook-secret', {
                  params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
                })
              ).data?.secret
            }
          />
        </Panel>
      </div>
    </>
  );
}

/** Made once, shown once. */
function Shown({ act, make }: { readonly act: string; readonly make: () => Promise<string | undefined> }) {
  const { you, refusals } = useWords();
  const [shown, setShown] = useState<string>();
  const [isRefused, setRefused] = useState(false);
  async function ask() {
    const made = await make().catch(() => undefined);
    setShown(made);
    setRefused(made === undefined);
  }
  return (
    <>
      <button type="button" className="act" onClick={() => void ask()}>
        {act}
      </button>
      {isRefused && <p role="alert">{refusals['not-permitted']}</p>}
      {shown !== undefined && (
        <p role="status">
          {you.copyNow} <code className="ref breaks">{shown}</code>
        </p>
      )}
    </>
  );
}

/** Whether there is a word nobody is shown, here or anywhere. */
function DuressWord() {
  const { you } = useWords();
  const [answer, setAnswer] = useState<'kept' | 'refused'>();
  async function choose(word: string | null) {
    const { response } = await http.PUT('/v1/duress-word', { body: { word } });
    setAnswer(response.ok ? 'kept' : 'refused');
  }
  function keep(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const word = new FormData(form).get('word');
    if (typeof word === 'string') void choose(word).then(() => form.reset());
  }
  return (
    <Panel id="duress" title={you.duress}>
      <p>{you.duressWhy}</p>
      <form className="stack" onSubmit={keep}>
        <div className="field">
          <label htmlFor="duress-word">{you.duressWord}</label>
          <input
            id="duress-word"
            name="word"
            type="password"
            autoComplete="off"
            required
            minLength={5}
            maxLength={40}
          />
        </div>
        {answer === 'kept' && <p role="status">{you.wordKept}</p>}
        {answer === 'refused' && <p role="alert">{you.duressWord}</p>}
        <div className="row">
          <button type="submit" className="act">
            {you.keepWord}
          </button>
          <button type="button" className="act" onClick={() => void choose(null)}>
            {you.noWord}
          </button>
        </div>
      </form>
    </Panel>
  );
}

function SignedIn() {
  const { you } = useWords();
  const me = useMe();
  const [isUnsent, setUnsent] = useState(false);
  const [asked, setAsked] = useState<'here' | 'everywhere'>();
  useEffect(() => {
    void isAnythingUnsent().then(setUnsent);
  }, []);
  const leave = (where: 'here' | 'everywhere') =>
    isUnsent && asked !== where ? setAsked(where) : void signOut(where === 'everywhere');
  return (
    <Panel id="session" title={you.session}>
      <dl className="facts">
        <Fact name={you.until}>
          <When at={me.expiresAt} />
        </Fact>
      </dl>
      {asked && (
        <p className="message" data-is="late" role="alert">
          {you.unsent}
          <button type="button" className="act" onClick={() => setAsked(undefined)}>
            {you.stay}
          </button>
        </p>
      )}
      <div className="row">
        <button type="button" className="act" onClick={() => leave('here')}>
          {you.signOut}
        </button>
        <button type="button" className="act" onClick={() => leave('everywhere')}>
          {you.everywhere}
        </button>
      </div>
    </Panel>
  );
}
