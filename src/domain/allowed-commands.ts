/** The commands an official may send now: what the API offers, what a 409 names. */
import type { CommandType } from './commands';
import type { OfficialActor } from './parties';
import type { MechanismRules } from './mechanism';
import type { ReturnCase } from './case';

export function allowedCommandsOf(
  _state: ReturnCase,
  _actor: OfficialActor,
  _rules: MechanismRules,
): CommandType[] {
  throw new Error('being written');
}
