/** What a command's own rules get to see, and what they answer. */
import type { ReturnCase } from '../case';
import type { CommandOf, CommandType } from '../commands';
import type { DecisionContext } from '../decide';
import type { CaseEvent } from '../events';
import type { Actor, OfficialActor } from '../parties';
import type { Rejection } from '../rejections';

export interface Handling extends DecisionContext {
  readonly actor: Actor;
}
export type Outcome = readonly CaseEvent[] | { readonly rejection: Rejection };
export type Handler<Type extends CommandType> = (
  state: ReturnCase,
  command: CommandOf<Type>,
  handling: Handling,
) => Outcome;
export type HandlerTable<Types extends CommandType> = { readonly [Type in Types]: Handler<Type> };

/** The command table has let only officials through; this narrows the type. */
export function officialOf({ actor }: Handling): OfficialActor {
  if ('official' in actor) return actor;
  throw new Error('the command table admits only officials here');
}

/** Optional fields are left out rather than carried as undefined: events are compared as JSON. */
export const given = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
