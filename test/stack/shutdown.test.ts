/** A program that is asked to end: in order, and within its time whatever hangs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const runProgram = async (stop: string) => {
  const child = spawn(
    process.execPath,
    [
      ...['-r', join(root, 'test/support/run-typescript.cjs'), '-e'],
      `require('./src/stack/process/shutdown').onShutdown(${stop}, 500); setInterval(() => {}, 1000); console.log('up')`,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH } },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(createInterface({ input: child.stdout }), 'line');
  child.kill('SIGTERM');
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
};

it.each([
  ['ends by itself when all is done', 'async () => {}', 0, ''],
  ['says what went wrong', `async () => { throw new Error('the pool is torn') }`, 70, 'the pool is torn'],
  ['ends also when a part of it never does', '() => new Promise(() => {})', 70, 'was forced'],
])('a stop %s', async (_what, stop, code, words) => {
  const ended = await runProgram(stop);
  expect(ended).toEqual({ code, said: expect.stringContaining(words) });
});
