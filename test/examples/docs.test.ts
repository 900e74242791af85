import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCodes } from '../../src/contracts/dossier/check-codes';
import { afterCodes } from '../../src/contracts/mechanism/after';
import { defaultLadders } from '../../src/contracts/mechanism/defaults';
import { mechanismFaultCodes } from '../../src/contracts/mechanism/faults';
import { kindsWithOwnDue } from '../../src/domain/model/obligation-kinds';

/** Rows of a page's tables, cells trimmed. */
const rowsOf = (page: string): string[][] =>
  readFileSync(join(__dirname, '../../docs', page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const rowOf = (page: string, code: string): string[] | undefined =>
  rowsOf(page).find(([first]) => first === `\`${code}\``);

describe('the pages for reading', () => {
  test.each(Object.entries(checkCodes))(
    'docs/verification-checks.md says of %s what the code says',
    (code, check) => {
      const facet = 'facet' in check ? check.facet : '';
      expect(rowOf('verification-checks.md', code)?.slice(1)).toEqual([check.severity, facet, check.advice]);
    },
  );

  test('docs/verification-checks.md lists no code that is gone', () => {
    expect(rowsOf('verification-checks.md')).toHaveLength(Object.keys(checkCodes).length);
  });

  test.each([...mechanismFaultCodes, ...afterCodes])('docs/mechanism.md lists the check %s', (code) => {
    expect(rowOf('mechanism.md', code)?.[1]).toBeTruthy();
  });

  test.each(Object.entries(defaultLadders))(
    'docs/mechanism.md has the default ladder of %s',
    (kind, ladder) => {
      const row = rowOf('mechanism.md', kind);
      const hasOwnDue = (kindsWithOwnDue as readonly string[]).includes(kind);
      expect([row?.[1], row?.[3]]).toEqual([hasOwnDue ? 'the case says' : ladder.due, ladder.thenEvery]);
      expect(row?.[2]?.match(/(remind|escalate|review) (\d+ working days?|\S+?)(?=[ ,]|$)/g)).toEqual(
        ladder.steps.map(({ act, after }) => `${act} ${after}`),
      );
    },
  );
});
