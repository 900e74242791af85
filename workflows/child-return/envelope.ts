/**
 * Whether something that arrived looks like a command at all. Only the skeleton is judged here: the edge that
 * sealed an envelope has checked its contents, and the record refuses an official's command without a seal.
 */
import type { CommandEnvelope } from '../../src/domain/model/commands';
import type { News, RestartNote } from './messages';

/** Longer than any id the edge makes; keeps garbage out of Temporal's logs and the record. */
const maxIdLength = 200;

export function isEnvelope(value: unknown): value is CommandEnvelope {
  return (
    isObject(value) &&
    isId(value.id) &&
    isId(value.case) &&
    isObject(value.command) &&
    isId(value.command.type) &&
    isActor(value.actor) &&
    (value.expectedVersion === undefined || Number.isSafeInteger(value.expectedVersion)) &&
    (value.seal === undefined || typeof value.seal === 'string')
  );
}

/** Shown to operators, so only what can't hold a name: a code, and an instant. */
export function findRestartNote(value: unknown): RestartNote | undefined {
  if (!isObject(value) || typeof value.cause !== 'string' || typeof value.at !== 'string') return undefined;
  const isShown = /^[a-z-]{1,30}$/.test(value.cause) && !Number.isNaN(Date.parse(value.at));
  return isShown ? ({ cause: value.cause, at: value.at } as RestartNote) : undefined;
}

/** The well-formed lines of a list of news. They are shown to operators, so only what can't hold a name. */
export function findNews(value: unknown): News[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, maxNews).filter(isNews);
}
const maxNews = 100;

const isNews = (value: unknown): value is News =>
  isObject(value) &&
  Number.isSafeInteger(value.version) &&
  typeof value.command === 'string' &&
  /^[a-zA-Z]{1,40}$/.test(value.command) &&
  (value.party === undefined || (typeof value.party === 'string' && /^[a-z0-9-]{1,40}$/.test(value.party)));

function isActor(value: unknown): boolean {
  if (!isObject(value)) return false;
  if ('system' in value) return isId(value.system);
  return isId(value.official) && isId(value.party) && Array.isArray(value.roles) && value.roles.every(isId);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= maxIdLength;
