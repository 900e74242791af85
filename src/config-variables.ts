/**
 * Every environment variable Homeward reads, as data: what it may be, its default, what it is for.
 * The README's table and `.env.example` are checked against it.
 */
import { z } from 'zod';
import { parseTrustProxy } from './contracts/trust-proxy';
import { parseRanges } from './notify/send/webhook-address';

export interface Variable {
  readonly schema: z.ZodType;
  /** The default as a reader should see it; empty means “not set”. */
  readonly fallback: string;
  /** One line for the table. */
  readonly purpose: string;
  /** Never printed, never logged. */
  readonly secret?: true;
}

const port = (fallback: number) => z.string().optional().transform(toPort(fallback));

function toPort(fallback: number) {
  return (value: string | undefined, context: z.RefinementCtx): number => {
    if (value === undefined) return fallback;
    const number = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= 0 && number <= 65_535) return number;
    context.addIssue({ code: 'custom', message: `“${value}” is not a port (0 to 65535)` });
    return z.NEVER;
  };
}

const count = (fallback: number, least: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((number) => number >= least, `must be at least ${least}`)
    .default(fallback);

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );

export const variables = {
  HOMEWARD_DATA: {
    schema: z.string().default('.homeward'),
    fallback: '.homeward',
    purpose: 'Folder of the embedded stack: database, process histories, mails, logs.',
  },
  HOMEWARD_API_PORT: { schema: port(8080), fallback: '8080', purpose: 'Port of the API.' },
  HOMEWARD_API_HOST: {
    schema: z.string().default('127.0.0.1'),
    fallback: '127.0.0.1',
    purpose: 'Address the API listens on; 0.0.0.0 in a container.',
  },
  HOMEWARD_PUBLIC_URL: {
    schema: url(['http:', 'https:']).optional(),
    fallback: 'http://localhost:8080',
    purpose: 'Address people reach the API under; used in links and as the local issuer.',
  },
  HOMEWARD_MECHANISM: {
    schema: z.string().default('examples/mechanisms/doha.yaml'),
    fallback: 'examples/mechanisms/doha.yaml',
    purpose: 'The mechanism file: parties, officials, deadlines.',
  },
  HOMEWARD_EXAMPLES: {
    schema: z.enum(['on', 'off'], 'must be on or off').default('on'),
    fallback: 'on',
    purpose: 'Open the eleven example cases at the first start on an empty folder: on or off.',
  },
  HOMEWARD_SEAL_KEY: {
    schema: z.string().min(32, 'must be at least 32 characters').optional(),
    fallback: '',
    purpose:
      'Secret by which the API seals commands for the worker; embedded, one is made once in the data folder.',
    secret: true,
  },
  HOMEWARD_OLD_SEAL_KEYS: {
    schema: z
      .string()
      .optional()
      .transform((text) => (text ?? '').split(/[\s,]+/).filter((key) => key !== ''))
      .refine((keys) => keys.every((key) => key.length >= 32), 'each must be at least 32 characters'),
    fallback: '',
    purpose: 'Earlier seal keys that are still believed, after one another; docs/operations.md, “Keys”.',
    secret: true,
  },
  HOMEWARD_SEAL_HOURS: {
    schema: count(24, 1),
    fallback: '24',
    purpose: 'How many hours a sealed command may be recorded; holds and withdrawals are taken after it too.',
  },
  DATABASE_URL: {
    schema: url(['postgresql:', 'postgres:']).optional(),
    fallback: '',
    purpose: 'A Postgres 18 server; without it one is embedded.',
    secret: true,
  },
  DATABASE_OWNER_URL: {
    schema: url(['postgresql:', 'postgres:']).optional(),
    fallback: '',
    purpose:
      'The same database as the owner of its tables, for migrations only; docs/operations.md, “Two roles”.',
    secret: true,
  },
  HOMEWARD_POSTGRES_PORT: {
    schema: port(0).transform((value) => (value === 0 ? undefined : value)),
    fallback: '',
    purpose: 'Let the embedded Postgres also listen on this loopback port, for psql and other tools.',
  },
  TEMPORAL_ADDRESS: {
    schema: z.string().optional(),
    fallback: '',
    purpose:
      'A Temporal server, host:port; without it one is embedded. TLS and keys as in every Temporal tool.',
  },
  TEMPORAL_NAMESPACE: { schema: z.string().optional(), fallback: 'default', purpose: 'The namespace there.' },
  TEMPORAL_PROFILE: {
    schema: z.string().optional(),
    fallback: '',
    purpose: 'A profile of the Temporal configuration file (TEMPORAL_CONFIG_FILE, or its usual place).',
  },
  TEMPORAL_CONFIG_FILE: {
    schema: z.string().optional(),
    fallback: '',
    purpose: 'The Temporal configuration file, TOML; read only if this or a profile is set.',
  },
  HOMEWARD_TEMPORAL_PORT: {
    schema: port(7233),
    fallback: '7233',
    purpose: 'Port of the embedded Temporal server.',
  },
  HOMEWARD_TEMPORAL_UI_PORT: { schema: port(8233), fallback: '8233', purpose: 'Port of its UI.' },
  HOMEWARD_TASK_QUEUE: {
    schema: z.string().min(1).default('homeward'),
    fallback: 'homeward',
    purpose: 'Task queue on which workers and API meet.',
  },
  HOMEWARD_MAX_CACHED_WORKFLOWS: {
    schema: count(2_000, 10),
    fallback: '2000',
    purpose: 'Cases a worker keeps in memory, about 45 KB each.',
  },
  HOMEWARD_WORKFLOW_STACKS: {
    schema: z.enum(['on', 'off'], 'must be on or off').default('off'),
    fallback: 'off',
    purpose:
      'Stack traces in workflow code, to look for a fault there: twice the memory of each case. on or off.',
  },
  HOMEWARD_WORKER_HEALTH_PORT: {
    schema: port(9090),
    fallback: '9090',
    purpose: 'Port on which a separate worker answers /healthz, /readyz and /metrics.',
  },
  HOMEWARD_METRICS_PORT: {
    schema: port(9464),
    fallback: '9464',
    purpose: 'Port of the API’s /metrics, and of everything’s in one process; 0 is any free one.',
  },
  HOMEWARD_METRICS_HOST: {
    schema: z.string().default('127.0.0.1'),
    fallback: '127.0.0.1',
    purpose: 'Address on which /metrics and a worker’s health listen; 0.0.0.0 only where no stranger gets.',
  },
  HOMEWARD_TRUST_PROXY: {
    schema: z
      .string()
      .optional()
      .transform((text, context) => {
        try {
          return parseTrustProxy(text ?? '');
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message });
          return z.NEVER;
        }
      }),
    fallback: '',
    purpose:
      'Proxies before the API that are believed about a caller’s address: how many, or their addresses.',
  },
  SMTP_URL: {
    schema: url(['smtp:', 'smtps:']).optional(),
    fallback: '',
    purpose: 'Mail server; without it mails are kept as files under the data folder.',
    secret: true,
  },
  HOMEWARD_SMTP_PORT: {
    schema: port(0),
    fallback: '0',
    purpose: 'Port of the embedded mail sink; 0 is any free one.',
  },
  HOMEWARD_MAIL_FROM: {
    schema: z
      .string()
      .includes('@', { message: 'must be a mail address' })
      .default('Homeward <homeward@localhost>'),
    fallback: 'Homeward <homeward@localhost>',
    purpose: 'Sender of reminders and notices.',
  },
  HOMEWARD_WEBHOOK_ALLOW: {
    schema: z
      .string()
      .optional()
      .transform((text, context) => {
        try {
          return parseRanges(text ?? '');
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message });
          return z.NEVER;
        }
      }),
    fallback: '',
    purpose:
      'Private ranges in which parties’ webhooks may be, 10.8.0.0/16; otherwise only public addresses.',
  },
  OIDC_ISSUER: {
    schema: url(['https:', 'http:']).optional(),
    fallback: '',
    purpose: 'OpenID Connect issuer of the officials; without it the local one signs them in by link.',
  },
  OIDC_AUDIENCE: {
    schema: z.string().optional(),
    fallback: '',
    purpose: 'Audience its tokens must carry; given together with OIDC_ISSUER.',
  },
  OIDC_CLIENT_ID: {
    schema: z.string().optional(),
    fallback: '',
    purpose: 'The console’s client at that issuer; without it nobody signs in there with a browser.',
  },
  OIDC_CLIENT_SECRET: {
    schema: z.string().optional(),
    fallback: '',
    purpose: 'Its secret; without one it is a public client, with PKCE.',
    secret: true,
  },
  HOMEWARD_CACHE: {
    schema: z.string().optional(),
    fallback: '~/.cache/homeward',
    purpose: 'Where the Temporal CLI is kept once obtained.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: url(['http:', 'https:']).optional(),
    fallback: '',
    purpose: 'An OpenTelemetry collector (OTLP over HTTP) for traces; without it there are none.',
  },
  HOMEWARD_TRACES_SHARE: {
    schema: z
      .string()
      .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a number from 0 to 1')
      .transform(Number)
      .default(1),
    fallback: '1',
    purpose: 'How many of all requests are traced, from 0 to 1.',
  },
  LOG_LEVEL: {
    schema: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a pino level, e.g. info')
      .optional(),
    fallback: 'warn; info for a separate api or worker',
    purpose: 'How much is logged.',
  },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
