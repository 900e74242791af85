import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase } from '../support/postgres';

it('a date of birth stays the same day and an instant the same instant in every time zone', async () => {
  const database = await createTestDatabase({ empty: true });
  const script = `
    const { readFileSync } = require('node:fs');
    const swc = require('@swc/core');
    require.extensions['.ts'] = (module, file) =>
      module._compile(swc.transformSync(readFileSync(file, 'utf8'),
        { filename: file, module: { type: 'commonjs' }, jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }).code, file);
    const { createPool } = require(${JSON.stringify(join(__dirname, '../../src/record/postgres/database.ts'))});
    const pool = createPool({ connectionString: process.env.DATABASE });
    pool.query("select date '2012-07-16' as day, timestamptz '2024-02-15T21:30:00.123Z' as at, 9007199254740991::bigint as count")
      .then(({ rows }) => { console.log(JSON.stringify(rows[0])); return pool.end(); });`;
  for (const TZ of ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Kyiv']) {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
      cwd: join(__dirname, '../..'),
      env: { ...process.env, TZ, DATABASE: database.connectionString },
    });
    expect(JSON.parse(stdout)).toEqual({
      day: '2012-07-16',
      at: '2024-02-15T21:30:00.123Z',
      count: 9007199254740991,
    });
  }
  await database.drop();
});
