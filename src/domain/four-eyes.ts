/**
 * Which acts one person alone may not do, and whose second word they need: act → who confirms. Who may propose is
 * the command table's; which papers an act needs, `papers.ts`. Source: child-first.md, "Four eyes" and never-rule 16.
 */
import type { ReturnCase } from './case';
import type { ClosureOutcome, Command, CommandOf, CommandType } from './commands';
import type { MechanismRules, Office } from './mechanism';
import type { OfficialActor } from './parties';
import type { SecondPerson } from './proposals';
import type { Instant } from './time';

interface Asking {
  readonly actor: OfficialActor;
  readonly mechanism: MechanismRules;
  readonly now: Instant;
}
/** Undefined: one person may do it alone as things stand. */
type Need<Type extends CommandType> = (
  state: ReturnCase,
  command: CommandOf<Type>,
  asking: Asking,
) => SecondPerson | undefined;

const officers: readonly Office[] = [{ kind: 'mediator', roles: ['case-officer', 'lead'] }];
const onDuty: readonly Office[] = [{ kind: 'mediator', roles: ['duty-officer', 'case-officer', 'lead'] }];
/** Who hears children and reviews what others found. */
const panel: readonly Office[] = [{ kind: 'mediator', roles: ['reviewer', 'interviewer', 'case-officer'] }];

const closuresOfTwo: readonly ClosureOutcome[] = ['deceased', 'already-home', 'no-return'];

export const fourEyes: { readonly [Type in CommandType]?: Need<Type> } = {
  closeCase: (_state, { outcome }) => (closuresOfTwo.includes(outcome) ? { offices: officers } : undefined),
  waiveSiblingUnity: () => ({ offices: panel }),
  determineBestInterests: () => ({ offices: panel }),
  /* A side has said no while the child travels: going on against it is not one person's word. */
  decideRecall: (_state, { outcome }) =>
    outcome === 'continue' ? { offices: onDuty, urgent: true } : undefined,
};

export function secondPersonFor(
  state: ReturnCase,
  command: Command,
  asking: Asking,
): SecondPerson | undefined {
  // The table gives each type its own rule; TypeScript can't follow the pairing through the index.
  const need = fourEyes[command.type] as Need<CommandType> | undefined;
  return need?.(state, command, asking);
}
