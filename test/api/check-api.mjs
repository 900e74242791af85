/**
 * `npm run check:api`: whether others can work with the API itself. A Python client is generated of its description,
 * and Schemathesis sends what the description permits, and what it forbids, to a stack of its own: every answer must be
 * one that is described, and none a fault of ours. Needs Python 3.10 or later; its packages go into a virtual
 * environment under the cache folder, in the versions below. Ends with 1 if anything did not hold or could not run.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const packages = ['schemathesis==4.32.5', 'openapi-python-client==0.29.1'];
/** Of each phase; a night may take more. */
const examples = Number(process.env.HOMEWARD_API_EXAMPLES) || 8;
/** Of each reader; within it every operation is tried, and as many values as there is time for. */
const seconds = Number(process.env.HOMEWARD_API_SECONDS) || 60;
/** Kinds of reader whom different answers await. */
const officials = ['qa-officer-1', 'ua-official-1'];

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const say = (line) => process.stdout.write(`${line}\n`);
const run = promisify(execFile);

const python = findPython();
if (python === undefined) {
  say('Python 3.10 or later is needed for these checks, and none is on the PATH (python3, python).');
  process.exit(1);
}
const tools = installTools(python);
const scratch = mkdtempSync(join(tmpdir(), 'homeward-check-api-'));
const stack = await startStack();
let failed = 0;
try {
  const document = await (await fetch(`${stack.api}/openapi.json`)).json();
  failed += (await generateClient(document)) ? 0 : 1;
  for (const official of officials) failed += (await tryApi(document, official)) ? 0 : 1;
} finally {
  await stack.stop();
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);

function findPython() {
  return ['python3', 'python'].find((name) => {
    try {
      const version = execFileSync(name, [
        '-c',
        'import sys, venv, ensurepip; print(sys.version_info >= (3, 10))',
      ]);
      return version.toString().trim() === 'True';
    } catch {
      return false;
    }
  });
}

function installTools(name) {
  const cache =
    process.env.HOMEWARD_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'homeward');
  const folder = join(cache, `api-check-${packages.join('-').replaceAll(/[^a-z0-9.-]/g, '-')}`);
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  if (!existsSync(join(folder, 'whole'))) {
    say(`Installing ${packages.join(', ')}, once …`);
    mkdirSync(cache, { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    execFileSync(name, ['-m', 'venv', folder], { stdio: ['ignore', 2, 2] });
    const pip = [
      join(bin, 'python'),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
    ];
    execFileSync(...pip, { stdio: ['ignore', 2, 2] });
    writeFileSync(join(folder, 'whole'), '');
  }
  return (tool) => join(bin, tool);
}

async function startStack() {
  const [port, temporal, ui] = await Promise.all([freePort(), freePort(), freePort()]);
  const env = {
    ...process.env,
    ...{ HOMEWARD_DATA: join(scratch, 'data'), HOMEWARD_API_PORT: String(port), HOMEWARD_METRICS_PORT: '0' },
    ...{
      HOMEWARD_TEMPORAL_PORT: String(temporal),
      HOMEWARD_TEMPORAL_UI_PORT: String(ui),
      LOG_LEVEL: 'error',
    },
    // Signed in elsewhere nobody would get in.
    ...{ OIDC_ISSUER: '', OIDC_AUDIENCE: '', DATABASE_URL: '', TEMPORAL_ADDRESS: '', SMTP_URL: '' },
    ...{ HOMEWARD_PUBLIC_URL: `http://127.0.0.1:${port}`, HOMEWARD_MECHANISM: '', HOMEWARD_SEAL_KEY: '' },
  };
  const child = spawn(process.execPath, [join(root, 'dist/src/start.js')], { cwd: root, env });
  let told = '';
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      told += chunk;
      if (told.includes('Ready.')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`The stack did not start:\n${told}`)));
  });
  told = '';
  const homeward = async (...words) =>
    (
      await run(process.execPath, [join(root, 'dist/src/cli/main.js'), ...words], { cwd: root, env })
    ).stdout.trim();
  return {
    api: env.HOMEWARD_PUBLIC_URL,
    token: async (official) => {
      const link = await homeward('link', official);
      const answer = await fetch(link, { method: 'POST', headers: { accept: 'application/json' } });
      return (await answer.json()).access_token;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      const faults = told.split('\n').filter((line) => line.includes('request failed'));
      for (const fault of faults.slice(0, 20)) say(fault);
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function generateClient(document) {
  const file = written(document);
  const out = join(scratch, 'client');
  const words = ['generate', '--path', file, '--output-path', out, '--meta', 'none', '--fail-on-warning'];
  const result = await attempt(tools('openapi-python-client'), words);
  const operations = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  const made = existsSync(join(out, 'api'))
    ? readdirSync(join(out, 'api'), { recursive: true }).map((name) =>
        String(name).replaceAll('_', '').toLowerCase(),
      )
    : [];
  const missing = operations.filter((id) => !made.some((name) => name.endsWith(`${id.toLowerCase()}.py`)));
  const isWell = result.code === 0 && missing.length === 0;
  if (!isWell) say(`${result.text}\nnot in the client: ${missing.join(', ') || 'none'}`);
  say(`${isWell ? '✓' : '✗'} API client of every operation (openapi-python-client)`);
  return isWell;
}

function written(document) {
  const file = join(scratch, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  return file;
}

/** With references that exist: of those it makes up, every answer is the same 404. */
async function amongCases(document, token) {
  const headers = { authorization: `Bearer ${token}` };
  const { items } = await (await fetch(`${stack.api}/v1/cases?limit=3`, { headers })).json();
  const narrowed = structuredClone(document);
  for (const [path, operations] of Object.entries(narrowed.paths))
    if (path.startsWith('/v1/cases/{id}'))
      for (const { parameters = [] } of Object.values(operations))
        for (const parameter of parameters)
          if (parameter.name === 'id')
            parameter.schema = { type: 'string', enum: items.map((item) => item.case) };
  return narrowed;
}

async function tryApi(document, official) {
  const token = await stack.token(official);
  const file = written(await amongCases(document, token));
  const checks = [
    ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
    ...['response_schema_conformance', 'response_headers_conformance', 'unsupported_method', 'ignored_auth'],
  ];
  const result = await attempt(tools('schemathesis'), [
    ...['run', file, '--url', stack.api, '--header', `Authorization: Bearer ${token}`],
    ...[
      '--checks',
      checks.join(','),
      '--phases',
      'examples,coverage,fuzzing',
      '--max-examples',
      String(examples),
    ],
    // Below what one official may send, so that answers are not all 429. One worker: in threads Python 3.11 loses count
    // of its own syntax trees (cpython#106905).
    ...['--rate-limit', '1000/m', '--workers', '1', '--seed', '9', '--request-timeout', '30', '--no-color'],
    ...['--max-time', String(seconds), '--no-shrink'],
    // It stays open for ever, and its answer is no document.
    ...['--exclude-operation-id', 'streamInbox', '--suppress-health-check', 'all', '--continue-on-failure'],
  ]);
  const isWell = result.code === 0;
  say(isWell ? (/\d+ generated.*/.exec(result.text)?.[0] ?? '') : result.text);
  say(`${isWell ? '✓' : '✗'} API answers as described, asked by ${official} (schemathesis)`);
  return isWell;
}

/** Both streams, and the code: a tool that fails says why in either. */
function attempt(command, words) {
  return new Promise((resolve) => {
    // One tool looks for another on the PATH.
    const path = `${dirname(command)}${delimiter}${process.env.PATH}`;
    const env = { ...process.env, PATH: path, PYTHONUTF8: '1', NO_COLOR: '1' };
    execFile(command, words, { cwd: scratch, env, maxBuffer: 64_000_000 }, (error, out, complaint) => {
      resolve({ code: error ? 1 : 0, text: `${out}\n${complaint}` });
    });
  });
}
