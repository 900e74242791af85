/**
 * The embedded default for mail: an SMTP server on loopback that keeps every mail as a file instead
 * of sending it, so that a newcomer sees what officials would have received.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createReadStream } from 'node:fs';
import { simpleParser, type AddressObject } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { assertPortFree, loopback } from './process/ports';

export interface MailSink {
  readonly port: number;
  readonly folder: string;
  stop(): Promise<void>;
}

const largestMailBytes = 10 * 1_048_576;

/** `port` 0 or none: any free one. A mail is acknowledged once its files are whole. */
export async function startMailSink(options: { folder: string; port?: number }): Promise<MailSink> {
  const { folder, port = 0 } = options;
  if (port !== 0) await assertPortFree(port, 'the mail sink', 'HOMEWARD_SMTP_PORT');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let received = 0;
  const server = new SMTPServer({
    name: 'homeward',
    banner: 'mails stay on this machine',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largestMailBytes,
    onData(stream, _session, callback) {
      received += 1;
      const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${String(received).padStart(4, '0')}`;
      keep(folder, name, stream).then(
        () => {
          callback();
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });
  // A client that hangs up in the middle is the client's affair.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const address = server.server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    folder,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The raw mail, and beside it the part a person reads. */
async function keep(folder: string, name: string, stream: SMTPServerDataStream): Promise<void> {
  const raw = join(folder, `${name}.eml`);
  const unfinished = `${raw}.part`;
  try {
    await pipeline(stream, createWriteStream(unfinished, { mode: 0o600 }));
    const mail = await simpleParser(createReadStream(unfinished));
    const lines = [
      `From:    ${addresses(mail.from)}`,
      `To:      ${addresses(mail.to)}`,
      `Date:    ${mail.date?.toISOString() ?? ''}`,
      `Subject: ${mail.subject ?? ''}`,
      '',
      mail.text ?? '',
    ];
    await writeFile(join(folder, `${name}.txt`), lines.join('\n'), { mode: 0o600 });
    await rename(unfinished, raw);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

function addresses(field: AddressObject | AddressObject[] | undefined): string {
  return [field ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}
