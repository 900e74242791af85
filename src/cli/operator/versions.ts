/** Which versions work together here: the first thing asked when something fails after an upgrade. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createConnection } from '../../record/postgres/database';
import type { OperatorParts } from './parts';

export interface Versions {
  readonly homeward: string;
  readonly node: string;
  readonly postgres: string;
  readonly temporal: string;
}

export async function versionsOf({ client, databaseUrl }: OperatorParts): Promise<Versions> {
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  return {
    homeward: ownVersion(),
    node: process.versions.node,
    postgres: await postgresVersion(databaseUrl),
    temporal: serverVersion,
  };
}

/** Of the checkout, compiled or not. */
export function ownVersion(): string {
  for (const up of ['../../..', '../../../..']) {
    try {
      const text = readFileSync(join(__dirname, up, 'package.json'), 'utf8');
      return (JSON.parse(text) as { version: string }).version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}

async function postgresVersion(connectionString: string): Promise<string> {
  const client = createConnection({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end();
  }
}
