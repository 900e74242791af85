/** The API as the CLI speaks to it: one request, one answer, every ending with its exit code and a hint. */
import type { ProblemDetails } from '../contracts/http-problem';
import { signOutPath } from '../auth/issuer-names';
import { CliError } from './cli-error';
import type { Session } from './session-store';

export interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
  readonly location?: string;
}
export interface Writing {
  readonly key: string;
  readonly version?: string;
}

export class ApiClient {
  constructor(
    readonly api: string,
    private readonly session: Session | undefined,
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

  /** Of the local issuer; an issuer from outside ends its sessions itself. */
  async signOutEverywhere(): Promise<void> {
    if (!this.session) throw new CliError('notSignedIn', 'You are not signed in.', 'homeward sign-in LINK');
    const { status } = await reach(`${this.api}${signOutPath}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.session.token}` },
    });
    if (status === 404)
      throw new CliError('refused', 'Your sessions are your own issuer’s.', 'Sign out there.');
    // A session that had ended is what was asked for.
    if (status !== 204 && status !== 401) throw refusal(status, undefined, undefined);
  }

  /** An answer that stays open. */
  async open(path: string, headers: Record<string, string>): Promise<ReadableStream<Uint8Array>> {
    if (!this.session) throw new CliError('notSignedIn', 'You are not signed in.', signInHint);
    const response = await reach(
      `${this.api}${path}`,
      { headers: { accept: 'text/event-stream', authorization: `Bearer ${this.session.token}`, ...headers } },
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
    if (!this.session) throw new CliError('notSignedIn', 'You are not signed in.', signInHint);
    const response = await reach(`${this.api}${path}`, {
      method,
      headers: { accept: 'application/json', authorization: `Bearer ${this.session.token}`, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answered = await response.json().catch((): unknown => undefined);
    if (!response.ok) throw refusal(response.status, answered, headers['idempotency-key']);
    const location = response.headers.get('location');
    return { status: response.status, body: answered as Body, ...(location !== null && { location }) };
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
