import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { coreMetrics, metricTable } from '../../src/telemetry/metric-table';
import { findPromtool } from './support/promtool';

const folder = join(__dirname, '../../ops/alerts');
const rulesFile = join(folder, 'homeward.rules.yml');
const testsFile = join(folder, 'homeward.rules.test.yml');
const page = readFileSync(join(__dirname, '../../docs/telemetry.md'), 'utf8');

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}
const alerts = (parse(readFileSync(rulesFile, 'utf8')) as { groups: { rules: Alert[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);

describe('the alerts', () => {
  let promtool = '';
  beforeAll(() => {
    promtool = findPromtool();
  }, 900_000);
  const check = (...args: string[]): { code: number | null; said: string } => {
    const { status, stdout, stderr } = spawnSync(promtool, args, { encoding: 'utf8' });
    return { code: status, said: `${stdout}${stderr}` };
  };

  it('are rules that Prometheus understands', () => {
    const { code, said } = check('check', 'rules', rulesFile);
    expect(said).toContain(`${alerts.length} rules found`);
    expect(code).toBe(0);
  });

  it('fire when they should and are quiet when they should be', () => {
    expect(check('test', 'rules', testsFile)).toMatchObject({ code: 0 });
  });

  it('are each tried both ways, firing and quiet', () => {
    const { tests } = parse(readFileSync(testsFile, 'utf8')) as {
      tests: { promql_expr_test: { expr: string; exp_samples: unknown[] }[] }[];
    };
    const tried = (alert: string, fires: boolean): boolean =>
      tests.some((test) =>
        test.promql_expr_test.some(
          ({ expr, exp_samples }) => expr.includes(`"${alert}"`) && exp_samples.length > 0 === fires,
        ),
      );
    expect(alerts.filter(({ alert }) => !tried(alert, true) || !tried(alert, false))).toEqual([]);
  });

  it('are noticed when one of them is broken: the check can fail', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'homeward-alerts-'));
    const broken = readFileSync(rulesFile, 'utf8').replace(
      'homeward_safety_overdue) > 0',
      'homeward_safety_overdue) > 5',
    );
    writeFileSync(join(elsewhere, 'homeward.rules.yml'), broken);
    copyFileSync(testsFile, join(elsewhere, 'homeward.rules.test.yml'));
    const { code } = check('test', 'rules', join(elsewhere, 'homeward.rules.test.yml'));
    rmSync(elsewhere, { recursive: true });
    expect(code).not.toBe(0);
  });

  it('ask only for figures that somebody tells', () => {
    const known = new Set<string>([...Object.keys(metricTable), ...Object.keys(coreMetrics)]);
    const asked = alerts.flatMap(({ expr }) => expr.match(/\b(?:homeward|temporal)_\w+/g) ?? []);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it('say what they mean and what to run first, and stand in the docs', () => {
    for (const { alert, labels, annotations } of alerts) {
      expect([alert, labels.severity]).toEqual([alert, expect.stringMatching(/^(page|ticket)$/)]);
      expect(Object.keys(annotations).sort()).toEqual(['first', 'meaning', 'summary']);
      expect(annotations.first).toMatch(/^homeward ops /);
      expect(page).toContain(`| ${alert} `);
    }
    const documented = [...page.matchAll(/^\| (Homeward\w+) /gm)].map(([, name]) => name);
    expect(documented.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });
});
