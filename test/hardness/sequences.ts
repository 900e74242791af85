/**
 * `npm run sequences -- --count N --seed S`: random command sequences against the rules of a group, in memory and in virtual
 * time, held against the never-list by an auditor who shares no code with the rules. The same seed gives the same sequences. A
 * counter-example is shrunk act by act and printed; put it into `test/hardness/counter-examples.ts`, where a test keeps it.
 */
import { parseArgs } from 'node:util';
import { countedFrom } from './options';
import { play, shrunk } from './group-script';
import type { Script } from './group-script';
import { randomOf, scriptOf } from './group-script';

function main(): void {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const count = countedFrom(values.count, 'count');
  const seed = countedFrom(values.seed, 'seed');
  const started = Date.now();
  const violations: { script: Script; faults: string[] }[] = [];
  let commands = 0;
  let departures = 0;
  for (let number = 0; number < count; number += 1) {
    const script = scriptOf(randomOf(seed * 1_000_003 + number));
    const played = play(script);
    commands += played.commands;
    departures += played.departures;
    if (played.faults.length > 0) violations.push({ script: shrunk(script), faults: played.faults });
  }
  for (const { script, faults } of violations.slice(0, 5)) {
    console.log(faults.join('\n'));
    console.log(JSON.stringify(script));
  }
  const seconds = (Date.now() - started) / 1_000;
  console.log(
    `${count} sequences, ${commands} commands, ${departures} departures, ${violations.length} violations (seed ${seed}, ${seconds.toFixed(0)} s)`,
  );
  process.exitCode = violations.length > 0 ? 1 : 0;
}

main();
