import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import ts from 'typescript';
import { plainMessage } from '../../src/temporal/runtime';
import { createLog } from '../../src/telemetry/log';
import { logFields } from '../../src/telemetry/log-fields';
import { inScope, noteInScope } from '../../src/telemetry/scope';

const canary = 'Vyhadana';
const birthDate = '2015-04-01';

function sink() {
  let text = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const lines = (): Record<string, unknown>[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log: createLog({ name: 'test', level: 'trace', destination }), text: () => text, lines };
}

describe('the gate of the log', () => {
  it('writes nothing of an object that somebody logs by accident, but that there was one', () => {
    const { log, text, lines } = sink();
    const dossier = { child: { name: canary, birthDate }, recipients: [{ name: canary }] };
    log.info({ dossier }, 'staged');
    log.info({ ...dossier, [canary]: canary }, 'staged');
    log
      .child({ dossier, name: `${canary} Petrenko` })
      .warn({ case: canary, kind: { name: canary } }, 'staged');
    log.info(dossier);
    expect(text()).not.toMatch(/Vyhadana|2015/);
    expect(lines().map(({ msg, withheld }) => [msg, withheld])).toEqual([
      ['staged', 1],
      ['staged', 3],
      ['staged', 2],
      ['no message', 2],
    ]);
  });

  it.each([
    ['an error on its own', (log: ReturnType<typeof createLog>) => log.error(new Error(canary))],
    ['an error under err', (log) => log.error({ err: new Error(`${canary}\n    at ${canary}:1:2 home`) })],
    [
      'an error with a cause',
      (log) => log.error({ err: new Error(canary, { cause: new Error(canary) }) }, 'x'),
    ],
    [
      'an error of Postgres',
      (log) =>
        log.error(
          {
            err: Object.assign(new Error(canary), {
              detail: canary,
              where: canary,
              code: '23505',
              constraint: 'commands_pkey',
            }),
          },
          'x',
        ),
    ],
    ['a value filled into a message', (log) => log.info('child %s', canary)],
    ['an object filled into a message', (log) => log.info({ kind: 'x' }, 'child %o', { name: canary })],
    ['a name where a reference belongs', (log) => log.info({ case: canary, official: `${canary} P` }, 'x')],
    [
      'a name in Cyrillic where an id belongs',
      (log) => log.info({ official: 'Вигадана', kind: 'فلان' }, 'x'),
    ],
    [
      'what stands in an address',
      (log) => log.info({ url: `http://${canary}:${canary}@host/?name=${canary}` }, 'x'),
    ],
    [
      'a line of a multi-line message that looks like a frame',
      (log) => log.error({ err: new Error(`no\n    at home with ${canary}`) }, 'x'),
    ],
  ] as [string, (log: ReturnType<typeof createLog>) => void][])('keeps back %s', (_what, write) => {
    const { log, text, lines } = sink();
    write(log);
    expect(lines()).toHaveLength(1);
    expect(text()).not.toMatch(/vyhadana|Вигадана|فلان/i);
  });

  it('keeps what an operator needs of a fault: name, codes, and where', () => {
    const { log, lines } = sink();
    const fault = Object.assign(new TypeError(canary), { code: 'ECONNREFUSED', type: 'record-away' });
    log.error({ err: fault, case: 'C4SE-0001', attempts: 3 }, 'not written');
    expect(lines()[0]).toMatchObject({
      msg: 'not written',
      case: 'C4SE-0001',
      attempts: 3,
      err: { name: 'TypeError', code: 'ECONNREFUSED', type: 'record-away' },
    });
    expect((lines()[0]?.err as { stack: string[] }).stack[0]).toMatch(/^at .*log-gate\.test\.ts:\d+:\d+\)?$/);
  });

  it('puts request and case on every line of a request, also deep down and later', async () => {
    const { log, lines } = sink();
    await inScope({ requestId: 'request-1' }, async () => {
      log.info('arrived');
      await new Promise((resolve) => setTimeout(resolve, 1));
      noteInScope({ case: 'C4SE-0001' });
      await Promise.resolve().then(() =>
        inScope({ activity: 'submitCommand', attempt: 2 }, () => log.info('deep')),
      );
      log.info({ case: 'C4SE-0002' }, 'about another');
    });
    log.info('outside');
    expect(lines().map(({ requestId, case: about, activity }) => [requestId, about, activity])).toEqual([
      ['request-1', undefined, undefined],
      ['request-1', 'C4SE-0001', 'submitCommand'],
      ['request-1', 'C4SE-0002', undefined],
      [undefined, undefined, undefined],
    ]);
  });

  it('cuts Temporal’s messages where values begin', () => {
    expect(plainMessage(`Failed to decode "${canary}"`)).toBe('Failed to decode');
    expect(plainMessage(`Activity failed: Error: ${canary}`)).toBe('Activity failed');
    expect(plainMessage(`[TMPRL1100] Nondeterminism error: ${canary}`)).toBe(
      'TMPRL1100 a history does not fit the workflow code of this release, so its case stands still',
    );
    // Its own words begin with ids, and would end there.
    expect(plainMessage('[TMPRL1104] 0199-run:12:3 Workflow task duration exceeded 5 seconds.')).toMatch(
      /^TMPRL1104 a workflow task took more than five seconds/,
    );
    expect(plainMessage(`[TMPRL9999] Something new: ${canary}`)).toBe('TMPRL9999 Something new');
    expect(plainMessage(`"${canary}"`)).toBe('told by Temporal');
  });
});

/** Every call of a logger in our source: its facts, if it gives them in place, and its message. */
function logCalls(): {
  where: string;
  fields: string[];
  message: ts.Expression | undefined;
  source: ts.SourceFile;
}[] {
  const root = join(__dirname, '../..');
  const files = ['src', 'activities', 'workflows'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      // The gate itself, and the way by which Temporal's lines come to it.
      .filter((file) => file.endsWith('.ts') && !/^(telemetry\/|temporal\/runtime)/.test(file))
      .map((file) => join(folder, file)),
  );
  const calls: ReturnType<typeof logCalls> = [];
  for (const file of files) {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(root, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && isLogger(node.expression)) {
        const [first, second] = node.arguments;
        const facts = first && ts.isObjectLiteralExpression(first) ? first : undefined;
        const isWorkflow = file.startsWith('workflows');
        calls.push({
          where: `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`,
          source,
          fields: fieldsOf(isWorkflow ? second : facts),
          message: isWorkflow || first?.kind === ts.SyntaxKind.StringLiteral ? first : second,
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return calls;
}

function isLogger(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) && !ts.isElementAccessExpression(callee)) return false;
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : 'info';
  return (
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].includes(method) &&
    /(^|\.)(log|logger)$/.test(callee.expression.getText())
  );
}

function fieldsOf(facts: ts.Expression | undefined): string[] {
  if (!facts || !ts.isObjectLiteralExpression(facts)) return [];
  return facts.properties.flatMap((property) => {
    if (ts.isSpreadAssignment(property)) return [];
    return [property.name.getText().replaceAll(/['"]/g, '')];
  });
}

describe('every line our source writes', () => {
  const calls = logCalls();

  it('is found: the look itself works', () => {
    expect(calls.length).toBeGreaterThan(20);
  });

  it('names only fields that the gate lets through, so that none is written for nothing', () => {
    const unknown = calls.flatMap(({ where, fields }) =>
      fields.filter((field) => !(field in logFields)).map((field) => `${where} ${field}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has a fixed sentence as its message, with nothing filled in', () => {
    const loose = calls.filter(({ message }) => message && !isFixed(message));
    expect(loose.map(({ where, message }) => `${where} ${message?.getText()}`)).toEqual([]);
  });
});

const isFixed = (message: ts.Expression): boolean =>
  ts.isStringLiteral(message) ||
  ts.isNoSubstitutionTemplateLiteral(message) ||
  (ts.isConditionalExpression(message) && isFixed(message.whenTrue) && isFixed(message.whenFalse));
