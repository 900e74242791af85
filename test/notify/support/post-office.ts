/** A real SMTP server that keeps what it takes, and refuses, hangs up or stays silent when told to. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface PostOffice {
  readonly url: string;
  readonly received: ParsedMail[];
  /** Recipients whose mails are answered with this code; `hang-up` drops the connection in the middle. */
  readonly mood: Map<string, number | 'hang-up'>;
  /** Called for each mail, before it is acknowledged. */
  onMail?: (mail: ParsedMail) => Promise<void>;
  to(address: string): ParsedMail[];
  stop(): Promise<void>;
}

export async function openPostOffice(): Promise<PostOffice> {
  const received: ParsedMail[] = [];
  const mood: PostOffice['mood'] = new Map();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo({ address }, session, callback) {
      const code = mood.get(address) ?? mood.get('*');
      if (code === 'hang-up') {
        for (const client of (server as unknown as { connections: Set<{ id: string; close(): void }> })
          .connections) {
          if (client.id === session.id) client.close();
        }
        return;
      }
      callback(
        code === undefined
          ? null
          : Object.assign(new Error(`no mail for ${address}`), { responseCode: code }),
      );
    },
    onData(stream, _session, callback) {
      simpleParser(stream).then(async (mail) => {
        await office.onMail?.(mail);
        received.push(mail);
        callback();
      }, callback);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const office: PostOffice = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    mood,
    to: (address) => received.filter(({ to }) => [to].flat().some((each) => each?.text === address)),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return office;
}

/** A port on which nobody answers mail: it takes the connection and says nothing. */
export async function openSilence(): Promise<{ url: string; stop(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
