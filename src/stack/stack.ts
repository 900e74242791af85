/**
 * Brings up what Homeward stands on, as far as it is not given from outside: Postgres, Temporal with
 * its UI, and a mail sink. Starts them side by side and stops them in order. It reads no
 * configuration itself and knows nothing of cases.
 */
import { openDataFolder, type DataFolder } from './data-folder';
import { lockDataFolder } from './lock';
import { startMailSink } from './mail-sink';
import { startPostgres } from './postgres/postgres';
import { assertPortsFree, oneFaultOf } from './process/ports';
import type { WantedPort } from './process/ports';
import type { Progress, Task } from './process/progress';
import { startTemporalServer } from './temporal/server';

export interface StackSettings {
  readonly dataFolder: string;
  readonly cacheFolder?: string;
  /** An address means: not embedded. */
  readonly postgres:
    | { readonly url: string; readonly ownerUrl?: string }
    | { readonly tcpPort?: number; readonly settings?: Readonly<Record<string, string>> };
  readonly temporal:
    | { readonly address: string; readonly namespace: string }
    | {
        readonly port: number;
        readonly uiPort: number;
        readonly namespace: string;
        readonly extraArguments?: readonly string[];
      };
  readonly mail: { readonly url: string } | { readonly port: number };
  /** What else will listen: looked at together with the rest, so that all that is taken is told at once. */
  readonly alsoListening?: readonly WantedPort[];
}

export interface Stack {
  readonly folder: DataFolder;
  /** For `pg`: `new Pool({ connectionString: stack.databaseUrl })`. */
  readonly databaseUrl: string;
  /** Of the owner of its tables: for migrations and a restore only. */
  readonly ownerUrl: string;
  /** Only of the embedded Postgres: superuser, on the database `postgres`. */
  readonly superuserUrl?: string;
  readonly temporal: { readonly address: string; readonly namespace: string; readonly uiUrl?: string };
  readonly smtpUrl: string;
  /** Where the embedded sink keeps mails. */
  readonly mailFolder?: string;
  /** Process ids of the embedded children, for operators and tests. */
  pids(): { postgres?: number; temporal?: number };
  /** Tells a second start where the first one answers. */
  announce(apiUrl: string): void;
  /** Stops the children; the worker must have drained before. Safe to call twice. */
  stop(): Promise<void>;
}

/** What a part tells, embedded or given: the pid of an embedded one is undefined while it restarts. */
interface DatabasePart {
  readonly url: string;
  readonly ownerUrl: string;
  readonly superuserUrl?: string;
  readonly pid?: number | undefined;
}
interface EnginePart {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl?: string;
  readonly pid?: number | undefined;
}
interface MailPart {
  readonly url: string;
  readonly folder?: string;
}

/** Rejects with a `StackError` for every fault a newcomer can mend; nothing it started is left running then. */
export async function startStack(settings: StackSettings, progress: Progress): Promise<Stack> {
  const folder = openDataFolder(settings.dataFolder);
  const lock = await lockDataFolder(folder);
  const stops: (() => Promise<void>)[] = [];
  const say = (line: string) => {
    progress.say(`  ! ${line}`);
  };
  const part = async <T>(what: string, start: (task: Task) => Promise<[T, string]>): Promise<T> => {
    const began = Date.now();
    const task = progress.task(what);
    try {
      const [value, outcome] = await start(task);
      task.done(`${outcome} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
      return value;
    } finally {
      task.drop();
    }
  };

  const postgres = () =>
    part<DatabasePart>('Postgres', async (task) => {
      if ('url' in settings.postgres) {
        const { url, ownerUrl = url } = settings.postgres;
        return [{ url, ownerUrl }, 'given by DATABASE_URL'];
      }
      const server = await startPostgres({ folder, task, say, ...settings.postgres });
      stops.push(() => server.stop());
      return [server, `${server.version.split('-')[0] ?? server.version} ready`];
    });
  const temporal = () =>
    part<EnginePart>('Temporal', async (task) => {
      if ('address' in settings.temporal)
        return [settings.temporal, `given, at ${settings.temporal.address}`];
      const cache = settings.cacheFolder === undefined ? {} : { cacheFolder: settings.cacheFolder };
      const server = await startTemporalServer({ folder, task, say, ...cache, ...settings.temporal });
      stops.push(() => server.stop());
      return [server, `${server.server} ready`];
    });
  const mail = () =>
    part<MailPart>('Mail', async () => {
      if ('url' in settings.mail) return [{ url: settings.mail.url }, 'given by SMTP_URL'];
      const sink = await startMailSink({ folder: folder.mail, port: settings.mail.port });
      stops.push(() => sink.stop());
      return [{ url: `smtp://127.0.0.1:${sink.port}`, folder: sink.folder }, `kept in ${sink.folder}`];
    });

  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= (async () => {
      await Promise.all(stops.map((stopPart) => stopPart()));
      await lock.release();
    })());

  // All settle before a fault is told, so that a part that came up beside it is stopped too.
  const [database, engine, post, ports] = await Promise.allSettled([
    postgres(),
    temporal(),
    mail(),
    assertPortsFree(settings.alsoListening ?? []),
  ]);
  if (
    database.status === 'rejected' ||
    engine.status === 'rejected' ||
    post.status === 'rejected' ||
    ports.status === 'rejected'
  ) {
    await stop();
    throw oneFaultOf(
      [database, engine, post, ports].flatMap((result) =>
        result.status === 'rejected' ? [result.reason as unknown] : [],
      ),
    );
  }
  const [pg, server, sink] = [database.value, engine.value, post.value];
  return {
    folder,
    databaseUrl: pg.url,
    ownerUrl: pg.ownerUrl,
    ...(pg.superuserUrl === undefined ? {} : { superuserUrl: pg.superuserUrl }),
    temporal: {
      address: server.address,
      namespace: server.namespace,
      ...(server.uiUrl === undefined ? {} : { uiUrl: server.uiUrl }),
    },
    smtpUrl: sink.url,
    ...(sink.folder === undefined ? {} : { mailFolder: sink.folder }),
    pids: () => ({
      ...(pg.pid === undefined ? {} : { postgres: pg.pid }),
      ...(server.pid === undefined ? {} : { temporal: server.pid }),
    }),
    announce: (apiUrl) => {
      const { address, namespace, uiUrl } = server;
      lock.note({
        apiUrl,
        // One given from outside may hold a password, and its tools are given it the same way.
        ...(pg.superuserUrl === undefined ? {} : { databaseUrl: pg.url }),
        temporal: { address, namespace, ...(uiUrl === undefined ? {} : { uiUrl }) },
      });
    },
    stop,
  };
}
