/** An SMTP server that reads every mail and drops it: what a receiver does with mails is not Homeward's cost. */
import { SMTPServer } from 'smtp-server';
import { findFreePort, loopback } from '../src/stack/process/ports';

export interface MailDrop {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startMailDrop(): Promise<MailDrop> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, _session, callback) {
      stream.on('end', () => callback());
      stream.resume();
    },
  });
  // A worker that is stopped hangs up.
  server.on('error', () => undefined);
  const port = await findFreePort();
  await new Promise<void>((resolve) => server.listen(port, loopback, resolve));
  return {
    url: `smtp://${loopback}:${port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
