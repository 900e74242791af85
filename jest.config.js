/**
 * Jest runs CommonJS through swc; the ESM-only packages named here, and one that calls import(), are too.
 *
 * Three projects: `rules` needs no server and no build, `system` shares real servers, `alone` is what may not have
 * another suite beside it. What is named in none of the two tables is `system`, so no test file falls out.
 */

const esmOnly = [
  'jose',
  'oidc-provider',
  'openid-client',
  'oauth4webapi',
  'jsesc',
  'quick-lru',
  'nanoid',
  'eta',
  'koa',
  'temporal-polyfill',
  'temporal-utils',
  'mrz',
  '@opentelemetry/otlp-exporter-base',
  'age-encryption',
  '@noble',
  '@scure',
];

const rules = [
  'activities/*',
  'cli/{opening-files,print-case}',
  'config',
  'console/{dates,families,forms,session,story,styles}',
  'contracts/*',
  'simulation/{group-picture,next-action}',
  'domain/**/*',
  'hardness/{planted,sequences,escort-audit}',
  'examples/*',
  'http/{edge/{answers-exact,console,contracts,openapi},privacy/{dossier-view,event-view},cases/suppress}',
  'notify/{digest-slot,mail-texts,quiet-hours,smtp-answer,webhook-address}',
  'readme',
  'record/seal',
  'stack/{compose,supply-chain}',
  'telemetry/log-gate',
  'words/*',
];

/** They kill servers again and again, or count by the second what a whole stack did. */
const alone = ['e2e/burst-kills', 'e2e/left-alone', 'e2e/postgres-kills', 'hardness/faults'];

const file = (name) => `**/test/${name}.test.ts`;
const jsx = {
  parser: { syntax: 'typescript', tsx: true },
  transform: { react: { runtime: 'automatic' } },
};
const project = (displayName, rest) => ({
  displayName,
  rootDir: __dirname,
  transform: {
    '^.+\\.(t|j|mj)s$': ['@swc/jest', { jsc: { target: 'es2023' }, sourceMaps: 'inline' }],
    // The console's pages.
    '^.+\\.tsx$': ['@swc/jest', { jsc: { target: 'es2023', ...jsx }, sourceMaps: 'inline' }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`, '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.homeward'],
  ...rest,
});
const servers = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  // As many as a small machine has processors; much of a suite's time is waiting for clocks.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  // Ten times as many random cases may take ten times as long (test/support/property-runs.ts).
  testTimeout: 60_000 * Math.max(1, Number(process.env.HOMEWARD_PROPERTY_RUNS) || 1),
  projects: [
    project('rules', {
      testMatch: rules.map(file),
      setupFiles: ['<rootDir>/test/support/without-servers.ts'],
    }),
    project('system', {
      testMatch: [file('**/*'), ...[...rules, ...alone].map((name) => `!${file(name)}`)],
      ...servers,
    }),
    project('alone', {
      testMatch: alone.map(file),
      runner: '<rootDir>/test/support/serial-runner.cjs',
      ...servers,
    }),
  ],
};
