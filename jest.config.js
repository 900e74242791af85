/** Jest runs CommonJS through swc; the ESM-only packages named here, and one that calls import(), are too. */
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
];
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', { jsc: { target: 'es2023' }, sourceMaps: 'inline' }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`, '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.homeward'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 60_000,
};
