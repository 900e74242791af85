/**
 * `npm run races -- --count N --seed S`: on a real Postgres, through two processes' worth of connections, a group's departure
 * against a withdrawal, a hold, a second departure, a departure of one child alone, a change of the list, an abort, a no-go, a
 * link of siblings, or a writer whose connection is cut, each started at a random instant around the departure; and children
 * who want the last bed on the same nights. Afterwards the raw events are read by an auditor who shares no code with the rules.
 * The same seed gives the same races; who wins them is the machine's.
 *
 * Bringing three children to a departure takes some hundred commands. So one round of races is laid once, and each round is run
 * on a copy of that database.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { addDays } from '../../src/domain/facts/days';
import type { RecordedGroupEvent } from '../../src/domain/group/group';
import type { Command } from '../../src/domain/model/commands';
import type { CaseId } from '../../src/domain/model/ids';
import { brokerVariable } from '../support/ask-broker';
import { createTestDatabase } from '../support/postgres';
import type { TestDatabase } from '../support/postgres';
import { startBroker } from '../support/stack-broker';
import { groupsOf, inHours } from '../record/support/group-room';
import { caseAt, openRecordRoom } from '../record/support/record-room';
import type { RecordRoom } from '../record/support/record-room';
import { bedsHeldIn, faultsOf } from './group-audit';
import { randomOf } from './group-script';
import type { Random } from './group-script';
import { countedFrom } from './options';

/** Milliseconds around the departure within which the other one starts. */
const window = 12;
/** So many races are laid in one database, so many of them at once. */
const perRound = 30;
const atOnce = 8;
/** Approvals and papers end some day: what was laid is laid anew. */
const keptForMs = 30 * 60_000;
type Groups = ReturnType<typeof groupsOf>;
interface Departing {
  readonly kind: string;
  readonly group: string;
  /** The first two are siblings. */
  readonly members: readonly [CaseId, CaseId, CaseId];
  readonly list: { version: number; hash: string };
}
interface Lodging {
  readonly kind: string;
  /** The first one may have the bed already. */
  readonly wanting: readonly CaseId[];
  readonly nights: { readonly firstNight: string; readonly leavesOn: string };
}
type Laid = Departing | Lodging;
interface Ground {
  readonly room: RecordRoom;
  readonly groups: Groups;
  readonly other: RecordRoom['record'];
}
type Race = Departing & Ground;

const against: Readonly<Record<string, (race: Race) => Promise<unknown>>> = {
  'a withdrawal': ({ room, members }) => tried(room, 'ua-decider', members[0], { type: 'withdrawApproval' }),
  'a hold': ({ room, members }) =>
    tried(room, 'ru-official-1', members[0], { type: 'placeHold', hold: 'race', reason: 'legal' }),
  'a child that says no': ({ room, members }) =>
    tried(room, 'qa-interviewer', members[1], {
      ...{ type: 'recordHearing', recipient: 'recipient-1', answer: 'unwilling' },
    }),
  'an emergency': ({ room, members }) =>
    tried(room, 'em-host', members[2], { type: 'reportMedicalEmergency' }),
  'a clearance taken back': ({ room, members }) =>
    tried(room, 'em-clinician', members[2], { type: 'clearMedically', fit: false }),
  'a second departure': ({ groups, group, list, other }) =>
    groups.send('qa-lead', group, { type: 'departGroup', ...list }, { on: other }),
  'one child alone': ({ room, members }) => tried(room, 'qa-lead', members[2], { type: 'depart' }),
  'a change of the list': ({ groups, group, members, other }) =>
    groups.send(
      'qa-officer-1',
      group,
      {
        type: 'changeList',
        members: members.slice(0, 2),
        departAt: inHours(1),
        place: 'kyiv',
        route: 'road',
      },
      { on: other },
    ),
  'a no-go': ({ groups, group, other }) =>
    groups.send('ru-decider', group, { type: 'sayNoGo' }, { on: other }),
  'an end of the group': ({ groups, group, other }) =>
    groups.send('qa-lead', group, { type: 'abortGroup', reason: 'other' }, { on: other }),
  'a dispute': ({ groups, group, list, other }) =>
    groups.send('ua-decider', group, { type: 'disputeTerms', ...list, terms: ['route'] }, { on: other }),
  'a link': ({ room, members }) =>
    tried(room, 'qa-officer-1', members[2], { type: 'linkSiblings', siblings: [members[0]] }),
  'cut connections': async ({ room }) => {
    await room.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    );
  },
};

/** Refusals and cut connections are part of the game. */
const tried = (room: RecordRoom, official: string, id: CaseId, command: Command): Promise<unknown> =>
  room.send(official, id, command).catch(() => undefined);

const forBeds = ['the last bed', 'a bed given back'];
const kinds = [...Object.keys(against), ...forBeds];
/** All beds but one are taken by the children who wait for their departure. */
const capacity = (3 * perRound * Object.keys(against).length) / kinds.length + 1;

async function runDeparture(race: Race, random: Random): Promise<void> {
  const { groups, group, list, kind } = race;
  const [early, late] = random() < 0.5 ? [random() * window, 0] : [0, random() * window];
  const command = { type: 'departGroup', ...list } as const;
  await Promise.all([
    sleep(early)
      .then(() => groups.send('qa-lead', group, command, { id: `race-${group}` }))
      // Whoever gets no answer sends it again, under the same id.
      .catch(() => groups.send('qa-lead', group, command, { id: `race-${group}` }))
      .catch(() => undefined),
    sleep(late).then(() => against[kind]?.(race).catch(() => undefined)),
  ]);
}

/** All want it within the window, through both processes. */
async function runLodging(
  { room, other, wanting, nights, kind }: Lodging & Ground,
  random: Random,
): Promise<void> {
  const [holder, ...rest] = wanting;
  const ask = (id: CaseId, index: number): Promise<unknown> =>
    (index % 2 ? other : room.record)
      .submit(room.envelope('em-host', id, { type: 'confirmPlace', ...nights }), {
        knownVersion: 0,
        route: 'process',
      })
      .catch(() => undefined);
  await Promise.all([
    ...rest.map((id, index) => sleep(random() * window).then(() => ask(id, index))),
    sleep(random() * window).then(() =>
      kind === 'the last bed' || holder === undefined
        ? ask(holder ?? '', 1)
        : tried(room, 'em-host', holder, { type: 'declinePlace' }),
    ),
  ]);
}

/** How often: all set out, some did, nobody did; for beds: somebody has it, nobody. */
type Tally = Map<string, number>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
  });
  const count = countedFrom(values.count, 'count');
  const seed = countedFrom(values.seed, 'seed');
  const broker = await startBroker();
  process.env[brokerVariable] = broker.url;
  try {
    const violations = await races(count, seed, (line) => console.log(line));
    process.exitCode = violations > 0 ? 1 : 0;
  } finally {
    await broker.stop();
  }
}

/** Gives the number of violations. `spoil` is asked before each round: for tests of the auditor. */
export async function races(
  count: number,
  seed: number,
  say: (line: string) => void,
  spoil: (database: TestDatabase) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const started = Date.now();
  const random = randomOf(seed);
  const tallies = new Map<string, Tally>(kinds.map((kind) => [kind, new Map()]));
  const violations: string[] = [];
  let ground:
    { readonly database: TestDatabase; readonly laid: readonly Laid[]; readonly at: number } | undefined;
  try {
    for (let done = 0; done < count; done += perRound) {
      if (!ground || Date.now() - ground.at > keptForMs) {
        await ground?.database.drop();
        ground = { ...(await layRound()), at: Date.now() };
      }
      const database = await createTestDatabase({ like: ground.database });
      await spoil(database);
      const races = ground.laid.slice(0, count - done);
      violations.push(...(await runRound(database, { races, done, random, tallies })));
    }
  } finally {
    await ground?.database.drop();
  }
  for (const [kind, tally] of tallies)
    say(`${kind}: ${[...tally].map(([ending, times]) => `${times} ${ending}`).join(', ')}`);
  for (const violation of violations.slice(0, 20)) say(violation);
  const seconds = ((Date.now() - started) / 1_000).toFixed(0);
  say(`${count} races, ${violations.length} violations (seed ${seed}, ${seconds} s)`);
  return violations.length;
}

async function runRound(
  database: TestDatabase,
  {
    races,
    done,
    random,
    tallies,
  }: { races: readonly Laid[]; done: number; random: Random; tallies: Map<string, Tally> },
): Promise<string[]> {
  const violations: string[] = [];
  const room = await openRecordRoom({ database, capacity });
  const other = room.another();
  for (const { pool } of [room, other]) pool.on('error', () => undefined);
  const ground = { room, other: other.record, groups: groupsOf(room) };
  try {
    // One after the other: two races at once would cut each other's connections.
    for (const [index, race] of races.entries()) {
      if ('group' in race) await runDeparture({ ...race, ...ground }, random);
      else await runLodging({ ...race, ...ground }, random);
      const { ending, faults } = await ('group' in race
        ? auditDeparture(room, race)
        : auditLodging(room, race));
      violations.push(...faults.map((fault) => `race ${done + index} against ${race.kind}: ${fault}`));
      const tally = tallies.get(race.kind);
      tally?.set(ending, (tally.get(ending) ?? 0) + 1);
    }
  } finally {
    await room.close();
  }
  return violations;
}

/** A round of races on a database of its own, to which nobody is connected afterwards. */
async function layRound(): Promise<{ database: TestDatabase; laid: Laid[] }> {
  const database = await createTestDatabase();
  const room = await openRecordRoom({ database: { ...database, drop: () => Promise.resolve() }, capacity });
  const groups = groupsOf(room);
  try {
    const laid: Laid[] = [];
    for (let done = 0; done < perRound; done += atOnce) {
      const batch = Array.from(
        { length: Math.min(atOnce, perRound - done) },
        (_unused, index) => done + index,
      );
      laid.push(...(await Promise.all(batch.map((number) => lay(room, groups, number)))));
    }
    return { database, laid };
  } finally {
    await room.close();
  }
}

async function lay(room: RecordRoom, groups: Groups, number: number): Promise<Laid> {
  const kind = kinds[number % kinds.length]!;
  if (forBeds.includes(kind)) return layLodging(room, kind, number);
  const first = await caseAt(room, 'ready');
  const members = [
    first,
    await caseAt(room, 'ready', { siblings: [first] }),
    await caseAt(room, 'ready'),
  ] as const;
  const group = await groups.at('go', [...members]);
  return { kind, group, members, list: await groups.listOf(group) };
}

/** Each on nights of its own, so that it is always the same single bed that is free. */
async function layLodging(room: RecordRoom, kind: string, number: number): Promise<Lodging> {
  const wanting: CaseId[] = [];
  for (let index = 0; index < 4; index += 1) wanting.push(await caseAt(room, 'place-asked'));
  const today = new Date().toISOString().slice(0, 10);
  const nights = { firstNight: addDays(today, 10 * number + 2), leavesOn: addDays(today, 10 * number + 9) };
  if (kind === 'a bed given back')
    await room.act('em-host', wanting[0]!, { type: 'confirmPlace', ...nights });
  return { kind, wanting, nights };
}

interface Audited {
  readonly ending: string;
  readonly faults: readonly string[];
}
const eventsOf = async (room: RecordRoom, ids: readonly CaseId[]) =>
  new Map(
    await Promise.all(ids.map(async (id) => [id, await room.record.listEvents(id, 1_000_000)] as const)),
  );

async function auditDeparture(room: RecordRoom, { group, members }: Departing): Promise<Audited> {
  const children = await eventsOf(room, members);
  const { rows } = await room.pool.query<RecordedGroupEvent & { command_id: string }>(
    `select case_id as "case", version, at, actor, command_id as "commandId", event from events
      where case_id = $1 order by version`,
    [group],
  );
  const taken = await room.pool.query<{ id: string }>(
    `select case_id as id from bookings where left_at is null and case_id = any ($1::text[])`,
    [members],
  );
  const faults = faultsOf([rows], children, room.mechanism as never);
  // Never-rule 5: the bed of one who was taken into the escort's care is free; nobody here was taken yet.
  if (taken.rows.length !== members.length) faults.push('a bed was lost');
  const gone = [...children.values()].filter((events) =>
    events.some(({ event }) => event.type === 'Departed'),
  );
  return { ending: `${gone.length} of ${members.length} set out`, faults };
}

async function auditLodging(room: RecordRoom, { wanting, nights }: Lodging): Promise<Audited> {
  const lodged = bedsHeldIn(await eventsOf(room, wanting), nights.firstNight);
  const { rows } = await room.pool.query<{ id: CaseId }>(
    `select case_id as id from bookings where left_at is null and case_id = any ($1::text[]) order by case_id`,
    [wanting],
  );
  const faults = lodged.length > 1 ? [`one bed was promised to ${lodged.length} children`] : [];
  if (rows.map(({ id }) => id).join() !== [...lodged].sort().join())
    faults.push('the events and the bookings differ');
  return { ending: `${lodged.length} have the bed`, faults };
}

if (require.main === module) void main();
