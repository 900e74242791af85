/** The API as the CLI speaks to it: one request, one answer, every ending with its exit code and a hint. */
import type { ProblemDetails } from '../contracts/http/problem';
import { signOutPath } from '../auth/issuer-names';
import { CliError } from './cli-error';
import type { Session } from './session/session-store';

export interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
  readonly location?: string;
}
type Asking = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };
export interface Writing {
  readonly key: string;
  readonly version?: string;
}

/** The session that follows a spent one; undefined when the sign-in is over. */
export type RenewSession = (spent: Session) => Promise<Session | undefined>;

/** A token that ends on its way is refused. */
const spentBeforeItsEndMs = 30_000;

export class ApiClient {
  constructor(
    readonly api: string,
    private session: Session | undefined,
    private readonly renew: RenewSession,
  ) {}

  async get<Body>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<Body> {
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const search = new URLSearchParams(given).toString();
    return (await this.send<Body>('GET', search === '' ? path : `${path}?${search}`)).body;
  }

  write<Body>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    { key, version }: Writing,
  ): Promise<Answered<Body>> {
    return this.send<Body>(method, path, body, {
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    });
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  /** Of the local issuer; false where an issuer from outside has the sessions, and ends them itself. */
  async signOutEverywhere(): Promise<boolean> {
    const { status } = await this.ask(signOutPath, { method: 'POST' });
    if (status === 404) return false;
    if (status !== 204) throw refusal(status, undefined, undefined);
    return true;
  }

  /** An answer that stays open. */
  async open(path: string, headers: Record<string, string>): Promise<ReadableStream<Uint8Array>> {
    const response = await this.ask(
      path,
      { headers: { accept: 'text/event-stream', ...headers } },
      'for-ever',
    );
    const { body } = response;
    if (response.ok && body) return body;
    throw refusal(response.status, await response.json().catch((): unknown => undefined), undefined);
  }

  private async send<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered<Body>> {
    const response = await this.ask(path, {
      method,
      headers: { accept: 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answered = await response.json().catch((): unknown => undefined);
    if (!response.ok) throw refusal(response.status, answered, headers['idempotency-key']);
    const location = response.headers.get('location');
    return { status: response.status, body: answered as Body, ...(location !== null && { location }) };
  }

  /** With a token that counts: one that is spent or refused is renewed, and the same is asked once more. */
  private async ask(path: string, init: Asking, within?: 'for-ever'): Promise<Response> {
    if (!this.session) throw new CliError('notSignedIn', 'You are not signed in.', signInHint);
    const askWith = ({ token }: Session): Promise<Response> =>
      reach(
        `${this.api}${path}`,
        { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } },
        within,
      );
    const isSpent = Date.parse(this.session.expiresAt) - Date.now() < spentBeforeItsEndMs;
    const first = (isSpent ? await this.renew(this.session) : undefined) ?? this.session;
    this.session = first;
    const response = await askWith(first);
    if (response.status !== 401) return response;
    const next = await this.renew(first);
    if (!next || next.token === first.token) return response;
    this.session = next;
    return askWith(next);
  }
}

/** In the order of who has it easiest: a link at hand, a browser, the machine that Homeward runs on. */
const signInHint = [
  'Next: homeward sign-in LINK        with a single-use link that you were given,',
  '      homeward sign-in             in your browser, where your office signs in elsewhere,',
  '      homeward link OFFICIAL       makes such a link, for whoever runs Homeward.',
].join('\n');

/** Longer than the API keeps anybody waiting. */
const answerWithinMilliseconds = 30_000;

export async function reach(
  address: string,
  init: RequestInit = {},
  within: number | 'for-ever' = answerWithinMilliseconds,
): Promise<Response> {
  try {
    return await fetch(address, {
      ...init,
      ...(within !== 'for-ever' && { signal: AbortSignal.timeout(within) }),
    });
  } catch {
    const { origin } = new URL(address);
    throw new CliError(
      'unreachable',
      `${origin} does not answer.`,
      'Is it running? `npm start`, or --api URL.',
    );
  }
}

function refusal(status: number, answered: unknown, key: string | undefined): CliError {
  const problem = (answered ?? {}) as Partial<ProblemDetails>;
  const lines = [
    `${problem.title ?? `The API answered ${status}.`} (${problem.code ?? status})`,
    ...(problem.errors ?? []).map(({ pointer, message }) => `  ${pointer || '/'} ${message}`),
    ...(problem.blockers ?? []).map(({ blocker, subject = '' }) => `  ${blocker} ${subject}`.trimEnd()),
    ...(problem.members === undefined ? [] : [`  It is about ${problem.members.join(', ')}.`]),
    ...(problem.left ?? []).map(({ case: id, reason }) => `  ${id} would stay: ${reason}`),
    ...(problem.groupState === undefined ? [] : [`  The group is ${problem.groupState}.`]),
    ...(problem.stage === undefined ? [] : [`  The case is in ${problem.stage}.`]),
    ...(problem.allowed === undefined
      ? []
      : [`  You may send now: ${problem.allowed.join(', ') || 'nothing'}.`]),
    ...(problem.field === undefined ? [] : [`  It is about ${problem.field}.`]),
  ];
  const message = lines.join('\n');
  if (status === 401) return new CliError('notSignedIn', 'Your session has ended.', signInHint, problem);
  if (status === 503)
    return new CliError(
      'unreachable',
      message,
      key === undefined ? 'Try again in a few seconds.' : `The same again: --key ${key}`,
      problem,
    );
  return new CliError(status >= 500 ? 'unexpected' : 'refused', message, undefined, problem);
}
