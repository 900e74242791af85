/**
 * `npm run check`: whether others can work with the description of the API. A linter reads it, and a generator makes
 * types of it that hold every operation; the console's, which are left where it looks for them. Ends with 1 and the
 * reasons if not.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConfig, lint } from '@redocly/openapi-core';
import openapiTS, { astToString } from 'openapi-typescript';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../node_modules/.cache/homeward');
const file = join(folder, 'openapi.json');
mkdirSync(folder, { recursive: true });
execFileSync(process.execPath, [
  '-r',
  join(here, '../support/run-typescript.cjs'),
  join(here, 'write-openapi.ts'),
  file,
]);
const document = JSON.parse(readFileSync(file, 'utf8'));
const faults = [];

const config = await createConfig({
  extends: ['recommended'],
  rules: {
    // The address is the one that this process is reached under, and on a laptop that is this machine.
    'no-server-example.com': 'off',
    // A probe or a public document has no 4xx of its own kind worth telling apart.
    'operation-4xx-response': 'off',
  },
});
for (const { ruleId, severity, message, location } of await lint({ ref: file, config }))
  faults.push(`${severity} ${ruleId}: ${message} (${location[0]?.pointer ?? ''})`);

const types = astToString(await openapiTS(document, { silent: true }));
for (const path of Object.values(document.paths))
  for (const { operationId } of Object.values(path))
    if (operationId && !types.includes(`${operationId}: {`))
      faults.push(`openapi-typescript leaves out ${operationId}`);

const typesFile = join(here, '../../console/src/api/schema.d.ts');
mkdirSync(dirname(typesFile), { recursive: true });
if (!existsSync(typesFile) || readFileSync(typesFile, 'utf8') !== types) writeFileSync(typesFile, types);

for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
