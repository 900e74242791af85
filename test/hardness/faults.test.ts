/** Six children come home in groups while program, Postgres, Temporal or all are killed, ten times; then the record is audited. */
import { faults } from './faults';

it('ten kills at random instants: everybody is home, and nothing in the record is as it may not be', async () => {
  const said: string[] = [];
  const seed = Number(process.env.HOMEWARD_FAULTS_SEED ?? 20261129);
  const violations = await faults({ cycles: 10, seed }, (line) => said.push(line));
  expect({ violations, said: violations > 0 ? said : [] }).toEqual({ violations: 0, said: [] });
}, 600_000);
