/**
 * Why the record could not answer: never a rejection of a command (those are values), always a fault of the
 * surroundings or of the caller's code. `transient` says whether the same request may succeed later; whoever
 * retries must ask it, because a fault that stays would be retried for ever.
 */
import { types } from 'node:util';
import { DatabaseError } from 'pg';

export type RecordFault =
  /** Postgres is away, restarting, full or read-only. */
  | 'database-unavailable'
  /** It answers, and its disk is full or it is read-only. */
  | 'unwritable'
  /** Others held the case too long, or transactions kept colliding. */
  | 'contention'
  /** A value Postgres can't keep, such as a NUL character in a text. */
  | 'unstorable'
  | 'schema-newer'
  | 'schema-older'
  | 'unknown-mechanism'
  | 'mechanism-differs'
  | 'official-removed'
  /** A version takes away, or gives another meaning to, what the version before it has. */
  | 'mechanism-breaks-earlier'
  | 'dossier-differs'
  | 'not-direct'
  /** This role may not do it, such as changing the schema as the application's. */
  | 'not-allowed'
  /** Anything else: a defect. */
  | 'unexpected';

export class RecordError extends Error {
  override readonly name = 'RecordError';
  constructor(
    readonly code: RecordFault,
    message: string,
    readonly transient: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

interface Reading {
  readonly code: RecordFault;
  readonly transient: boolean;
  /** Worth repeating at once, inside the record. */
  readonly repeat: boolean;
}
const collision: Reading = { code: 'contention', transient: true, repeat: true };
const away: Reading = { code: 'database-unavailable', transient: true, repeat: true };
const unavailable: Reading = { code: 'database-unavailable', transient: true, repeat: false };
const unstorable: Reading = { code: 'unstorable', transient: false, repeat: false };
const notAllowed: Reading = { code: 'not-allowed', transient: false, repeat: false };
const unexpected: Reading = { code: 'unexpected', transient: false, repeat: false };

/** SQLSTATEs: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const bySqlState: Readonly<Record<string, Reading>> = {
  '40001': collision, // serialization_failure
  '40P01': collision, // deadlock_detected
  '23001': collision, // restrict_violation: the command was written meanwhile, and says so on the next look
  '55P03': { ...collision, repeat: false }, // lock_not_available: lock_timeout has waited already
  '57014': { ...collision, repeat: false }, // query_canceled: statement_timeout
  '25P03': away, // idle_in_transaction_session_timeout
  '57P01': away, // admin_shutdown
  '57P02': away, // crash_shutdown
  '57P03': away, // cannot_connect_now
  '57P05': away, // idle_session_timeout
  '0A000': away, // feature_not_supported: a plan from before a migration; the next connection has none
  '26000': away, // invalid_sql_statement_name: a pooler in between has mixed up connections
  '25006': away, // read_only_sql_transaction: a standby; the next connection may reach the primary
  '42501': notAllowed, // insufficient_privilege
  '22021': unstorable, // character_not_in_repertoire
  '22P05': unstorable, // untranslatable_character
  '22P02': unstorable, // invalid_text_representation
  '22003': unstorable, // numeric_value_out_of_range
  '22008': unstorable, // datetime_field_overflow
};
/** Connection lost; no access, no such database: somebody is reconfiguring; out of resources; system error. */
const bySqlClass: Readonly<Record<string, Reading>> = {
  '08': away,
  '28': unavailable,
  '3D': unavailable,
  '53': unavailable,
  '58': unavailable,
};
/** Two that wrote the same new row at once: the one who waited looks again and finds the other's. */
const writtenOnce = new Set([
  'commands_pkey',
  'cases_pkey',
  'events_pkey',
  'dossiers_pkey',
  'places_pkey',
  'bookings_standing',
  'webhook_secrets_pkey',
  'webhook_secrets_request_key',
]);
const lostConnection =
  /ECONNRESET|ECONNREFUSED|EPIPE|ENOENT|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable|connection error/;
/** This process is stopping; another one will take the command. */
const stopping = 'after calling end on the pool';

function read(error: unknown): Reading {
  if (error instanceof RecordError)
    return { code: error.code, transient: error.transient, repeat: error.code === 'contention' };
  if (error instanceof DatabaseError) {
    const state = error.code ?? '';
    if (state === '23505' && writtenOnce.has(error.constraint ?? '')) return collision;
    if (state === '23P01' && error.constraint === 'engagements_once') return collision;
    return bySqlState[state] ?? bySqlClass[state.slice(0, 2)] ?? unexpected;
  }
  if (!types.isNativeError(error)) return unexpected;
  if (error.message.includes(stopping)) return unavailable;
  const { code } = error as NodeJS.ErrnoException;
  return lostConnection.test(`${code ?? ''} ${error.message}`) ? away : unexpected;
}

export const mayRepeat = (error: unknown): boolean => read(error).repeat;

/**
 * Says where Postgres objected, never what it said: its messages and details quote the values of the row, and
 * those may be a child's.
 */
export function recordErrorOf(error: unknown): RecordError {
  if (error instanceof RecordError) return error;
  const { code, transient } = read(error);
  if (!(error instanceof DatabaseError))
    return new RecordError(code, `the record did not answer: ${code}`, transient, { cause: error });
  const place = [error.code, error.table, error.column, error.constraint].filter(Boolean).join(' ');
  return new RecordError(code, `the record did not answer: ${code} (${place})`, transient, {
    // The state alone: the error itself quotes the row.
    cause: { code: error.code },
  });
}
