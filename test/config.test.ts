import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseConfig, variables } from '../src/config';
import { StackError } from '../src/stack/stack-error';

const fault = (env: NodeJS.ProcessEnv, role?: 'api' | 'worker'): StackError => {
  try {
    parseConfig(env, role);
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('the configuration', () => {
  it('needs nothing: everything has a default, and both servers are embedded', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      dataFolder: resolve('.homeward'),
      api: { host: '127.0.0.1', port: 8080, publicUrl: 'http://localhost:8080' },
      database: {},
      temporal: { port: 7233, uiPort: 8233, namespace: 'default' },
      mail: { smtp: { port: 0 } },
      openExamples: true,
      warnings: [],
    });
    expect(config.issuer).toBeUndefined();
    expect(config.sealKey).toBeUndefined();
  });

  it('takes every default from the table that the README shows', () => {
    const shown = Object.fromEntries(
      Object.entries(variables)
        .filter(([, { fallback }]) => fallback !== '' && !/^~|;/.test(fallback))
        .map(([name, { fallback }]) => [name, fallback]),
    );
    expect(parseConfig(shown)).toEqual(parseConfig({}));
  });

  it('treats an empty variable as one that is not set', () => {
    expect(parseConfig(Object.fromEntries(Object.keys(variables).map((name) => [name, ''])))).toEqual(
      parseConfig({}),
    );
  });

  it('tells every fault in one go', () => {
    const error = fault({
      HOMEWARD_API_PORT: '99999',
      HOMEWARD_EXAMPLES: 'maybe',
      HOMEWARD_SEAL_KEY: 'short',
      DATABASE_URL: 'mysql://somewhere/db',
      OIDC_ISSUER: 'https://issuer.example',
    });
    expect(error).toMatchObject({ fault: 'configurationInvalid', exitCode: 78 });
    for (const name of [
      'HOMEWARD_API_PORT',
      'HOMEWARD_EXAMPLES',
      'HOMEWARD_SEAL_KEY',
      'DATABASE_URL',
      'OIDC_AUDIENCE',
    ])
      expect(error.problem).toContain(`${name}: `);
  });

  it('never repeats a secret in a fault', () => {
    const error = fault({ DATABASE_URL: 'mysql://me:hunter2@db/x', HOMEWARD_SEAL_KEY: 'hunter2' });
    expect(error.message).not.toContain('hunter2');
  });

  it('does not embed what is given', () => {
    const config = parseConfig({
      DATABASE_URL: 'postgresql://homeward@db/homeward',
      TEMPORAL_ADDRESS: 'temporal.example:7233',
      TEMPORAL_NAMESPACE: 'returns',
      SMTP_URL: 'smtp://mail:25',
    });
    expect(config).toMatchObject({
      database: { url: 'postgresql://homeward@db/homeward' },
      temporal: { address: 'temporal.example:7233', namespace: 'returns' },
      mail: { smtp: { url: 'smtp://mail:25' } },
    });
  });

  it('reads a Temporal profile that is named, and only then', () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeward-config-'));
    const file = join(folder, 'temporal.toml');
    writeFileSync(
      file,
      '[profile.cloud]\naddress = "cloud.example:7233"\nnamespace = "returns"\napi_key = "key"\n',
    );
    const config = parseConfig({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'cloud' });
    expect(config.temporal).toEqual({ address: 'cloud.example:7233', namespace: 'returns' });
    expect(config.temporalConnection).toMatchObject({ apiKey: 'key', tls: true });
    expect(parseConfig({ XDG_CONFIG_HOME: folder }).temporal).toHaveProperty('port');
    rmSync(folder, { recursive: true });
  });

  it('takes the console’s client at an issuer elsewhere, with a secret or without, and no secret alone', () => {
    const elsewhere = { OIDC_ISSUER: 'https://issuer.example', OIDC_AUDIENCE: 'homeward' };
    expect(parseConfig(elsewhere).issuer).toEqual({ url: 'https://issuer.example', audience: 'homeward' });
    expect(parseConfig({ ...elsewhere, OIDC_CLIENT_ID: 'console' }).issuer?.client).toEqual({
      clientId: 'console',
    });
    const withSecret = { ...elsewhere, OIDC_CLIENT_ID: 'console', OIDC_CLIENT_SECRET: 'hunter2' };
    expect(parseConfig(withSecret).issuer?.client).toEqual({ clientId: 'console', clientSecret: 'hunter2' });
    const alone = fault({ ...elsewhere, OIDC_CLIENT_SECRET: 'hunter2' });
    expect(alone.problem).toContain('OIDC_CLIENT_ID: ');
    expect(alone.message).not.toContain('hunter2');
  });

  it('names what a separate api or worker lacks', () => {
    expect(fault({}, 'api').problem).toMatch(/DATABASE_URL[^]*HOMEWARD_SEAL_KEY[^]*TEMPORAL_ADDRESS/);
    expect(fault({}, 'worker').problem).toContain('SMTP_URL');
  });

  it('points at a setting that is probably misspelt', () => {
    expect(parseConfig({ HOMEWARD_DTA: 'x' }).warnings).toEqual([expect.stringContaining('HOMEWARD_DTA')]);
  });

  it('is shown whole in .env.example', () => {
    const example = readFileSync(join(__dirname, '../.env.example'), 'utf8');
    const named = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
    const forCompose = [
      'POSTGRES_PASSWORD',
      'DATABASE_PASSWORD',
      'DATABASE_OWNER_PASSWORD',
      'TEMPORAL_DB_PASSWORD',
    ];
    expect(named.sort()).toEqual([...Object.keys(variables), ...forCompose].sort());
    for (const { purpose } of Object.values(variables)) expect(example).toContain(purpose);
  });
});
