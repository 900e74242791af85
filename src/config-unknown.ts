/** Settings that look like ours but are not known, probably misspelt: told wherever the environment is read. */
import { variables } from './config-variables';
import { nearest } from './stack/process/nearest';

/** Read outside the table, by scripts and tests. */
const usedByScripts = new Set([
  'HOMEWARD_PRETEND_NODE',
  'HOMEWARD_BUILD_ANYWAY',
  'HOMEWARD_PROPERTY_RUNS',
  'HOMEWARD_CLI',
]);
/** Others are programs' own, such as OTEL_EXPORTER_OTLP_HEADERS: only a near miss of ours is told. */
const ours = 'HOMEWARD_';

export function unknownSettings(env: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(variables);
  return Object.keys(env)
    .filter((name) => !(name in variables) && !usedByScripts.has(name))
    .flatMap((name) => {
      const meant = /^[A-Z_]+$/.test(name) ? nearest(name, known) : undefined;
      if (!name.startsWith(ours) && meant === undefined) return [];
      const advice = meant === undefined ? 'see .env.example for those that are.' : `did you mean ${meant}?`;
      return [`${name} is not a setting of Homeward; ${advice}`];
    });
}
