/** What `homeward open` says of files that are no case: which line, and what can be opened. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOpening } from '../../src/cli/case-input';
import type { CliError } from '../../src/cli/cli-error';

const folder = mkdtempSync(join(tmpdir(), 'homeward-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

const complaintOf = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  writeFileSync(path, content);
  const error = await readOpening(path).then(
    () => undefined,
    (refused: unknown) => refused as CliError,
  );
  return `${error?.message ?? 'taken'} ${error?.hint ?? ''}`.replaceAll(path, name);
};

describe('a file with a fault', () => {
  it.each([
    ['a key twice', 'a: 1\na: 2\n', 'line 2:1 this key stands here twice'],
    ['a tab', 'requestingParty: ukraine\n\tholdingParty: russia\n', 'line 2'],
    ['an open quote', 'requestingParty: ukraine\nnote: "unterminated\n', 'line 3:1 Missing closing'],
    ['two documents', 'a: 1\n---\nb: 1\n', 'line 2'],
    ['JSON that breaks off', '{\n "a": [1,\n', 'line 3'],
  ])('with %s names the line', async (_what, text, told) => {
    const complaint = await complaintOf('x.yaml', text);
    expect(complaint).toContain(told);
    expect(complaint).not.toContain('neither JSON nor YAML');
  });

  it('that is empty, or in another encoding, is called so', async () => {
    expect(await complaintOf('x.yaml', '')).toContain('x.yaml is empty.');
    expect(await complaintOf('x.yaml', '# nothing\n')).toContain('not a case');
    expect(await complaintOf('x.json', Buffer.from('\ufeff{"a":1}', 'utf16le'))).toContain('not UTF-8');
    expect(await complaintOf('x.json', Buffer.from([0x7b, 0x22, 0xcf, 0xf0, 0x22, 0x7d]))).toContain(
      'not UTF-8',
    );
  });

  it('with a byte order mark is read all the same', async () => {
    expect(await complaintOf('x.json', '\ufeff{"requestingParty":"ukraine","dossier":{}}')).toContain(
      'taken',
    );
  });
});

describe('a list', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['list.csv', 'name;born;place\nA;2015;X\nB;2016;Y\n', 'table'],
    ['list.tsv', 'name\tborn\tplace\nA\t2015\tX\n', 'table'],
    ['list.xlsx', Buffer.from('504b0304140000', 'hex'), 'spreadsheet'],
    ['list.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'spreadsheet'],
    ['primero.json', '[{"name":"A"},{"name":"B"}]', 'a list of 2'],
    ['primero-one.json', '{"name_first":"A","age":7}', 'none of the fields of a case'],
  ])('such as %s is called what it is, and what can be opened is said', async (name, content, what) => {
    const complaint = await complaintOf(name, content);
    expect(complaint).toContain(what);
    expect(complaint).toContain('One case is opened at a time');
    expect(complaint).not.toContain('well-formed JSON');
  });
});
