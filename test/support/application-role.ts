/** The application's role on a database of a test: owns nothing, as in production. */
import { Client } from 'pg';
import { grantToApplication } from '../../src/record/postgres/rights';
import type { TestDatabase } from './postgres';

export const applicationRole = 'homeward_app';

/** The same database, signed in as the application. */
export async function asApplication(database: TestDatabase): Promise<TestDatabase> {
  const client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  await client
    .query(
      `do $$ begin create role ${applicationRole} login;
       exception when duplicate_object or unique_violation then null; end $$`,
    )
    .finally(() => client.end());
  const connectionString = database.connectionString.replace('//homeward@', `//${applicationRole}@`);
  await grantToApplication(database.connectionString, connectionString);
  return { ...database, connectionString };
}
