/** What stands on every page: where one can go, in which language, and as whom. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { mine, useFollowing, useInbox } from './inbox/use-inbox';
import { useNames } from './case/use-case';
import { useIsClockWrong } from './parts/clock';
import { useFocusOnHeading } from './parts/focus';
import { Name } from './parts/parts';
import { firstPageOf, pagesOf } from './pages';
import { signedInAddress, signInAddress } from './paths';
import { useSession, wasAnothers } from './session/use-session';
import type { Session } from './api/types';
import { listText } from './words/formats';
import { hasChosenLanguage, useSpeech } from './words/use-words';

export function Shell({ children }: { readonly children: ReactNode }) {
  const { words, language, speak } = useSpeech();
  const state = useSession();
  const isClockWrong = useIsClockWrong();
  const [isAnothers] = useState(wasAnothers);
  const [path] = useLocation();
  useFocusOnHeading(path);
  // What the browser asked for is theirs too, or the first language of their own.
  const spoken = state.is === 'signed-in' ? state.session.languages : [];
  const own = spoken.includes(language) ? undefined : spoken[0];
  const speakOwn = useEffectEvent(speak);
  useEffect(() => {
    // The official’s own language, until somebody chooses another on this device.
    if (own !== undefined && !hasChosenLanguage()) speakOwn(own);
  }, [own]);
  return (
    <>
      <a className="skip" href="#main">
        {words.shell.skip}
      </a>
      <header className="bar">
        <div>
          <Brand session={state.is === 'signed-in' ? state.session : undefined} />
          {state.is === 'signed-in' && <Pages session={state.session} />}
          {state.is === 'signed-in' && <Live />}
          <LanguageChoice />
          {state.is === 'signed-in' && <Who session={state.session} />}
        </div>
      </header>
      {state.is === 'signed-out' && <SignedOut />}
      {isClockWrong && <Notice>{words.shell.clockWrong}</Notice>}
      {isAnothers && <Notice>{words.shell.anotherPerson}</Notice>}
      <main id="main" className="page" tabIndex={-1}>
        {state.is === 'unreachable' ? <p role="alert">{words.shell.away}</p> : children}
      </main>
    </>
  );
}

const Notice = ({ children }: { readonly children: ReactNode }) => (
  <p className="message banner" role="status">
    {children}
  </p>
);
/** What was typed stays on the page: the sign-in opens beside it, and the page goes on when it is done. */
function SignedOut() {
  const { shell } = useSpeech().words;
  return (
    <div className="message banner" data-is="late" role="alert">
      <span>{shell.signedOut}</span>
      <a href={signInAddress(signedInAddress)} target="_blank" rel="noopener">
        {shell.signIn}
      </a>
    </div>
  );
}

const Brand = ({ session }: { readonly session: Session | undefined }) => (
  <Link className="brand" href={session ? firstPageOf(session) : '/'} dir="ltr">
    <svg
      width="22"
      height="22"
      viewBox="0 0 22 22"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M2 13.5h5.5a3 3 0 0 0 3-3" />
      <circle cx="3.2" cy="13.5" r="1.2" fill="currentColor" stroke="none" />
      <path d="M9 19v-7.5l5.5-5 5.5 5V19z" />
    </svg>
    Homeward
  </Link>
);

function Pages({ session }: { readonly session: Session }) {
  const { words } = useSpeech();
  const [path] = useLocation();
  return (
    <nav aria-label={words.shell.pages}>
      <ul>
        {pagesOf(session).map(({ page, address }) => (
          <li key={page}>
            <Link href={address} aria-current={path.startsWith(address) ? 'page' : undefined}>
              {words.pages[page]}
              {page === 'inbox' && <InboxCount />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
/** Every page hears what changed: the inbox, the open case, the lists it stands in. */
function Live() {
  useFollowing(mine);
  return null;
}

function InboxCount() {
  const { tasks = [] } = useInbox(mine);
  return tasks.length > 0 && <span className="count">{tasks.length > 99 ? '99+' : tasks.length}</span>;
}

const languageNames = [
  ['en', 'English'],
  ['uk', 'Українська'],
  ['ru', 'Русский'],
  ['ar', 'العربية'],
] as const;
/** Closed until asked for: native names in an open list would fetch fonts of scripts that nobody reads here. */
function LanguageChoice() {
  const { words, language, speak } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <div className="languages end" onKeyDown={({ key }) => isOpen && key === 'Escape' && close()}>
      <button
        ref={opener}
        type="button"
        className="quiet"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="visually-hidden">{words.shell.language}: </span>
        {words.name}
      </button>
      {isOpen && (
        <ul>
          {languageNames.map(([each, name]) => (
            <li key={each}>
              <button
                type="button"
                className="quiet"
                lang={each}
                aria-current={each === language ? 'true' : undefined}
                onClick={() => {
                  speak(each, true);
                  close();
                }}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Who({ session }: { readonly session: Session }) {
  const { words } = useSpeech();
  const names = useNames();
  return (
    <Link className="who" href="/you">
      <b>
        <Name>{session.name}</Name>
      </b>
      <Name>{names.party(session.party)}</Name> ·{' '}
      {listText(
        session.roles.map((role) => words.values.role[role]),
        words.locale,
      )}
    </Link>
  );
}
