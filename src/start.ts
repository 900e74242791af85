/** `npm start`: keeps `main` running, which is the whole of Homeward in one process. Does nothing else, so that it lives. */
import { join } from 'node:path';
import { keepProgram } from './stack/process/keep-program';
import { onShutdown } from './stack/process/shutdown';

const program = keepProgram(
  { name: 'Homeward', file: join(__dirname, 'main.js'), args: process.argv.slice(2) },
  (line) => process.stderr.write(`\n  ! ${line}\n`),
);

onShutdown(async (reason) => {
  const code = await program.stop(reason === 'SIGINT' ? reason : 'SIGTERM');
  // It has said why.
  if (code !== 0) process.exit(code);
});

program.ended.then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(70);
  },
);
