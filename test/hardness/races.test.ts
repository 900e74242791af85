/** The command of docs/testing.md, as far as a test run has time for it. */
import { races } from './races';

it('has no violation in 300 races of a departure and of beds', async () => {
  const said: string[] = [];
  expect(await races(300, 1, (line) => said.push(line))).toBe(0);
  expect(said.at(-1)).toContain('300 races, 0 violations (seed 1');
}, 600_000);
