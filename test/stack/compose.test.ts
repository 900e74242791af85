import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config';
import { pinnedServer } from '../../src/stack/temporal/cli';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  ports?: string[];
  container_name?: string;
  environment?: Record<string, string | number>;
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  stop_grace_period?: string;
}

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const service = (name: string): Service => {
  const found = services[name];
  if (found === undefined) throw new Error(`there is no service ${name}`);
  return found;
};

describe('docker-compose.yml', () => {
  it('brings Postgres 18, Temporal with its UI, api and worker', () => {
    expect(service('postgres').image).toMatch(/^postgres:18\./);
    expect(service('temporal').image).toBe(`temporalio/auto-setup:${pinnedServer}`);
    expect(service('temporal-ui').image).toMatch(/^temporalio\/ui:\d/);
    expect(service('api').command).toEqual(['dist/src/api.js']);
    expect(service('worker').command).toEqual(['dist/src/worker.js']);
    expect(service('api').image).toBe(service('worker').image);
  });

  it('pins every image to a version', () => {
    for (const { image = '' } of Object.values(services)) expect(image).toMatch(/:(v?\d|local$)/);
  });

  it.each(['api', 'worker'])('lets %s be scaled: no name and no port of the host is its own', (name) => {
    expect(service(name)).not.toHaveProperty('ports');
    expect(service(name)).not.toHaveProperty('container_name');
  });

  it('opens ports on loopback only', () => {
    const ports = Object.values(services).flatMap((one) => one.ports ?? []);
    expect(ports).not.toHaveLength(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('holds no secret: each comes from the environment and stops the start when it is missing', () => {
    const secrets = Object.values(services)
      .flatMap(({ environment = {} }) => Object.entries(environment))
      .filter(([name]) => /PASSWORD|PWD|SEAL_KEY|DATABASE_URL/.test(name));
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    for (const [, value] of secrets) expect(String(value)).toMatch(/\$\{[A-Z_]+:\?/);
    expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toContain('.env');
  });

  it('starts in order: each waits until what it needs is healthy', () => {
    for (const one of Object.values(services)) {
      for (const [needed, { condition }] of Object.entries(one.depends_on ?? {})) {
        const isProbed = service(needed).healthcheck !== undefined;
        expect([needed, condition]).toEqual([needed, isProbed ? 'service_healthy' : 'service_started']);
      }
    }
    expect(Object.keys(service('worker').depends_on ?? {})).toContain('api');
  });

  it('gives api and worker a configuration that they accept', () => {
    const filled = (name: string) =>
      Object.fromEntries(
        Object.entries(service(name).environment ?? {}).map(([key, value]) => [
          key,
          String(value)
            .replace(/\$\{[A-Z_]+:\?[^}]*\}/g, 'x'.repeat(40))
            .replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1'),
        ]),
      );
    expect(parseConfig(filled('api'), 'api').warnings).toEqual([]);
    expect(parseConfig(filled('worker'), 'worker').temporal).toMatchObject({ address: 'temporal:7233' });
  });

  it('mounts only files that are there and volumes it declares', () => {
    for (const mount of Object.values(services).flatMap((one) => one.volumes ?? [])) {
      const [from = ''] = mount.split(':');
      if (from.startsWith('./')) expect(existsSync(join(root, from))).toBe(true);
      else expect(Object.keys(volumes)).toContain(from);
    }
  });

  it('gives a worker more time to stop than it takes to drain', () => {
    expect(parseInt(service('worker').stop_grace_period ?? '0', 10)).toBeGreaterThan(30);
  });
});

describe('the image', () => {
  const stages = dockerfile.split(/^FROM /m).slice(1);
  const last = stages.at(-1) ?? '';

  it('is built in stages on a glibc base with a pinned Node, not on Alpine', () => {
    expect(stages.length).toBeGreaterThan(1);
    for (const stage of stages) expect(stage).toMatch(/^node:\d+-bookworm-slim/);
  });

  it('does not run as root, says how it is, and gets its signals itself', () => {
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).toMatch(/^ENTRYPOINT \["node"\]$/m);
  });

  it('carries no development package', () => {
    expect(dockerfile).toContain('npm ci --omit=dev');
    expect(last).not.toMatch(/npm (ci|install)/);
  });
});
