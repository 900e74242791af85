/**
 * Which escort is under way with which movement. No escort with two at once: an exclusion constraint. Whoever lets somebody set
 * out locks the escorts first, after the cases and all in one order; so it reads what became of those before it, and nobody
 * is refused for a transaction that then failed.
 */
import type { PoolClient } from 'pg';
import { engagedWith } from '../../domain/facts/engagements';
import type { Engagement, UnderWay } from '../../domain/facts/engagements';
import type { ReturnCase } from '../../domain/model/case';
import type { Command } from '../../domain/model/commands';
import type { CaseId, OfficialId } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import { query } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

interface EngagedCase extends Engagement {
  readonly case: CaseId;
}

/** Locks these escorts until the transaction ends, and reads with whom they are under way. */
export async function lockEngagements(
  client: PoolClient,
  mechanism: MechanismRules['id'],
  escorts: readonly OfficialId[],
): Promise<EngagedCase[]> {
  if (escorts.length === 0) return [];
  await query(client, {
    name: 'lock-escorts',
    text: `select pg_advisory_xact_lock(hashtextextended($1 || ' ' || escort, 0))
             from unnest($2::text[]) with ordinality as asked(escort, place) order by place`,
    values: [`escort of ${mechanism}`, [...new Set(escorts)].sort()],
  });
  return readEngagements(client, mechanism, escorts);
}

/** Without a lock: as it is now. */
export async function readEngagements(
  client: PoolClient,
  mechanism: MechanismRules['id'],
  escorts: readonly OfficialId[],
): Promise<EngagedCase[]> {
  const { rows } = await query<EngagedCase & Record<string, unknown>>(client, {
    name: 'read-engagements',
    text: `select case_id as "case", escort, movement from engagements
            where mechanism_id = $1 and escort = any ($2::text[])`,
    values: [mechanism, escorts],
  });
  return rows;
}

/** What a command that sends an escort on the way rests on; undefined for any other, and where the rules do not ask. */
export async function underWayFor(
  client: PoolClient,
  { state, rules, command, family }: Asked,
  find = lockEngagements,
): Promise<UnderWay | undefined> {
  if (rules.escortsEngagedOnce !== true || !state) return undefined;
  const escort = sentBy(command, state);
  if (escort === undefined) return undefined;
  const engaged = await find(client, rules.id, [escort]);
  const withSibling = engaged.find((each) => family.includes(each.case));
  const movement = command.type === 'depart' ? (withSibling?.movement ?? state.id) : state.movement;
  return movement === undefined ? undefined : { movement, engaged };
}
interface Asked {
  readonly state: ReturnCase | undefined;
  readonly rules: MechanismRules;
  readonly command: Command;
  /** The case and all whom sibling links tie to it, where the command asks of them. */
  readonly family: readonly CaseId[];
}

function sentBy(command: Command, state: ReturnCase): OfficialId | undefined {
  if (command.type === 'depart') return state.escort?.official;
  if (!state.journey) return undefined;
  if (command.type === 'assignEscort') return command.escort;
  return command.type === 'noteSubstitution' ? command.by : undefined;
}

/** Nothing where nobody is engaged or freed by it. */
export function writeEngagements(before: ReturnCase | undefined, after: ReturnCase): Statement[] {
  const [was, is] = [engagedWith(before), engagedWith(after)];
  const isIn = (some: readonly Engagement[]) => (one: Engagement) =>
    some.some(({ escort, movement }) => escort === one.escort && movement === one.movement);
  const [freed, taken] = [was.filter((each) => !isIn(is)(each)), is.filter((each) => !isIn(was)(each))];
  return [
    ...(freed.length > 0
      ? [
          {
            name: 'end-engagements',
            text: 'delete from engagements where case_id = $1 and escort = any ($2::text[])',
            values: [after.id, freed.map(({ escort }) => escort)],
          },
        ]
      : []),
    ...(taken.length > 0 ? [addEngagements(after, taken)] : []),
  ];
}

const addEngagements = ({ id, mechanism }: ReturnCase, engaged: readonly Engagement[]): Statement => ({
  name: 'add-engagements',
  text: `insert into engagements (mechanism_id, case_id, escort, movement)
         select $1, $2, escort, movement
           from jsonb_to_recordset($3::jsonb) as row(escort text, movement text)`,
  values: [mechanism.id, id, JSON.stringify(engaged)],
});
