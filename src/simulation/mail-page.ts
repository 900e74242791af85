/**
 * What officials were sent, as one page: the mails that the embedded sink kept, by person and by day, so that
 * anybody can judge whether Homeward nags. Reads files only; days may be seconds, as in a rehearsal.
 */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';

export interface SunkMail {
  readonly to: string;
  /** Milliseconds since 1970 at which the sink had it: in a rehearsal the Date header's seconds are days. */
  readonly receivedAt: number;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  /** The kinds of the notices it brings, e.g. `reminder`; of a digest all of them. */
  readonly kinds: readonly string[];
  /** Sent at once, whatever the hour. */
  readonly safety: boolean;
}

/** In the order they came. Mails that are still being written are passed over. */
export async function readMails(folder: string): Promise<SunkMail[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  return Promise.all(
    names.map(async (name) => mailOf(name, await simpleParser(createReadStream(join(folder, name))))),
  );
}

function mailOf(name: string, mail: ParsedMail): SunkMail {
  const [to] = [mail.to ?? []].flat();
  return {
    to: to?.text ?? '',
    receivedAt: Date.parse(name.replace(/^(.{10}T)(\d\d)-(\d\d)-(\d\d)-(\d{3})Z.*$/, '$1$2:$3:$4.$5Z')),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    messageId: mail.messageId ?? '',
    kinds: headerOf(mail, 'x-homeward-kinds').split(' '),
    // Importance and X-Priority, as the parser calls both.
    safety: mail.headers.get('priority') === 'high',
  };
}

function headerOf({ headers }: ParsedMail, name: string): string {
  const value = headers.get(name);
  return typeof value === 'string' ? value : '';
}

/** By person, in the order of their addresses. */
export function byReceiver(mails: readonly SunkMail[]): [string, SunkMail[]][] {
  const receivers = new Map<string, SunkMail[]>();
  for (const mail of mails) receivers.set(mail.to, [...(receivers.get(mail.to) ?? []), mail]);
  return [...receivers].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** A page that needs nothing else. `dayMs` is the length of a day, counted from the first mail of all. */
export function mailPageOf(mails: readonly SunkMail[], { dayMs }: { readonly dayMs: number }): string {
  const start = Math.min(...mails.map(({ receivedAt }) => receivedAt));
  const dayOf = ({ receivedAt }: SunkMail): number => Math.floor((receivedAt - start) / dayMs) + 1;
  const sections = byReceiver(mails).map(([receiver, theirs]) => {
    const rows = theirs.map(
      (mail) =>
        `<tr${mail.safety ? ' class="safety"' : ''}><td>${dayOf(mail)}</td><td><details><summary dir="auto">${escaped(mail.subject)}</summary><pre dir="auto">${escaped(mail.text)}</pre></details></td></tr>`,
    );
    const alarms = theirs.filter(({ safety }) => safety).length;
    return `<section><h2><bdi>${escaped(receiver)}</bdi></h2>
<p>${theirs.length - alarms} ordinary, ${alarms} of safety</p>
<table><thead><tr><th>Day</th><th>Mail</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails by official</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1b1b1b; }
section { margin-block: 2rem; } h2 { font-size: 1.1rem; margin: 0; } p { margin: 0; color: #555; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }
td:first-child { width: 4rem; font-variant-numeric: tabular-nums; } .safety td { background: #fdecea; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; background: #f6f6f6; padding: .6rem; }
</style>
<h1>Mails by official</h1>
<p>${mails.length} mails. What concerns a child’s safety goes out at once and is marked; all else waits for a digest.</p>
${sections.join('\n')}
</html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
