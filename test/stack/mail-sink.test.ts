import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startMailSink, type MailSink } from '../../src/stack/mail-sink';

describe('the embedded mail sink', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-mail-'));
  let sink: MailSink;
  beforeAll(async () => {
    sink = await startMailSink({ folder });
  });
  afterAll(async () => {
    await sink.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const send = (subject: string, text: string) =>
    createTransport(`smtp://127.0.0.1:${sink.port}`).sendMail({
      from: 'Homeward <homeward@localhost>',
      to: ['olena@example.org', 'qatar@example.org'],
      subject,
      text,
    });

  it('keeps each mail whole, and beside it what a person reads', async () => {
    await send('Рішення очікується до завтра', 'Справа чекає на вас.');
    const [raw, readable] = readdirSync(folder).sort();
    expect(raw).toMatch(/\.eml$/);
    const text = readFileSync(join(folder, readable ?? ''), 'utf8');
    expect(text).toContain('To:      olena@example.org, qatar@example.org');
    expect(text).toContain('Subject: Рішення очікується до завтра');
    expect(text).toContain('Справа чекає на вас.');
    expect(statSync(join(folder, readable ?? '')).mode & 0o077).toBe(0);
  });

  it('loses none of many that arrive at once', async () => {
    const before = readdirSync(folder).length;
    await Promise.all(Array.from({ length: 20 }, (_, index) => send(`mail ${index}`, 'text')));
    expect(readdirSync(folder).length - before).toBe(40);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
