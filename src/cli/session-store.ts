/**
 * Who is signed in from this account, per API: one file each under the XDG configuration folder, readable by
 * its owner only. Several officials may be signed in at once; the last one acts unless `--as` names another.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Session {
  readonly official: string;
  readonly token: string;
  /** ISO instant. */
  readonly expiresAt: string;
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

  return {
    /** Undefined when nobody, or not this official, is signed in or the session is over. */
    async find(official?: string): Promise<Session | undefined> {
      const { current, officials } = await read();
      const name = official ?? current;
      const session = name === undefined ? undefined : officials[name];
      return session && session.expiresAt > new Date().toISOString() ? session : undefined;
    },
    async keep(session: Session): Promise<void> {
      const { officials } = await read();
      const now = new Date().toISOString();
      const valid = Object.entries(officials).filter(([, { expiresAt }]) => expiresAt > now);
      const kept = { ...Object.fromEntries(valid), [session.official]: session };
      await write({ api, current: session.official, officials: kept });
    },
    forgetAll: (): Promise<void> => rm(file, { force: true }),
  };
};
export type SessionStore = ReturnType<typeof createSessionStore>;
