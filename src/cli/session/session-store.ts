/**
 * Who is signed in from this account, per API: one file each under the XDG configuration folder, readable by
 * its owner only. Several officials may be signed in at once; the last one acts unless `--as` names another.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { holdingFile } from '../hold-file';

export interface Session {
  readonly official: string;
  readonly token: string;
  /** Of the token; ISO instant. */
  readonly expiresAt: string;
  /** Who gave it. */
  readonly issuer?: string;
  /** Gets the next token, once. Not every issuer gives one. */
  readonly refreshToken?: string;
}
interface Sessions {
  readonly api: string;
  readonly current?: string;
  readonly officials: Readonly<Record<string, Session>>;
}

export const createSessionStore = (api: string, env: NodeJS.ProcessEnv = process.env) => {
  const folder = join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'homeward');
  const file = join(folder, `session-${createHash('sha256').update(api).digest('hex').slice(0, 16)}.json`);

  const read = async (): Promise<Sessions> => {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    try {
      return text === undefined ? { api, officials: {} } : (JSON.parse(text) as Sessions);
    } catch {
      return { api, officials: {} };
    }
  };
  const write = async (sessions: Sessions): Promise<void> => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const aside = `${file}.${process.pid}`;
    await writeFile(aside, JSON.stringify(sessions, null, 2), { mode: 0o600 });
    await chmod(aside, 0o600);
    await rename(aside, file);
  };
  /** Two commands at once must neither lose what the other has written nor use one refresh token twice. */
  const alone = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return holdingFile(`${file}.lock`, act);
  };
  const find = async (official?: string): Promise<Session | undefined> => {
    const { current, officials } = await read();
    const name = official ?? current;
    const session = name === undefined ? undefined : officials[name];
    return session && isUsable(session) ? session : undefined;
  };

  return {
    /** Undefined when nobody, or not this official, is signed in or the session is over. */
    find,
    keep: (session: Session): Promise<void> =>
      alone(async () => {
        const { officials } = await read();
        const usable = Object.entries(officials).filter(([, kept]) => isUsable(kept));
        const kept = { ...Object.fromEntries(usable), [session.official]: session };
        await write({ api, current: session.official, officials: kept });
      }),
    /**
     * The session in place of one whose token has run out or was refused, by `ask`, which is asked by one process at a
     * time: the others find what it got. Undefined when the session is over.
     */
    renew: (spent: Session, ask: (kept: Session) => Promise<Session | undefined>) =>
      alone(async (): Promise<Session | undefined> => {
        const kept = await find(spent.official);
        if (kept?.token !== spent.token) return kept;
        const next = await ask(kept);
        const { [spent.official]: _, ...others } = (await read()).officials;
        await write({ ...(await read()), officials: { ...others, ...(next && { [next.official]: next }) } });
        return next;
      }),
    /** Forgets them all, and says whose they were. */
    forgetAll: (): Promise<Session[]> =>
      alone(async () => {
        const { officials } = await read();
        await rm(file, { force: true });
        return Object.values(officials).filter(isUsable);
      }),
  };
};
export type SessionStore = ReturnType<typeof createSessionStore>;

const isUsable = ({ expiresAt, refreshToken }: Session): boolean =>
  refreshToken !== undefined || expiresAt > new Date().toISOString();
