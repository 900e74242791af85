/**
 * Lays open cases through the record's own doors, many at a time and without a process: what a Homeward that has
 * run for a year has in Postgres. Nothing of it goes over HTTP or Temporal, and nothing is written past the doors.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { findOfficial, officialsIn } from '../../src/contracts/mechanism/mechanism';
import { canonicalHash, sealEnvelope } from '../../src/contracts/seal';
import type { CommandEnvelope } from '../../src/domain/model/commands';
import type { CaseId } from '../../src/domain/model/ids';
import { obligationsOf } from '../../src/domain/obligations/obligations';
import type { Actor, OfficialActor } from '../../src/domain/model/parties';
import type { OpenStage, Stage } from '../../src/domain/model/stages';
import type { CaseRecord } from '../../src/record/record';
import type { SubmitResult } from '../../src/record/store/submission';
import { inventedDossier } from '../homeward/dossier';
import type { GroupName, Version } from './mechanism-versions';
import { recordSteps, tracingSteps, type RecordStep } from './record-steps';
import type { Order } from './stage-plan';

export interface LaidCase {
  readonly id: CaseId;
  readonly group: GroupName;
  readonly stage: OpenStage;
  /** What would come next in a plain return. */
  readonly rest: () => readonly RecordStep[];
}
export interface LayingParts {
  readonly record: CaseRecord;
  readonly sealKey: string;
  readonly versions: Record<GroupName, Version>;
  readonly now: Date;
}
export interface Layer {
  lay(orders: readonly Order[], onLaid?: (count: number) => void): Promise<LaidCase[]>;
  /** The officials who owe something first in these cases say that they see to it until then. */
  acknowledge(ids: readonly CaseId[], until: Date): Promise<void>;
  /** So far. */
  readonly commands: number;
}

const dossier = { version: 1, hash: canonicalHash(inventedDossier) };
/** More than there are connections: the next command is sealed while one waits. */
const lanes = 24;
/** Follow-up has thirteen visits: cases stand spread over its beginning only, and the ground is laid sooner. */
const maxStepsInStage = 12;
/** The time after which a case of the group `late` is stalled, and a little more. */
const lateAfterMs = 1_500;

export async function createLayer(parts: LayingParts): Promise<Layer> {
  const { record, sealKey, versions, now } = parts;
  let commands = 0;

  const actorOf = (by: string | undefined, { mechanism }: Version): Actor => {
    if (by === undefined) return { system: 'process' };
    const official = findOfficial(mechanism, by);
    if (!official) throw new Error(`the mechanism has no official ${by}`);
    return { official: official.id, party: official.party, roles: official.roles } satisfies OfficialActor;
  };
  const stepsOf = (id: CaseId, { rules }: Version, stage: OpenStage): RecordStep[] =>
    (stage === 'tracing' ? tracingSteps : recordSteps)({ case: id, rules, dossier, now });

  async function take(id: CaseId, version: Version, { by, command }: RecordStep): Promise<SubmitResult> {
    const actor = actorOf(by, version);
    const plain: CommandEnvelope = { id: `${by ?? 'process'}:${randomUUID()}`, case: id, actor, command };
    const envelope = by === undefined ? plain : sealEnvelope(plain, sealKey);
    const { id: mechanism, version: number } = version.mechanism;
    const result =
      command.type === 'openCase'
        ? await record.openCase({
            envelope,
            dossier: inventedDossier,
            notes: [],
            mechanism: { id: mechanism, version: number },
          })
        : await record.submit(envelope, {
            knownVersion: Number.MAX_SAFE_INTEGER,
            route: by === undefined ? 'system' : 'process',
          });
    if (result.rejection) throw new Error(`${command.type} in ${id} was refused: ${result.rejection.code}`);
    // Or the delivery of news would start the process before the bench does, and of the rest it would hear nothing.
    if (command.type === 'openCase') await record.news.drop(id);
    commands += 1;
    return result;
  }

  /** Which stage a case is in after each step, from one case that is laid whole. */
  async function learnStages(steps: readonly RecordStep[], id: CaseId): Promise<Stage[]> {
    const stages: Stage[] = [];
    for (const step of steps) {
      await take(id, versions.calm, step);
      const loaded = await record.load(id);
      if (loaded) stages.push(loaded.state.stage);
    }
    return stages;
  }
  const [one, other] = [reference(), reference()];
  const usual = await learnStages(stepsOf(one, versions.calm, 'intake'), one);
  const tracing = await learnStages(stepsOf(other, versions.calm, 'tracing'), other);
  // The first one is whole. Left open, this one would be a case too many, and without a process.
  await take(other, versions.calm, {
    by: 'qa-officer-1',
    command: { type: 'closeCase', outcome: 'already-home' },
  });

  async function layOne({ group, stage }: Order, nth: number): Promise<LaidCase> {
    const id = reference();
    const version = versions[group];
    const steps = stepsOf(id, version, stage);
    const stages = stage === 'tracing' ? tracing : usual;
    const isSettled = (at: number): boolean => at + 1 === steps.length || steps[at + 1]?.by !== undefined;
    const ends = [...stages.keys()]
      .filter((at) => stages[at] === stage && isSettled(at))
      .slice(0, maxStepsInStage);
    const end = ends[nth % ends.length];
    if (end === undefined) throw new Error(`no step leads to ${stage}`);
    for (const step of steps.slice(0, end + 1)) await take(id, version, step);
    // Only made when asked for: thousands of them would fill this process.
    return { id, group, stage, rest: () => stepsOf(id, version, stage).slice(end + 1) };
  }

  return {
    async lay(orders, onLaid) {
      const laid: LaidCase[] = [];
      await inLanes(orders, async (order, index) => {
        laid.push(await layOne(order, index));
        onLaid?.(laid.length);
      });
      // They stalled long ago: when their processes start, nothing falls due.
      const late = laid.filter(({ group }) => group === 'late');
      if (late.length > 0) await sleep(lateAfterMs);
      await inLanes(late, async ({ id, group }) => {
        await take(id, versions[group], { command: { type: 'observeTime' } });
      });
      return laid;
    },
    acknowledge: (ids, until) =>
      inLanes(ids, async (id) => {
        const loaded = await record.load(id);
        const [first] = loaded ? obligationsOf(loaded.state, loaded.rules, new Date().toISOString()) : [];
        if (!loaded || !first) throw new Error(`nobody owes ${id} anything`);
        const version = Object.values(versions).find(
          ({ mechanism }) => mechanism.version === loaded.state.mechanism.version,
        );
        const [by] = version ? officialsIn(version.mechanism, first.party, first.roles) : [];
        if (!version || !by) throw new Error(`nobody can acknowledge ${first.kind} in ${id}`);
        const command = {
          type: 'acknowledgeObligation',
          obligation: first.key,
          until: until.toISOString(),
        } as const;
        await take(id, version, { by: by.id, command });
      }),
    get commands() {
      return commands;
    },
  };
}

/** Works on all of them, so many at a time, in order. */
export async function inLanes<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
  width = lanes,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      await work(items[index] as Item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}

/** Four and four of Crockford's base 32, as a case reference has them. */
const reference = (): CaseId => `${fourDigits()}-${fourDigits()}`;
const fourDigits = (): string =>
  Array.from(randomBytes(4), (byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 32]).join('');
