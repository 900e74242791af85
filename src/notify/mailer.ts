/** The way to the mail server: nodemailer with bounded patience, and its many errors read as three answers. */
import nodemailer from 'nodemailer';
import type { Mail } from './compose-mail';

export type Delivery =
  | { readonly delivery: 'accepted' }
  /** May go another time: the server is away, busy, or said so (4xx). */
  | { readonly delivery: 'deferred'; readonly code: string }
  /** The server will not take it (5xx). */
  | { readonly delivery: 'refused'; readonly code: string };

export interface Mailer {
  deliver(mail: Mail): Promise<Delivery>;
  /** Ends idle connections; mails under way are finished by whoever waits for them. */
  close(): void;
}

/** Nodemailer's own bounds are minutes; a notice is retried anyway, and others wait behind it. */
const patience = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
};
export const slowestDeliveryMs = 60_000;

/** `smtp://` or `smtps://`, with user and password where the server wants them. */
export function createMailer(smtpUrl: string): Mailer {
  const transport = nodemailer.createTransport({ url: smtpUrl, pool: true, maxConnections: 4, ...patience });
  return {
    async deliver(mail) {
      try {
        await transport.sendMail(mail);
        return { delivery: 'accepted' };
      } catch (error) {
        return deliveryOf(error as SmtpError);
      }
    },
    close: () => {
      transport.close();
    },
  };
}

/** What nodemailer adds to its errors. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** Only numbers and nodemailer's own codes are kept: a server's words may repeat an address. */
function deliveryOf({ code, responseCode }: SmtpError): Delivery {
  if (responseCode === undefined) return { delivery: 'deferred', code: code ?? 'unknown' };
  const name = `smtp-${responseCode}`;
  return { delivery: responseCode >= 500 ? 'refused' : 'deferred', code: name };
}
