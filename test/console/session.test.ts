/** What is typed and not yet sent: only the session under which it was typed can read it. */
import { readCommand } from '../../console/src/commands/read-command';
import type { FormContext } from '../../console/src/commands/fields';
import { date, note, pickMany } from '../../console/src/commands/fields';
import { open, seal } from '../../console/src/session/sealed-text';
import type { Draft } from '../../console/src/session/draft';

/** As the session's answer gives it: 256 bits, base64url. */
const newKey = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
const key = newKey();
const draft: Draft = {
  key: crypto.randomUUID(),
  typed: {
    note: ['Говорила з мамою.\n«Так», — № 12/34-дн. قالت نعم 👨‍👩‍👧 \u0000'],
    documents: ['doc-1', 'doc-2'],
    'validUntil.day': ['4'],
    'validUntil.month': ['12'],
    'validUntil.year': ['2026'],
    empty: [],
  },
};
const bytesOf = (sealed: string): Buffer => Buffer.from(sealed, 'base64');

describe('a draft', () => {
  it('comes back as it was typed', async () => {
    expect(await open(key, await seal(key, draft))).toEqual(draft);
  });

  it('means the same command afterwards', async () => {
    const fields = { documents: pickMany(() => []), validUntil: date(), note: note() };
    const kept = (await open(key, await seal(key, draft))) as Draft;
    const read = ({ typed }: Draft) =>
      readCommand('confirmTravelDocuments', fields, typed, {} as FormContext);
    expect(read(kept)).toEqual(read(draft));
    expect(read(kept)).toMatchObject({ documents: ['doc-1', 'doc-2'], validUntil: '2026-12-04' });
  });

  it.each([[null], [''], [0], [[]], [{}]])('that is %j comes back too', async (value) => {
    expect(await open(key, await seal(key, value))).toEqual(value);
  });

  it('of a whole file, a megabyte, can be kept', async () => {
    const long = { key: draft.key, typed: { note: ['ї'.repeat(500_000)] } };
    expect(await open(key, await seal(key, long))).toEqual(long);
  });

  it('can be sealed under every key a session may get, with - and _ in it', async () => {
    for (const odd of ['-'.repeat(43).replace(/.$/, '8'), '_'.repeat(43).replace(/.$/, '8')])
      expect(await open(odd, await seal(odd, draft))).toEqual(draft);
  });
});

describe('sealed text', () => {
  it('says nothing of what was typed, and differs each time', async () => {
    const [one, other] = [await seal(key, draft), await seal(key, draft)];
    expect(one).not.toBe(other);
    expect(bytesOf(one).subarray(0, 12)).not.toEqual(bytesOf(other).subarray(0, 12));
    for (const sealed of [one, bytesOf(one).toString('latin1'), bytesOf(one).toString('utf8')])
      for (const typed of ['note', 'doc-1', 'Говорила', draft.key, key]) expect(sealed).not.toContain(typed);
  });

  it('opens under no other key', async () => {
    expect(await open(newKey(), await seal(key, draft))).toBeUndefined();
  });

  it('does not open when a single bit of it was changed, wherever', async () => {
    const sealed = bytesOf(await seal(key, 'yes'));
    for (let place = 0; place < sealed.length * 8; place++) {
      const changed = Buffer.from(sealed);
      changed[place >> 3]! ^= 1 << (place & 7);
      expect(await open(key, changed.toString('base64'))).toBeUndefined();
    }
  });

  it('does not open when it was cut or is something else', async () => {
    const sealed = bytesOf(await seal(key, draft));
    const cut = [sealed.subarray(0, -1), sealed.subarray(1), sealed.subarray(0, 12), Buffer.alloc(0)];
    for (const text of [
      ...cut.map((bytes) => bytes.toString('base64')),
      'not base64!',
      '{"key":"","typed":{}}',
    ])
      expect(await open(key, text)).toBeUndefined();
  });

  it('is not opened, and does not fail, without a proper key', async () => {
    const sealed = await seal(key, draft);
    for (const none of ['', 'short', '!']) expect(await open(none, sealed)).toBeUndefined();
  });
});
