/** The way to the mail server: nodemailer with timeouts, and its many errors read as a few answers. */
import nodemailer from 'nodemailer';
import type { MailLane } from '../../contracts/letters';
import type { Mail } from '../compose/compose-mail';
import type { Delivery } from './delivery';
import { readSmtpAnswer } from './smtp-answer';

export interface Mailer {
  /** Each lane has connections of its own, so that none waits for another. */
  deliver(mail: Mail, lane: MailLane): Promise<Delivery>;
  /** Ends idle connections; mails under way are finished by whoever waits for them. */
  close(): void;
}

/** Nodemailer's own bounds are minutes; a letter is retried anyway, and others wait behind it. */
const timeouts = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
};
export const maxDeliveryMs = 60_000;
export const mailConnections = 4;

/**
 * `smtps://` is TLS from the first byte; `smtp://` must become TLS by STARTTLS before a password or a letter goes,
 * except on this machine. With user and password where the server wants them. `trusted` are authorities in place of
 * the usual ones; NODE_EXTRA_CA_CERTS adds to these.
 */
export function createMailer(smtpUrl: string, trusted?: { readonly ca: string }): Mailer {
  const settings = {
    url: smtpUrl,
    pool: true,
    maxConnections: mailConnections,
    ...(mayGoInTheClear(smtpUrl) ? { ignoreTLS: true } : { requireTLS: true }),
    ...(trusted && { tls: trusted }),
    ...timeouts,
  } as const;
  const ways = {
    first: nodemailer.createTransport(settings),
    alarm: nodemailer.createTransport(settings),
    mail: nodemailer.createTransport(settings),
  } satisfies Record<MailLane, unknown>;
  return {
    async deliver(mail, lane) {
      try {
        await ways[lane].sendMail(mail);
        return { delivery: 'accepted' };
      } catch (error) {
        return deliveryOf(error as SmtpError);
      }
    },
    close: () => {
      for (const way of Object.values(ways)) way.close();
    },
  };
}

/** This machine has nobody on the way; elsewhere it must be said in the address: `?requireTLS=false`. */
function mayGoInTheClear(smtpUrl: string): boolean {
  const { protocol, hostname, searchParams } = new URL(smtpUrl);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'smtp:' && (isLocal || searchParams.get('requireTLS') === 'false');
}

/** What nodemailer adds to its errors. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  /** The server's words; read, never kept. */
  readonly response?: string;
  readonly command?: string;
  /** Node's own, of a connection that never came about. */
  readonly syscall?: string;
  /** What Node said, where nodemailer puts a code of its own. */
  readonly originalCode?: string;
}

/** Faults of our own account or of the server as a whole: the receiver's address is not to blame. */
const oursToMend = ['EAUTH', 'ETLS', 'ESOCKET', 'ECONNECTION', 'EPROTOCOL', 'ETIMEDOUT', 'EDNS'];

/** Nodemailer tells a connection that never came about from one that broke off by its words alone. */
const beforeAll =
  /^(Connection timeout|Greeting never received|TLS handshake timed out|Reached maximum number of retries)/;
/** Of a host with several addresses none answered. */
const noneAnswered = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Only numbers and nodemailer's own codes are kept: a server's words may repeat an address. */
function deliveryOf(error: SmtpError): Delivery {
  const { code, responseCode, response, command, syscall, originalCode, message } = error;
  if (responseCode === undefined) {
    // Nodemailer itself finds the address malformed.
    if (code === 'EENVELOPE') return { delivery: 'refused', code: codeOf(code) };
    // It could not make the mail: no server has said anything.
    if (code === 'EMESSAGE' || code === 'ESTREAM')
      return { delivery: 'deferred', fault: 'ours', code: codeOf(code) };
    const isBeforeAll =
      syscall === 'connect' ||
      // With a call of its own it is a line that broke, perhaps after all was handed over.
      (syscall === undefined && noneAnswered.includes(originalCode ?? '')) ||
      ['EDNS', 'ETLS', 'EAUTH'].includes(code ?? '') ||
      beforeAll.test(message);
    return { delivery: 'unreachable', code: codeOf(code), mayBeOut: !isBeforeAll };
  }
  const answer = readSmtpAnswer({
    responseCode,
    ...(response !== undefined && { response }),
    ...(command !== undefined && { command }),
  });
  // 421: the server goes away. A refused sender is refused for every letter.
  const isTheWay = oursToMend.includes(code ?? '') || responseCode === 421 || command === 'MAIL FROM';
  if (isTheWay) return { delivery: 'unreachable', code: answer.code };
  if (answer.address === 'certain') return { delivery: 'refused', code: answer.code };
  const { fault, inTheEnd } = answer;
  return {
    delivery: 'deferred',
    code: answer.code,
    fault,
    inTheEnd,
    ...(answer.address && { isLikelyWrong: true }),
  };
}

const codeOf = (code: string | undefined): string =>
  code && /^[A-Z0-9_]{2,40}$/.test(code) ? code : 'unknown';
