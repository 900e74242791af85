/**
 * `npm run drill:cluster [-- --old COMMIT]`: the topology of the compose file as processes of this machine, and the demo through
 * it while a worker, an API and the Temporal server are killed (-9) and replaced, and a worker of an older commit works beside
 * the new ones. Ends with 0 when every child is where its story ends and the auditor has nothing to object to, or says what broke.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { rulesOf } from '../../../src/contracts/mechanism/mechanism';
import { getExampleMechanism } from '../../../src/examples/example-files';
import { createOfficials } from '../../../src/simulation/officials';
import { openNextRound } from '../../../src/simulation/open-the-eleven';
import { isWell, playTheEleven, travellersOf } from '../../../src/simulation/play-the-eleven';
import { build, root } from '../../simulation/stack-tree';
import { auditRecord } from '../audit-record';
import { openCluster } from './cluster';
import type { Cluster } from './cluster';
import { checkOut, findOldest } from './old-checkout';
import type { OldCheckout } from './old-checkout';
import type { Part } from './part';

const began = Date.now();
const say = (line: string): void =>
  console.log(`${((Date.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}`);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { old: { type: 'string' } } });
  build();
  const old = checkOut(root, values.old ?? findOldest(root));
  let cluster: Cluster | undefined;
  try {
    cluster = await openCluster({ root, apis: 2, workers: 3, say });
    say(
      `up: Postgres, Temporal at ${cluster.temporalAddress}, ${cluster.apis.length} APIs, ${cluster.workers.length} workers`,
    );
    const faults = await drill(cluster, old);
    for (const fault of faults) say(`BROKEN: ${fault}`);
    say(faults.length === 0 ? 'green' : `${faults.length} things broke`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await cluster?.stop();
    old.remove();
  }
}

async function drill(cluster: Cluster, old: OldCheckout): Promise<string[]> {
  const mechanism = getExampleMechanism('fast');
  const officials = createOfficials(mechanism, {
    apiUrl: () => cluster.apiUrl,
    issueSignInLink: (official) => cluster.issueSignInLink(official),
  });
  const { children } = await openNextRound(officials);
  say(`${children.length} cases are open`);
  const [played] = await Promise.all([
    playTheEleven(children, officials, {
      together: travellersOf(children),
      onEnded: ({ name, ending }) => say(`${name}: ${JSON.stringify(ending)}`),
      onGroup: (line) => say(line),
    }),
    upsets(cluster, old),
  ]);
  const stranded = played
    .filter((child) => !isWell(child))
    .map(({ name, ending }) => `${name} ended otherwise: ${JSON.stringify(ending)}`);
  return [...stranded, ...(await auditRecord(cluster.ownerUrl, rulesOf(mechanism)))];
}

/** Spread over the time in which the children travel. */
async function upsets(cluster: Cluster, old: OldCheckout): Promise<void> {
  const replace = async (part: Part | undefined): Promise<void> => {
    if (!part) return;
    await part.kill();
    say(`${part.name} killed`);
    await part.start();
    say(`${part.name} replaced`);
  };
  await sleep(5_000);
  await replace(cluster.workers[0]);
  await sleep(5_000);
  await replace(cluster.apis[0]);
  await sleep(5_000);
  await cluster.addWorker(old.root, `a worker of ${old.commit.slice(0, 8)}`);
  say(`a worker of ${old.commit.slice(0, 8)} beside the new ones`);
  await sleep(10_000);
  await replace(cluster.temporal);
  await sleep(5_000);
  // Rolling: one goes, finishing what it has in hand, while the others work.
  for (const part of [...cluster.workers, ...cluster.apis]) {
    await part.stop();
    await part.start();
    say(`${part.name} stopped and started`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
