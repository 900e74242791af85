import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');

/** A clone in miniature: our bootstrap, and an npm and a compiler that only note that they were called. */
function freshClone() {
  const clone = mkdtempSync(join(tmpdir(), 'homeward-clone-'));
  const calls = join(clone, 'calls');
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    writeFileSync(join(clone, file), text);
  };
  copyFileSync(join(root, 'bootstrap.mjs'), join(clone, 'bootstrap.mjs'));
  const lock = (version: string) =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { version, optional: true } },
    });
  write('package.json', '{}');
  write('package-lock.json', lock('1.0.0'));
  write('src/main.ts', '');
  write(
    'npm.js',
    `const fs = require('fs');
     fs.appendFileSync(${JSON.stringify(calls)}, 'npm ' + process.argv[2] + '\\n');
     const { version } = JSON.parse(fs.readFileSync('package-lock.json')).packages['node_modules/a'];
     fs.mkdirSync('node_modules/typescript/bin', { recursive: true });
     fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version } } }));
     fs.writeFileSync('node_modules/typescript/bin/tsc', \`
       const fs = require('fs');
       fs.appendFileSync(${JSON.stringify(calls)}, 'tsc\\\\n');
       fs.mkdirSync('dist/src', { recursive: true });
       fs.writeFileSync('dist/src/start.js', 'console.log("started", require.main === module, process.argv.slice(2).join()); process.exitCode = 3');
     \`);
     fs.mkdirSync('node_modules/vite/bin', { recursive: true });
     fs.writeFileSync('node_modules/vite/bin/vite.js', \`
       const fs = require('fs');
       if (process.env.VITE_FAILS) process.exit(1);
       fs.appendFileSync(${JSON.stringify(calls)}, 'vite\\\\n');
       const folder = process.argv[process.argv.indexOf('--outDir') + 1];
       fs.mkdirSync(folder, { recursive: true });
       fs.writeFileSync(folder + '/index.html', 'built');
     \`);`,
  );
  const run = (env: NodeJS.ProcessEnv, ...args: string[]) => {
    writeFileSync(calls, '');
    const result = spawnSync(process.execPath, [join(clone, 'bootstrap.mjs'), ...args], {
      encoding: 'utf8',
      cwd: tmpdir(),
      env: { PATH: process.env.PATH, npm_execpath: join(clone, 'npm.js'), ...env },
    });
    return { ...result, calls: readFileSync(calls, 'utf8').split('\n').filter(Boolean) };
  };
  return { clone, write, lock, run, remove: () => rmSync(clone, { recursive: true, force: true }) };
}

describe('a script in a fresh clone', () => {
  const { clone, write, lock, run, remove } = freshClone();
  afterAll(remove);

  it('installs and compiles first, then runs what was asked for, with its arguments and its exit code', () => {
    const { stdout, status, calls } = run({}, 'start', '--flag');
    expect(calls).toEqual(['npm ci', 'tsc']);
    expect(stdout).toContain('started true --flag');
    expect(status).toBe(3);
  });

  it('does neither again when nothing changed', () => {
    const { calls, stdout } = run({}, 'start');
    expect(calls).toEqual([]);
    expect(stdout).toContain('started');
  });

  it('compiles again when a source changed, appeared or went away', () => {
    utimesSync(join(clone, 'src/main.ts'), new Date(), new Date(0));
    expect(run({}, 'build').calls).toEqual(['tsc']);
    write('src/new.ts', '');
    expect(run({}, 'build').calls).toEqual(['tsc']);
    rmSync(join(clone, 'src/new.ts'));
    expect(run({}, 'build').calls).toEqual(['tsc']);
    expect(run({}, 'build').calls).toEqual([]);
  });

  it('copies what lies beside the sources', () => {
    write('src/migrations/0001.sql', 'select 1');
    run({}, 'build');
    expect(readFileSync(join(clone, 'dist/src/migrations/0001.sql'), 'utf8')).toBe('select 1');
  });

  it('builds server and console each for its own sources, and nothing when the description of the API changes', () => {
    write('console/vite.config.mts', '');
    write('console/src/main.tsx', '');
    expect(run({}, 'build').calls).toEqual(['vite']);
    write('src/main.ts', '// changed again');
    expect(run({}, 'build').calls).toEqual(['tsc']);
    write('console/src/main.tsx', '// changed');
    expect(run({}, 'build').calls).toEqual(['vite']);
    // The console is made of the rules, too.
    write('src/domain/model/stages.ts', '');
    expect(run({}, 'build').calls).toEqual(['tsc', 'vite']);
    write('console/src/api/schema.d.ts', '');
    expect(run({}, 'build').calls).toEqual([]);
  });

  it('leaves a console in its place until the next is whole', () => {
    write('console/src/main.tsx', 'does not build');
    const { status, stderr } = run({ VITE_FAILS: '1' }, 'build');
    expect(status).toBe(70);
    expect(stderr).toContain('The console could not be built.');
    expect(readFileSync(join(clone, 'dist/console/index.html'), 'utf8')).toBe('built');
    expect(run({}, 'build').calls).toEqual(['vite']);
  });

  it('installs again when the lock file asks for other versions, or the last install did not end', () => {
    write('package-lock.json', lock('2.0.0'));
    expect(run({}, 'build').calls).toContain('npm ci');
    rmSync(join(clone, 'node_modules/.package-lock.json'));
    expect(run({}, 'build').calls).toContain('npm ci');
  });

  it('takes the build over from one that was killed', () => {
    write('node_modules/.cache/homeward-build.lock', '999999999');
    write('src/main.ts', '// changed');
    expect(run({}, 'build').calls).toEqual(['tsc']);
  });

  it('refuses a Node that is too old, in one sentence', () => {
    const { stderr, status } = run({ HOMEWARD_PRETEND_NODE: '18.20.4' }, 'start');
    expect(stderr).toContain('Homeward needs Node 20.19 or later, and this is Node 18.20.4.');
    expect(stderr).not.toMatch(/\bat /);
    expect(status).toBe(69);
  });

  it('names the scripts there are when asked for another', () => {
    const { stderr, status } = run({}, 'strat');
    expect(stderr).toContain('There is no script “strat”.');
    expect(status).toBe(64);
  });
});
