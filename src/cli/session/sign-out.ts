/** Signing out: what was ended of each session, and, where its issuer is another's, what was not, in plain words. */
import { CliError } from '../cli-error';
import { endSession } from './issuer-session';
import type { SignOutEnd } from './issuer-session';
import type { Session } from './session-store';

interface EndedSession {
  readonly official: string;
  readonly issuer?: string;
  readonly end: SignOutEnd | 'unreachable';
  /** Until when a token counts that could not be ended; ISO instant. */
  readonly countsUntil?: string;
}

/** Of sessions that this machine has forgotten already: an issuer that is away must not keep anybody signed in here. */
export function signOut(sessions: readonly Session[]): Promise<EndedSession[]> {
  return Promise.all(
    sessions.map(async (session) => {
      const end = await endSession(session).catch((error: unknown) => {
        if (error instanceof CliError) return 'unreachable' as const;
        throw error;
      });
      const { official, issuer, expiresAt } = session;
      return {
        ...{ official, end },
        ...(issuer !== undefined && { issuer }),
        ...(end !== 'ended' && { countsUntil: expiresAt }),
      };
    }),
  );
}

const sentences: Readonly<Record<EndedSession['end'], (of: EndedSession) => string>> = {
  ended: ({ official }) => `${official}: ended; no token of this sign-in counts any more.`,
  'token-counts-on': ({ official, issuer, countsUntil }) =>
    `${official}: ${issuer} renews this sign-in no more. The token it gave last counts until ${minuteOf(countsUntil)}, and ` +
    'your session in the browser goes on: end it there.',
  'not-ours': ({ official, issuer = 'its issuer', countsUntil }) =>
    `${official}: forgotten on this machine, but Homeward can’t end what ${issuer} gave. The token counts until ` +
    `${minuteOf(countsUntil)}; end your session there.`,
  unreachable: ({ official, issuer }) =>
    `${official}: forgotten on this machine, but ${issuer} does not answer: this sign-in is not ended there, and whoever has ` +
    'a copy of its tokens may go on with it.',
};
export const linesOf = (ended: readonly EndedSession[]): string[] =>
  ended.map((each) => sentences[each.end](each));

const minuteOf = (instant = ''): string => `${instant.slice(0, 16)}Z`;

/** A script must not take for done what was not. */
export function failUnlessDone(ended: readonly EndedSession[], isEverywhere: boolean): void {
  if (ended.some(({ end }) => end === 'unreachable'))
    throw new CliError(
      'unreachable',
      'Not every sign-in was ended.',
      'Sign in again, then: homeward sign-out --everywhere',
    );
  if (!isEverywhere)
    throw new CliError(
      'refused',
      'Your sessions elsewhere are your own issuer’s; Homeward can’t end them.',
      'Sign out there.',
    );
}
