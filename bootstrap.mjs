/**
 * The door of every npm script: makes a fresh clone runnable, then runs what was asked for.
 *
 * It has no dependencies and no syntax newer than Node 14, so that a Node that is too old gets a
 * sentence and not a stack trace. Nothing is done twice: dependencies are installed when the lock
 * file asks for others, sources are compiled when they changed. `start` and the like then run in
 * this very process, so that Ctrl-C and signals need no passing on to them.
 */
import childProcess from 'child_process';
import fs from 'fs';
import Module, { createRequire } from 'module';
import path from 'path';
import { fileURLToPath } from 'url';

const root = path.dirname(fileURLToPath(import.meta.url));
const oldestNode = [20, 19];
const at = (...parts) => path.join(root, ...parts);
const bin = (name, file) => [process.execPath, at('node_modules', name, file)];

/** A program that runs from its source, as tests do. */
const typescript = (...file) => [
  process.execPath,
  '-r',
  at('test', 'support', 'run-typescript.cjs'),
  at(...file),
];

/** Tests of the rules run from their sources: somebody who asks for these alone waits for no compiler. */
const asksForMoreThanRules = (args) =>
  (/ --selectProjects[ =]([^-]+)/.exec(` ${args.join(' ')}`) || ['', ''])[1].trim() !== 'rules';

/**
 * Script → what it needs and runs. `program` runs in this process, `commands` one after another. `build` may depend
 * on the arguments.
 */
const scripts = {
  start: { build: true, dotenv: true, program: 'dist/src/start.js' },
  demo: { build: true, dotenv: true, program: 'dist/src/simulation/main.js' },
  bench: { build: true, dotenv: true, program: 'dist/bench/main.js' },
  homeward: { build: true, dotenv: true, program: 'dist/src/cli/main.js' },
  build: { build: true },
  test: { build: asksForMoreThanRules, commands: [['jest', ...bin('jest', 'bin/jest.js')]] },
  check: {
    commands: [
      ['format (prettier)', ...bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
      [
        'API description (redocly, openapi-typescript)',
        process.execPath,
        at('test', 'api', 'check-openapi.mjs'),
      ],
      [
        'lint (eslint)',
        process.execPath,
        // The types of two programs at once: more than Node takes by itself.
        '--max-old-space-size=8192',
        at('node_modules', 'eslint', 'bin', 'eslint.js'),
        ...['--max-warnings=0', '.'],
      ],
      [
        'layers (dependency-cruiser)',
        ...bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
        ...['--config', '.dependency-cruiser.cjs', 'src', 'workflows', 'activities', 'bench', 'console'],
      ],
      ['dead code (knip)', ...bin('knip', 'bin/knip.js')],
      ['types (tsc)', ...bin('typescript', 'bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
      [
        'types of the console (tsc)',
        ...bin('typescript', 'bin/tsc'),
        '--noEmit',
        '-p',
        'console/tsconfig.json',
      ],
    ],
  },
  sequences: { commands: [['sequences', ...typescript('test', 'hardness', 'sequences.ts')]] },
  races: { commands: [['races', ...typescript('test', 'hardness', 'races.ts')]] },
  faults: { build: true, commands: [['faults', ...typescript('test', 'hardness', 'faults.ts')]] },
  'drill:cluster': {
    build: true,
    commands: [['drill:cluster', ...typescript('test', 'hardness', 'cluster', 'drill.ts')]],
  },
  // Needs Python, which `npm test` and `npm run check` do not.
  'check:api': {
    build: true,
    commands: [['API (schemathesis)', process.execPath, at('test', 'api', 'check-api.mjs')]],
  },
};

function main() {
  const [name, ...rest] = process.argv.slice(2);
  const script = Object.prototype.hasOwnProperty.call(scripts, name) ? scripts[name] : undefined;
  if (script === undefined)
    fail(64, `There is no script “${name}”.`, `Known: ${Object.keys(scripts).join(', ')}.`);
  assertNode(process.env.HOMEWARD_PRETEND_NODE || process.versions.node);
  process.chdir(root);
  ensureInstalled();
  const needsBuild = typeof script.build === 'function' ? script.build(rest) : script.build;
  const built = needsBuild ? ensureBuilt() : Promise.resolve();
  built
    .then(() => {
      if (script.dotenv && fs.existsSync(at('.env'))) process.loadEnvFile(at('.env'));
      if (script.program) runHere(at(script.program), rest);
      else if (script.commands) runCommands(name, script.commands, rest);
    })
    .catch((error) => {
      console.error(error);
      process.exit(70);
    });
}

function assertNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(
    69,
    `Homeward needs Node ${oldestNode.join('.')} or later, and this is Node ${version}.`,
    'Install a newer Node from nodejs.org or with your version manager, then run the same command again.',
  );
}

// ── dependencies ────────────────────────────────────────────────────────────────────────────────

function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing dependencies (npm ci), once …');
  // The npm that runs us, if one does: it need not be on the PATH.
  const npm = process.env.npm_execpath;
  const [command, args] = npm && /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const result = childProcess.spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    // What a command prints is its own: `homeward … --json` may be read by a program.
    stdio: ['inherit', 2, 2],
    // NODE_ENV=production would leave out the compiler.
    env: { ...process.env, NODE_ENV: '', npm_config_omit: '' },
  });
  if (result.error)
    fail(69, `npm could not be run (${result.error.message}).`, 'Install npm, then try again.');
  if (result.status !== 0) {
    fail(
      69,
      'The dependencies could not be installed.',
      'See what npm says above; behind a proxy, set npm_config_registry.',
    );
  }
}

/**
 * npm notes what it installed in node_modules/.package-lock.json, at the very end. It is compared
 * with the lock file package by package: times tell nothing after a checkout or a copy.
 */
function isInstalled() {
  const wanted = readJson(at('package-lock.json'));
  const present = readJson(at('node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.keys(wanted.packages).every((name) => {
    if (name === '') return true;
    const [want, have] = [wanted.packages[name], present.packages[name]];
    // Another platform's binaries are rightly absent.
    if (have === undefined) return Boolean(want.optional || want.devOptional);
    return have.version === want.version;
  });
}

// ── build ───────────────────────────────────────────────────────────────────────────────────────

const buildFiles = ['package-lock.json', 'bootstrap.mjs'];

/** Each is built when its own sources changed. The console is made of rules and words, too, and shows what the API describes. */
const parts = [
  {
    name: 'server',
    sources: ['src', 'workflows', 'activities', 'bench', 'tsconfig.json', 'tsconfig.build.json'],
    build: buildServer,
  },
  { name: 'console', sources: ['console', 'src/domain', 'src/words'], build: buildConsole },
];
const stampOf = (name) => at('dist', `.${name}.json`);

async function ensureBuilt() {
  if (parts.every(isBuilt)) return;
  const release = await lockBuild();
  try {
    for (const part of parts) {
      // Another process may have built it while we waited; and what one part writes may be another's source.
      if (isBuilt(part)) continue;
      const sources = listSources(part);
      const before = readJson(stampOf(part.name));
      fs.rmSync(stampOf(part.name), { force: true });
      await part.build(sources, before);
      fs.mkdirSync(at('dist'), { recursive: true });
      fs.writeFileSync(stampOf(part.name), JSON.stringify(sources));
    }
  } finally {
    release();
  }
}

const isBuilt = (part) => sameSources(readJson(stampOf(part.name)), listSources(part));

async function buildServer(sources, before) {
  console.error('Compiling …');
  // What a deleted or renamed source left behind must not be found by anything.
  if (!before || Object.keys(before).some((file) => !(file in sources))) {
    fs.rmSync(at('dist'), { recursive: true, force: true });
  }
  compile();
  copyAssets(sources);
  await bundleWorkflows();
  await describeApi();
}

/** Written only when it says something else, so that no tool thinks that the console changed. */
async function describeApi() {
  const describe = at('dist', 'src', 'http', 'openapi.js');
  if (!fs.existsSync(describe) || !hasConsole()) return;
  const require = createRequire(at('package.json'));
  const { createOpenapiDocument } = require(describe);
  const issuer = { url: 'http://localhost:8080/oidc', audience: '' };
  const document = createOpenapiDocument({ publicUrl: 'http://localhost:8080', issuer });
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const types = astToString(await openapiTS(document, { silent: true }));
  const file = at('console', 'src', 'api', 'schema.d.ts');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (readText(file) !== types) fs.writeFileSync(file, types);
}

const hasConsole = () => fs.existsSync(at('console', 'vite.config.mts'));

/** Into a folder of its own, which then takes the place of the last one: a server that runs always finds a whole one. */
function buildConsole() {
  if (!hasConsole()) return;
  console.error('Building the console …');
  const [node, vite] = bin('vite', 'bin/vite.js');
  const fresh = at('dist', 'console.new');
  const words = [
    'build',
    '--config',
    at('console', 'vite.config.mts'),
    '--outDir',
    fresh,
    '--logLevel',
    'warn',
  ];
  // What a command prints is its own: `homeward … --json` may be read by a program.
  const result = childProcess.spawnSync(node, [vite, ...words], { cwd: root, stdio: ['inherit', 2, 2] });
  if (result.status !== 0) fail(70, 'The console could not be built.', 'See the errors above.');
  fs.rmSync(at('dist', 'console'), { recursive: true, force: true });
  fs.renameSync(fresh, at('dist', 'console'));
}

function compile() {
  const [node, tsc] = bin('typescript', 'bin/tsc');
  const result = childProcess.spawnSync(node, [tsc, '-p', 'tsconfig.build.json', '--pretty'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status === 0) return;
  if (process.env.HOMEWARD_BUILD_ANYWAY)
    return console.error('The sources have type errors; going on as asked.');
  fail(70, 'The sources do not compile.', 'See the errors above.');
}

/** SQL, styles and the like lie beside the code that reads them. */
function copyAssets(sources) {
  for (const file of Object.keys(sources)) {
    if (/\.tsx?$/.test(file) || !file.includes('/')) continue;
    fs.mkdirSync(path.dirname(at('dist', file)), { recursive: true });
    fs.copyFileSync(at(file), at('dist', file));
  }
}

/** Bundled once here, so that a worker starts without webpack. How and where to is the worker's own knowledge. */
async function bundleWorkflows() {
  const options = at('dist', 'src', 'temporal', 'bundle-options.js');
  if (!fs.existsSync(options)) return;
  const require = createRequire(at('package.json'));
  const { bundleWorkflowCode } = require('@temporalio/worker');
  const { bundleOptions, bundlePath } = require(options);
  const quiet = () => undefined;
  const logger = {
    log: quiet,
    trace: quiet,
    debug: quiet,
    info: quiet,
    warn: console.warn,
    error: console.error,
  };
  const { code } = await bundleWorkflowCode({ ...bundleOptions, logger });
  fs.writeFileSync(bundlePath, code);
}

/** Every file that a part is built of, with what tells that it changed. */
function listSources(part) {
  const sources = {};
  const add = (file) => {
    const found = fs.statSync(at(file), { throwIfNoEntry: false });
    if (found && found.isDirectory()) fs.readdirSync(at(file)).forEach((name) => add(`${file}/${name}`));
    // Made by the build itself, and types alone: what is built does not depend on it.
    else if (found && !file.endsWith('/schema.d.ts')) sources[file] = `${found.mtimeMs}/${found.size}`;
  };
  [...part.sources, ...buildFiles].forEach(add);
  return sources;
}

function sameSources(before, now) {
  return Boolean(before) && JSON.stringify(before) === JSON.stringify(now);
}

/** One build at a time; a lock whose owner is gone is taken over. */
async function lockBuild() {
  const lock = at('node_modules', '.cache', 'homeward-build.lock');
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = Number(readText(lock));
      if (!isAlive(owner)) fs.rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return pid > 0;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// ── run ─────────────────────────────────────────────────────────────────────────────────────────

function runHere(file, args) {
  if (!fs.existsSync(file))
    fail(70, `${path.relative(root, file)} does not exist.`, 'This part is not built yet.');
  if (process.setSourceMapsEnabled) process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, file, ...args];
  Module.runMain();
}

/** Runs all of them even if one fails, so that one look shows everything. */
function runCommands(name, commands, rest) {
  const failed = [];
  // In a terminal Ctrl-C reaches the child as well; we leave when it has left.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  const next = (index) => {
    if (index === commands.length) {
      if (commands.length > 1)
        console.log(`${name}: ${commands.length - failed.length} passed, ${failed.length} failed`);
      process.exit(failed.length === 0 ? 0 : 1);
    }
    const [label, command, ...args] = commands[index];
    const child = childProcess.spawn(command, [...args, ...rest], { cwd: root, stdio: 'inherit' });
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward);
    process.on('SIGHUP', forward);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', forward);
      process.off('SIGHUP', forward);
      if (signal) process.exit(128 + ({ SIGINT: 2, SIGKILL: 9, SIGTERM: 15, SIGHUP: 1 }[signal] || 0));
      if (commands.length === 1) process.exit(code);
      if (code !== 0) failed.push(label);
      console.log(`${code === 0 ? '✓' : '✗'} ${label}`);
      next(index + 1);
    });
  };
  next(0);
}

function fail(code, problem, remedy) {
  console.error(`${problem}\n${remedy}`);
  process.exit(code);
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    return '';
  }
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    return undefined;
  }
}

main();
