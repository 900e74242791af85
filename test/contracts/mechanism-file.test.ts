import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkMechanismFile } from '../../src/cli/mechanism-check';
import { getExamplePath } from '../../src/examples/example-files';
import { readMechanism } from '../../src/contracts/mechanism/file';
import { propertyRuns } from '../support/property-runs';

const doha = readFileSync(getExamplePath('mechanisms', 'doha.yaml'), 'utf8');
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
/** Faults as a person reads them: `line path: message`. */
const faultsOf = (text: string): string[] => {
  const read = readMechanism(text);
  return 'faults' in read ? read.faults.map(({ line, path, message }) => `${line} ${path}: ${message}`) : [];
};
const replaced = (part: string, by: string): string => {
  expect(doha).toContain(part);
  return doha.replace(part, () => by);
};

describe('a mechanism file', () => {
  test('names a wrong value with its line', () => {
    const line = lineOf(doha, 'holdReviewWithin: P7D');
    expect(faultsOf(replaced('holdReviewWithin: P7D', 'holdReviewWithin: 7 days'))).toEqual([
      `${line} holdReviewWithin: must be an ISO 8601 duration such as P30D, PT15M or P6M`,
    ]);
  });

  test('names a missing value at the entry it belongs to', () => {
    const part = '  - id: es-dispatcher\n    party: escort\n';
    const line = lineOf(doha, part);
    const text = replaced(part, '  - id: es-dispatcher\n');
    expect(faultsOf(text)).toEqual([`${line} officials[15].party: is missing`]);
  });

  test.each([
    ['Etc/GMT+3', 'is always 3 hours behind UTC, without summer time'],
    ['Etc/GMT-1', 'is always 1 hour ahead of UTC, without summer time'],
    ['EST', 'behind UTC'],
    ['W-SU', 'is always 3 hours ahead of UTC, without summer time'],
    ['GB', 'is an old name, as UTC in winter'],
  ])('is sound with the zone %s, and warns of it', (zone, told) => {
    const text = replaced('timeZone: Europe/Moscow', `timeZone: ${zone}`);
    const read = readMechanism(text);
    const line = lineOf(text, `timeZone: ${zone}`);
    expect('warnings' in read && read.warnings).toEqual([
      expect.objectContaining({ line, path: 'parties[2].timeZone', message: expect.stringContaining(told) }),
    ]);
  });

  test('warns where nobody could hear a child, and is sound all the same', () => {
    const read = readMechanism(
      replaced(
        'email: interviewer@mediator.example\n    roles: [interviewer]',
        'email: interviewer@mediator.example\n    roles: [reviewer]',
      ).replace('{ kind: mediator, roles: [interviewer] }', '{ kind: mediator, roles: [case-officer] }'),
    );
    expect('warnings' in read && read.warnings).toEqual([
      expect.objectContaining({ path: 'parties[0]', message: expect.stringContaining('nobody could hear') }),
    ]);
  });

  test.each([
    ['2034-03-01', []],
    ['2034-05-02', [expect.stringContaining('ends on 2034-06-30, within 60 days')]],
    ['2034-07-01', [expect.stringContaining('ended on 2034-06-30')]],
  ])('on %s warns of an escort’s credential that ends soon, and is sound all the same', (today, messages) => {
    const read = readMechanism(doha, undefined, today);
    expect('warnings' in read && read.warnings.map(({ message }) => message)).toEqual(messages);
  });

  test('warns where a closed party has nobody left for its open cases, and is sound all the same', () => {
    const deserted = doha.replace('kind: observer', 'kind: observer\n    closed: 2027-01-01');
    expect(readMechanism(deserted)).toMatchObject({ warnings: [] });
    const left = deserted.replace('    roles: [observer]', '    roles: [observer]\n    active: false');
    expect(readMechanism(left)).toMatchObject({
      warnings: [{ path: 'parties[6].closed', message: expect.stringContaining('observer has no active') }],
    });
  });

  test.each(['UTC', 'Asia/Kolkata', 'Europe/Kiev', 'America/Argentina/Buenos_Aires'])(
    'warns of nothing with the zone %s',
    (zone) => {
      const read = readMechanism(replaced('timeZone: Europe/Moscow', `timeZone: ${zone}`));
      expect(read).toMatchObject({ warnings: [] });
    },
  );

  test.each(['preferred_username', 'name', 'aud', '9'])('lets no claim %s name officials', (claim) => {
    expect(faultsOf(`${doha}signIn: { claim: ${JSON.stringify(claim)} }\n`)).toHaveLength(1);
    expect(faultsOf(`${doha}signIn: { claim: oid }\n`)).toEqual([]);
  });

  test('names a key it does not know where it stands', () => {
    const text = replaced(
      'relayable: [russia, ukraine]',
      'relayable: [russia, ukraine]\nrelayabel: [ukraine]',
    );
    expect(faultsOf(text)).toEqual([`${lineOf(text, 'relayabel')} relayabel: is not known here`]);
  });

  test('names a key given twice, where it stands the second time', () => {
    const text = replaced('welfareNoteEvery: P1D', 'welfareNoteEvery: P1D\nwelfareNoteEvery: P2D');
    expect(faultsOf(text)).toEqual([`${lineOf(text, 'welfareNoteEvery: P2D')} : this key stands here twice`]);
  });

  test('names faults between its parts where they can be mended', () => {
    const text = replaced('decidingSides: [ukraine, russia]', 'decidingSides: [ukraine, russia, embassy]');
    expect(faultsOf(text)).toEqual([
      `${lineOf(text, 'decidingSides:')} decidingSides[2]: embassy is a host party; only requesting, holding, consenting parties decide`,
    ]);
  });

  test('with faults of every sort hears of all of them at once, in the order of its lines', () => {
    const text = doha
      .replace('timeZone: Asia/Qatar', 'timeZone: Asia/Doha')
      .replace('relayable: [russia, ukraine]', 'relayable: [russia, embassy]\nholidays: []')
      .replace('capacity: 15', 'capacity: none')
      .replace('approvalNotice: P14D', 'approvalNotice: P100D\napprovalNotice: P101D');
    expect(faultsOf(text).map((fault) => fault.split(' ')[1]?.replace(/:$/, ''))).toEqual([
      'parties[0].timeZone',
      'relayable[1]',
      'holidays',
      'sites[0].capacity',
      'approvalNotice',
      '',
    ]);
  });

  test('with one broken official is not told that the office is empty', () => {
    // The lead's address is wrong; "no active lead" would send people looking in the wrong place.
    const text = replaced('email: lead@mediator.example', 'email: lead');
    expect(faultsOf(text)).toEqual([
      `${lineOf(text, 'email: lead')} officials[0].email: must be an e-mail address`,
    ]);
  });

  test('points at the right column', () => {
    const read = readMechanism(replaced('capacity: 15', 'capacity: 0'));
    expect('faults' in read && read.faults[0]).toMatchObject({
      line: lineOf(doha, 'capacity: 15'),
      column: 5,
      path: 'sites[0].capacity',
    });
  });

  test('finds the fault behind an alias on the line of its anchor', () => {
    const text = doha
      .replace(
        'reviewedBy: [{ kind: mediator, roles: [case-officer, lead] }]',
        'reviewedBy: &office [{ kind: mediator, roles: [boss] }]',
      )
      .replace('reviewedBy: [{ kind: mediator, roles: [reviewer, lead] }]', 'reviewedBy: *office');
    const faults = faultsOf(text).filter((fault) => fault.includes('.roles[0]'));
    const line = lineOf(text, '&office');
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([String(line), String(line)]);
  });

  test.each([
    ['a tab for indentation', 'id: a\ntitle:\n\ten: x\n', 3],
    ['an open bracket', 'id: a\ndecidingSides: [a, b\nversion: 1\n', 3],
    ['an open quote', 'id: "a\nversion: 1\n', 3],
    ['a colon in plain text', 'id: a\ntitle: x: y\n', 2],
    ['an unknown alias', 'id: a\ntitle: *nowhere\n', 2],
    ['two documents', 'id: a\n---\nid: b\n', 2],
  ])('that is no YAML for %s is told so with the line', (_what, text, line) => {
    const read = readMechanism(text);
    expect('faults' in read && read.faults.map((fault) => fault.line)).toContain(line);
  });

  test.each([
    ['nothing', ''],
    ['a word', 'doha'],
    ['a list', '- doha\n'],
    ['a comment', '# doha\n'],
  ])('that holds only %s has one fault, on its first line', (_what, text) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^1 : expected (object|mapping)/)]);
  });

  test('that expands without end is refused, not expanded', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 9; n++)
      bomb.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    const started = Date.now();
    expect(faultsOf(bomb.join('\n'))).toHaveLength(1);
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  test('larger than a megabyte is refused unread', () => {
    expect(faultsOf(`# ${'x'.repeat(1_000_001)}`)).toEqual(['1 : longer than 1000000 characters']);
  });

  test('with Windows line ends and a byte order mark reads the same', () => {
    expect(readMechanism(`\uFEFF${doha.replaceAll('\n', '\r\n')}`)).toEqual(readMechanism(doha));
  });

  test('with any line taken out is either sound or told its faults, each on a line it has', () => {
    const lines = doha.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.integer({ min: 1, max: 12 }), (from, count) => {
        const text = lines.toSpliced(from, count).join('\n');
        const read = readMechanism(text);
        if ('mechanism' in read) return;
        expect(read.faults.length).toBeGreaterThan(0);
        for (const { line, column } of read.faults) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length + 1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      propertyRuns(60),
    );
  });
});

describe('homeward mechanism check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-mechanism-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const check = async (content: string | Buffer | undefined) => {
    const path = join(folder, 'm.yaml');
    rmSync(path, { force: true });
    if (content !== undefined) writeFileSync(path, content);
    const lines: string[] = [];
    const exit = await checkMechanismFile(path, (line) => lines.push(line.replace(path, 'm.yaml')));
    return { exit, lines };
  };

  test('says of a sound file what it holds, and exits with 0', async () => {
    expect(await check(doha)).toEqual({
      exit: 0,
      lines: [
        'm.yaml: mechanism doha, version 3, is sound: 7 parties, 21 officials, ukraine and russia decide, 1 hosting site',
      ],
    });
  });

  test('prints one fault a line as file:line:column, counts them, and exits with 1', async () => {
    const text = doha
      .replace('capacity: 15', 'capacity: 0')
      .replace('checkInEvery: PT2H', 'checkInEvery: often');
    const [site, time] = [lineOf(text, 'capacity: 0'), lineOf(text, 'checkInEvery')];
    expect(await check(text)).toEqual({
      exit: 1,
      lines: [
        `m.yaml:${site}:5 sites[0].capacity: must be at least 1`,
        `m.yaml:${time}:1 checkInEvery: must be an ISO 8601 duration such as P30D, PT15M or P6M`,
        'm.yaml: 2 faults',
      ],
    });
  });

  test('says that there is no such file, and exits with 2', async () => {
    expect(await check(undefined)).toEqual({ exit: 2, lines: ['m.yaml: there is no such file'] });
  });

  test('says that a file is not text, and exits with 2', async () => {
    expect(await check(Buffer.from([0xff, 0xfe, 0x00]))).toEqual({
      exit: 2,
      lines: ['m.yaml: is UTF-16, not UTF-8: save it again as UTF-8'],
    });
  });

  describe('after an older file', () => {
    const [path, older] = [join(folder, 'm.yaml'), join(folder, 'older.yaml')];
    const after = async (olderText: string | undefined, text: string, json = false) => {
      rmSync(older, { force: true });
      if (olderText !== undefined) writeFileSync(older, olderText);
      writeFileSync(path, text);
      const lines: string[] = [];
      const exit = await checkMechanismFile(path, (line) => lines.push(line), { after: older, json });
      return { exit, lines: lines.map((line) => line.replace(path, 'm.yaml').replace(older, 'older.yaml')) };
    };
    const higher = replaced('version: 3', 'version: 4');

    test('names what was taken away where it stands, and exits with 1', async () => {
      const lost = higher.replace('  - id: ob-observer\n', '  - id: ob-watcher\n');
      const { exit, lines } = await after(doha, lost);
      expect([exit, lines]).toEqual([
        1,
        [
          `m.yaml:${lineOf(lost, 'officials:')}:1 officials: lacks the official ob-observer, which version 3 has; ids never go: list it with \`active: false\``,
          'm.yaml: 1 fault',
        ],
      ]);
    });

    test('warns of what open cases would notice, and exits with 0', async () => {
      const text = higher.replace('approvalValidFor: P90D', 'approvalValidFor: P60D');
      const { exit, lines } = await after(doha, text);
      expect([exit, lines[0]]).toEqual([
        0,
        `m.yaml:${lineOf(text, 'approvalValidFor:')}:1 approvalValidFor: warning: P60D instead of P90D: approvals lapse sooner`,
      ]);
    });

    test('takes an older file with a fault that was none in its day', async () => {
      const { exit } = await after(
        doha.replace('relayable: [russia, ukraine]', 'relayable: [escort]'),
        higher,
      );
      expect(exit).toBe(0);
    });

    test.each([
      ['is not there', undefined, 'there is no such file'],
      ['is no mechanism', 'id: doha\n', 'has faults of its own, so nothing can be compared with it'],
    ])('exits with 2 where the older file %s', async (_what, text, message) =>
      expect(await after(text, higher)).toEqual({ exit: 2, lines: [`older.yaml: ${message}`] }),
    );

    test('says the same to a program', async () => {
      const { exit, lines } = await after(doha, doha, true);
      expect([exit, JSON.parse(lines.join('\n'))]).toEqual([
        1,
        {
          file: 'm.yaml',
          isSound: false,
          faults: [expect.objectContaining({ path: 'version', message: 'must be higher than 3', column: 1 })],
        },
      ]);
      expect(JSON.parse((await after(doha, higher, true)).lines.join('\n'))).toEqual({
        ...{ file: 'm.yaml', isSound: true, id: 'doha', version: 4, warnings: [] },
      });
      expect(JSON.parse((await after(undefined, higher, true)).lines.join('\n'))).toMatchObject({
        unreadable: expect.stringContaining('there is no such file'),
      });
    });
  });

  test('says that a folder is no file, and exits with 2', async () => {
    const lines: string[] = [];
    expect(await checkMechanismFile(folder, (line) => lines.push(line))).toBe(2);
    expect(lines).toEqual([`${folder}: is a folder, not a file`]);
  });
});
