/**
 * A group's departure, and who could travel together among thousands who are ready: asked of the record itself, on the servers'
 * own disk. The departures are real ones: each group of children is laid ready and gone afterwards.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { findOfficial } from '../../src/contracts/mechanism/mechanism';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { canonicalHash, sealEnvelope } from '../../src/contracts/seal';
import { rulesOf } from '../../src/contracts/mechanism/mechanism';
import { listTerms } from '../../src/domain/group/group';
import type { GroupCommand } from '../../src/domain/group/group';
import type { CommandEnvelope } from '../../src/domain/model/commands';
import type { CaseId } from '../../src/domain/model/ids';
import { createPool } from '../../src/record/postgres/database';
import { migrateToLatest } from '../../src/record/migrations/migrate';
import { createRecord } from '../../src/record/record';
import type { CaseRecord } from '../../src/record/record';
import { inventedDossier } from '../homeward/dossier';
import { benchMechanism } from '../homeward/mechanism';
import { inLanes } from '../load/lay-cases';
import { recordSteps } from '../load/record-steps';
import type { Servers } from '../servers';

export interface GroupPlan {
  /** Children ready when candidates are asked for. */
  readonly ready: number;
  /** How many groups depart. */
  readonly departures: number;
  readonly size: number;
}
export interface GroupFigures extends GroupPlan {
  /** Milliseconds each took. */
  readonly departureMs: readonly number[];
  /** By a process that has none of the cases in memory, and then again. */
  readonly candidatesColdMs: number;
  readonly candidatesWarmMs: readonly number[];
}

/** Escorts enough for any group of this run. */
const crew = {
  by: 'es-dispatcher',
  command: { type: 'confirmCrew', has: [], escorts: 20, children: 20 },
} as const;
const dossier = { version: 1, hash: canonicalHash(inventedDossier) };
const day = 86_400_000;
const warmTimes = 20;

export async function measureGroups(
  root: string,
  { stack }: Servers,
  plan: GroupPlan,
  say: (line: string) => void,
): Promise<GroupFigures> {
  const connectionString = stack.ownerUrl;
  await migrateToLatest({ connectionString });
  const sealKey = randomBytes(32).toString('hex');
  const pool = createPool({ connectionString, max: 24 });
  const given = benchMechanism(root);
  // A bed for each; a site has a thousand at most.
  const capacity = 1_000;
  const sites = Math.ceil(Math.max(plan.ready, plan.departures * plan.size) / capacity);
  const mechanism = {
    ...given,
    sites: given.sites
      .slice(0, 1)
      .flatMap((site) =>
        Array.from({ length: sites }, (_unused, index) => ({ ...site, id: `${site.id}-${index}`, capacity })),
      ),
  };
  const record = createRecord({ pool, sealKey });
  try {
    await record.saveMechanism(mechanism);
    const acting = actingOn(record, mechanism, sealKey);
    const gone = plan.departures * plan.size;
    say(`Groups: laying ${Math.max(plan.ready, gone)} children who are ready`);
    const ids = await acting.layReady(Math.max(plan.ready, gone));
    const cold = createRecord({ pool: createPool({ connectionString, max: 4 }), sealKey });
    const asked = { days: 30, lists: 5 };
    const candidatesColdMs = await taking(() => cold.groups.candidates(mechanism.id, asked));
    const candidatesWarmMs: number[] = [];
    for (let time = 0; time < warmTimes; time += 1)
      candidatesWarmMs.push(await taking(() => cold.groups.candidates(mechanism.id, asked)));
    say(`Groups: ${plan.departures} departures of ${plan.size}`);
    const departureMs: number[] = [];
    for (let next = 0; next < gone; next += plan.size)
      departureMs.push(await acting.depart(ids.slice(next, next + plan.size)));
    return { ...plan, departureMs, candidatesColdMs, candidatesWarmMs };
  } finally {
    await pool.end();
  }
}

async function taking(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function actingOn(record: CaseRecord, mechanism: Mechanism, sealKey: string) {
  const rules = rulesOf(mechanism);
  const actorOf = (by: string) => {
    const official = findOfficial(mechanism, by);
    if (!official) throw new Error(`the mechanism has no official ${by}`);
    return { official: official.id, party: official.party, roles: official.roles };
  };
  const referenceOf = (): CaseId => {
    const text = Array.from(randomBytes(8), (byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 32]).join('');
    return `${text.slice(0, 4)}-${text.slice(4)}`;
  };

  /** Every step of a plain return up to the one that lets the child go. */
  async function layOne(index: number): Promise<CaseId> {
    const site = mechanism.sites[index % mechanism.sites.length]?.id ?? '';
    const id = referenceOf();
    const steps = recordSteps({ case: id, rules, dossier, now: new Date(), site });
    const until = steps.findIndex(({ command }) => command.type === 'depart');
    for (const { by, command } of [...steps.slice(0, until), crew]) {
      const plain: CommandEnvelope = {
        id: `${by ?? 'process'}:${randomUUID()}`,
        case: id,
        actor: by === undefined ? { system: 'process' } : actorOf(by),
        command,
      };
      const envelope = by === undefined ? plain : sealEnvelope(plain, sealKey);
      const { rejection } =
        command.type === 'openCase'
          ? await record.openCase({
              ...{ envelope, dossier: inventedDossier, notes: [] },
              mechanism: { id: mechanism.id, version: mechanism.version },
            })
          : await record.submit(envelope, {
              knownVersion: Number.MAX_SAFE_INTEGER,
              route: by === undefined ? 'system' : 'process',
            });
      if (rejection) throw new Error(`${command.type} was refused: ${rejection.code}`);
    }
    return id;
  }

  async function send(by: string, group: string, command: GroupCommand): Promise<void> {
    const actor = actorOf(by);
    const envelope = sealEnvelope({ id: `${by}:${randomUUID()}`, case: group, actor, command }, sealKey);
    const { rejection } = await record.takeGroup(envelope, {
      asker: { mechanism: mechanism.id, party: actor.party },
    });
    if (rejection) throw new Error(`${command.type} was refused: ${JSON.stringify(rejection)}`);
  }

  return {
    async layReady(count: number): Promise<CaseId[]> {
      const ids: CaseId[] = [];
      // Few at once: where all want a bed of one site at the same moment, one waits for the others longer than a lock may.
      const lanes = 4;
      const lay = async (_item: unknown, index: number): Promise<void> => {
        ids.push(await layOne(index));
      };
      await inLanes(Array.from({ length: count }), lay, lanes);
      return ids;
    },
    /** Milliseconds of the departure alone. */
    async depart(members: readonly CaseId[]): Promise<number> {
      const group = `G-${referenceOf()}`;
      const departAt = new Date(Date.now() + day / 24).toISOString();
      const [first] = mechanism.places;
      await send('qa-officer-1', group, {
        ...{ type: 'draftGroup', members, departAt, place: first?.id ?? '', route: 'road' },
      });
      await send('qa-officer-1', group, { type: 'proposeList' });
      await send('qa-officer-1', group, { type: 'freezeList', version: 1 });
      const { hash, version } = (await record.groups.load(group))?.group.list ?? { hash: '', version: 0 };
      const list = { version, hash };
      for (const by of ['ua-decider', 'ru-decider', 'em-host', 'es-dispatcher'])
        await send(by, group, { type: 'confirmTerms', ...list, terms: listTerms });
      for (const by of ['ua-decider', 'ru-decider', 'qa-lead'])
        await send(by, group, { type: 'sayGo', ...list });
      const took = await taking(() => send('qa-lead', group, { type: 'departGroup', ...list }));
      const { departed = [] } = (await record.groups.load(group))?.group.departure ?? {};
      if (departed.length !== members.length)
        throw new Error(`${departed.length} of ${members.length} set out`);
      return took;
    },
  };
}
