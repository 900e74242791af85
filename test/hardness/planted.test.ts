/** The bugs that docs/testing.md plants still fit the code they are planted in. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, 'planted');

it.each(readdirSync(folder))('%s can be planted', (patch) => {
  const root = join(__dirname, '../..');
  expect(() => execFileSync('git', ['apply', '--check', join(folder, patch)], { cwd: root })).not.toThrow();
});
