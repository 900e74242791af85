/** A real SMTP server that keeps what it takes, and refuses, hangs up or stays silent when told to. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface PostOffice {
  readonly url: string;
  readonly port: number;
  readonly received: ParsedMail[];
  /**
   * Recipients whose mails are answered with this code, or with code and words (`550 5.7.1 blocked`); `hang-up` drops
   * the connection in the middle.
   */
  readonly mood: Map<string, number | `${number} ${string}` | 'hang-up' | 'silence'>;
  /** The same of the letter itself, once it is handed over. */
  dataMood?: `${number} ${string}`;
  /** Takes the mail, and hangs up before it says so: the sender can’t know. */
  dropsAfterData: boolean;
  /** Called for each mail, before it is acknowledged. */
  onMail?: (mail: ParsedMail) => Promise<void>;
  to(address: string): ParsedMail[];
  stop(): Promise<void>;
}

export interface PostOfficeRules {
  /** TLS from the first byte, or STARTTLS before anything else; the certificate is its own. */
  readonly tls?: { readonly from: 'start' | 'starttls'; readonly key: string; readonly cert: string };
  readonly account?: { readonly user: string; readonly pass: string };
  readonly host?: string;
}

export async function openPostOffice({
  tls,
  account,
  host = '127.0.0.1',
}: PostOfficeRules = {}): Promise<PostOffice> {
  const received: ParsedMail[] = [];
  const mood: PostOffice['mood'] = new Map();
  const server = new SMTPServer({
    authOptional: account === undefined,
    disabledCommands: [...(account ? [] : ['AUTH']), ...(tls ? [] : ['STARTTLS'])],
    ...(tls && { secure: tls.from === 'start', key: tls.key, cert: tls.cert }),
    // Where there is TLS a password is asked for under it.
    allowInsecureAuth: tls === undefined,
    onAuth({ username, password }, _session, callback) {
      const isKnown = username === account?.user && password === account?.pass;
      if (isKnown) callback(null, { user: username });
      else callback(Object.assign(new Error('no such account'), { responseCode: 535 }));
    },
    disableReverseLookup: true,
    // Whoever is left is hung up on.
    closeTimeout: 300,
    onRcptTo({ address }, session, callback) {
      const code = mood.get(address) ?? mood.get('*');
      if (code === 'hang-up') {
        hangUp(session.id);
        return;
      }
      if (code === 'silence') return;
      callback(code === undefined ? null : refusalOf(code, `no mail for ${address}`));
    },
    onData(stream, session, callback) {
      simpleParser(stream).then(async (mail) => {
        await office.onMail?.(mail);
        if (office.dataMood === undefined) received.push(mail);
        if (office.dataMood !== undefined) callback(refusalOf(office.dataMood, ''));
        else if (office.dropsAfterData) hangUp(session.id);
        else callback();
      }, callback);
    },
  });
  const hangUp = (id: string): void => {
    for (const client of (server as unknown as { connections: Set<{ id: string; close(): void }> })
      .connections)
      if (client.id === id) client.close();
  };
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, host, () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const office: PostOffice = {
    url: `smtp${tls?.from === 'start' ? 's' : ''}://${host}:${port}`,
    port,
    dropsAfterData: false,
    received,
    mood,
    to: (address) => received.filter(({ to }) => [to].flat().some((each) => each?.text === address)),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return office;
}

function refusalOf(said: number | string, otherwise: string): Error {
  const [, code = '', words = ''] = /^(\d{3}) ?(.*)$/.exec(`${said}`) ?? [];
  return Object.assign(new Error(words || otherwise), { responseCode: Number(code) });
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
