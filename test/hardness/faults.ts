/**
 * `npm run faults -- --cycles N --seed S [--apart]`: six of the eleven are brought home in groups while something is killed (-9)
 * at a random instant, again and again: one cycle is one kill and the recovery from it. Killed are the program, Postgres, Temporal
 * or all of `npm start`; with `--apart` a worker, an API, Postgres, the full Temporal server or all of a cluster of processes.
 * Then the raw events are read by an auditor who shares no code with the rules, and everybody has to be home. The same seed gives
 * the same order of kills.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { rulesOf } from '../../src/contracts/mechanism/mechanism';
import type { OfficialId } from '../../src/domain/model/ids';
import { getExampleMechanism } from '../../src/examples/example-files';
import { createOfficials } from '../../src/simulation/officials';
import { openTheEleven } from '../../src/simulation/open-the-eleven';
import { isHome, playTheEleven, travellersOf } from '../../src/simulation/play-the-eleven';
import { readLockNote } from '../../src/stack/lock';
import { build, createStackTree, root } from '../simulation/stack-tree';
import { getTemporalCli } from '../support/temporal-cli';
import { auditRecord } from './audit-record';
import { openCluster } from './cluster/cluster';
import { randomOf } from './group-script';
import type { Random } from './group-script';
import { countedFrom } from './options';

const children = [
  '01-twin-girl',
  '02-twin-boy',
  '03-girl-of-5',
  '05-child-of-10',
  '08-boy-of-16',
  '10-not-reported-a',
];
/** Kills in one play. It takes some eighty seconds; later kills would meet nobody on the way. */
const killsPerPlay = 10;
const withinMs = 60_000;
const recoveryMs = 120_000;

/** What is killed while the children are brought home on it. */
interface Field {
  readonly apiUrl: () => string;
  readonly issueSignInLink: (official: OfficialId) => Promise<string>;
  readonly parts: readonly string[];
  /** Resolves when it is gone, or started anew where nothing else does that. */
  strike(part: string): Promise<void>;
  recordUrl(): string | undefined;
  /** The last that was said on it, for whoever looks why it did not come back. */
  said(): string;
  stop(): Promise<void>;
}

async function openTogether(): Promise<Field> {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-faults-'));
  const dataFolder = join(folder, 'data');
  // As `npm start` runs it, which starts again whatever ends by itself.
  const tree = await createStackTree(dataFolder, { HOMEWARD_EXAMPLES: 'off' }, 'start');
  let stack = await tree.start();
  // Just after the kill everything looks well: nobody has asked for it yet.
  const killAndWait = async (part: 'program' | 'postgres' | 'temporal'): Promise<void> => {
    const killed = tree.pidOf(part);
    tree.killPart(part);
    while (tree.pidOf(part) === undefined || tree.pidOf(part) === killed) await sleep(100);
  };
  const strikes: Readonly<Record<string, () => Promise<void>>> = {
    program: () => killAndWait('program'),
    postgres: () => killAndWait('postgres'),
    temporal: () => killAndWait('temporal'),
    all: async () => {
      tree.kill();
      await tree.ended();
      stack = await tree.start();
    },
  };
  return {
    apiUrl: () => stack.apiUrl,
    issueSignInLink: (official) => stack.issueSignInLink(official),
    parts: Object.keys(strikes),
    strike: (part) => strikes[part]?.() ?? Promise.resolve(),
    said: () => tree.said(),
    recordUrl: () => readLockNote({ run: join(dataFolder, 'run') })?.databaseUrl,
    async stop() {
      await tree.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openApart(): Promise<Field> {
  const cluster = await openCluster({ root, apis: 2, workers: 3, say: console.error });
  const { apis, workers, temporal, postgres } = cluster;
  const everything = [temporal, ...apis, ...workers];
  const anew = async (parts: typeof everything): Promise<void> => {
    await Promise.all(parts.map((part) => part.kill()));
    for (const part of parts) await part.start();
  };
  let turn = 0;
  const strikes: Readonly<Record<string, () => Promise<void>>> = {
    worker: () => anew([workers[turn++ % workers.length]!]),
    api: () => anew([apis[turn++ % apis.length]!]),
    temporal: () => anew([temporal]),
    postgres: () => Promise.resolve(void postgres.kill()),
    all: () => {
      postgres.kill();
      return anew(everything);
    },
  };
  return {
    apiUrl: () => cluster.apiUrl,
    issueSignInLink: (official) => cluster.issueSignInLink(official),
    parts: Object.keys(strikes),
    strike: (part) => strikes[part]?.() ?? Promise.resolve(),
    said: () => everything.map((part) => `${part.name}: ${part.said().slice(-1_000)}`).join('\n'),
    recordUrl: () => cluster.ownerUrl,
    stop: () => cluster.stop(),
  };
}

interface Kill {
  readonly part: string;
  /** Milliseconds after the children were opened. */
  readonly at: number;
}
const killsOf = (random: Random, parts: readonly string[], count: number): Kill[] =>
  Array.from({ length: count }, () => ({
    part: parts[Math.floor(random() * parts.length)] ?? 'all',
    at: Math.floor(random() * withinMs),
  })).sort((one, other) => one.at - other.at);

interface Play {
  readonly kills: readonly Kill[];
  readonly violations: readonly string[];
  /** Milliseconds from each kill until the API answered that record and engine are there again. */
  readonly recoveries: readonly number[];
}

async function play(open: () => Promise<Field>, random: Random, count: number): Promise<Play> {
  const field = await open();
  try {
    const kills = killsOf(random, field.parts, count);
    const mechanism = getExampleMechanism('fast');
    const officials = createOfficials(mechanism, field);
    const opened = (await openTheEleven(officials)).filter(({ name }) => children.includes(name));
    const recoveries: number[] = [];
    const killing = async (): Promise<void> => {
      const began = Date.now();
      for (const { part, at } of kills) {
        await sleep(Math.max(0, began + at - Date.now()));
        const from = Date.now();
        await field.strike(part);
        await untilReady(field.apiUrl);
        recoveries.push(Date.now() - from);
      }
    };
    const [played] = await Promise.all([
      playTheEleven(opened, officials, { together: travellersOf(opened) }),
      killing(),
    ]);
    const stranded = played
      .filter((child) => !isHome(child))
      .map(({ name, ending }) => `${name} is not home: ${JSON.stringify(ending)}`);
    const recordUrl = field.recordUrl();
    const audited =
      recordUrl === undefined
        ? ['the record can’t be reached']
        : await auditRecord(recordUrl, rulesOf(mechanism));
    return { kills, violations: [...stranded, ...audited], recoveries };
  } catch (error) {
    throw new Error(`a play could not be ended; said was last:\n${field.said()}`, { cause: error });
  } finally {
    await field.stop();
  }
}

async function untilReady(apiUrl: () => string): Promise<void> {
  const end = Date.now() + recoveryMs;
  while (Date.now() < end) {
    const isReady = await fetch(`${apiUrl()}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(100);
  }
  throw new Error('it did not come back');
}

/** Gives the number of violations. */
export async function faults(
  { cycles, seed, apart = false }: { cycles: number; seed: number; apart?: boolean },
  say: (line: string) => void,
): Promise<number> {
  const random = randomOf(seed);
  const recoveries: number[] = [];
  let violations = 0;
  while (recoveries.length < cycles) {
    const count = Math.min(killsPerPlay, cycles - recoveries.length);
    const played = await play(apart ? openApart : openTogether, random, count);
    recoveries.push(...played.recoveries);
    violations += played.violations.length;
    const killed = played.kills.map(({ part, at }) => `${part} at ${(at / 1_000).toFixed(1)} s`).join(', ');
    say(`cycle ${recoveries.length}: ${killed}: ${played.violations.length} violations`);
    for (const violation of played.violations) say(`  ${violation}`);
  }
  recoveries.sort((one, other) => one - other);
  const p95 = recoveries[Math.ceil(recoveries.length * 0.95) - 1] ?? 0;
  say(
    `${cycles} cycles, ${violations} violations, p95 of recovery ${(p95 / 1_000).toFixed(1)} s (seed ${seed})`,
  );
  return violations;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cycles: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      apart: { type: 'boolean', default: false },
    },
  });
  const [cycles, seed] = [countedFrom(values.cycles, 'cycles'), countedFrom(values.seed, 'seed')];
  build();
  await getTemporalCli();
  const violations = await faults({ cycles, seed, apart: values.apart }, (line) => console.log(line));
  process.exitCode = violations > 0 ? 1 : 0;
}

if (require.main === module)
  main().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
