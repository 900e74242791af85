/**
 * Reads what a mail server said when it did not take a letter: whose fault it is. Reply codes are RFC 5321's,
 * enhanced status codes RFC 3463's (with RFC 7505's and RFC 6710's). Only numbers are kept: a server's words may
 * repeat an address.
 */

/**
 * `address`: nobody is reached there, whoever writes; the mediator's office finds out where they are. `passing`:
 * the receiver's side may take it later. `ours`: our server, our name or our letter is refused, or the way there is
 * not to be found; operators mend it, and no official's address is to blame.
 */
export type Fault = 'address' | 'passing' | 'ours';

export interface SmtpAnswer {
  readonly fault: Fault;
  /** What it is called once nothing has helped for as long as a letter lives. */
  readonly inTheEnd: Fault;
  /** Of an address: `certain`, more tries help nobody; `likely`, it may be a server that calls everything so. */
  readonly address?: 'certain' | 'likely';
  /** `smtp-550-5.7.1`, `smtp-550`. */
  readonly code: string;
}
export interface SmtpRefusal {
  readonly responseCode: number;
  /** The server's own line or lines. */
  readonly response?: string;
  /** The command it answered. */
  readonly command?: string;
}

interface Reading {
  readonly fault: Fault;
  readonly inTheEnd?: Fault;
  readonly address?: 'certain' | 'likely';
}
const nobodyThere: Reading = { fault: 'address', address: 'certain' };
const ours: Reading = { fault: 'ours' };
/** Full, or switched off: it may be emptied or opened again tomorrow. One that stays so reaches nobody. */
const mailbox: Reading = { fault: 'passing', inTheEnd: 'address' };
/** Servers say so of a wrong name and of a block list alike: tried for a day, then it is the address. */
const perhapsAddress: Reading = { fault: 'passing', inTheEnd: 'address', address: 'likely' };

/** Subject and detail of a permanent code, `1.1` of `5.1.1`. What is not here goes by its subject. */
const byDetail: Readonly<Record<string, Reading>> = {
  // Bad mailbox, bad system (no such domain), bad syntax, moved, a domain that takes no mail (null MX).
  '1.1': nobodyThere,
  '1.2': nobodyThere,
  '1.3': nobodyThere,
  '1.6': nobodyThere,
  '1.10': nobodyThere,
  // Ambiguous: a person has to say which is meant, and trying again does not.
  '1.4': nobodyThere,
  // Of the sender: its syntax, its system; and "relayed to a non-compliant mailer".
  '1.7': ours,
  '1.8': ours,
  '1.9': ours,
  // Disabled. Large providers say so of one who gets too much at the moment, too: it is given time.
  '2.1': mailbox,
  '2.2': mailbox,
  // Longer than the mailbox allows: our letter.
  '2.3': ours,
  '2.4': mailbox,
};
/** 0 and 1: "other", and what is said of an address without saying what. */
const bySubject: Readonly<Record<string, Reading>> = {
  '0': perhapsAddress,
  '1': perhapsAddress,
  '2': mailbox,
  // The system, the way there, the protocol, the content, policy (block lists, SPF, DKIM, authentication).
  '3': ours,
  '4': ours,
  '5': ours,
  '6': ours,
  '7': ours,
};

/** What servers without enhanced codes write, as far as it is common; read, and not kept. */
const words: readonly (readonly [RegExp, Reading])[] = [
  [
    /\b(spam|block(ed|list)?|black ?list|rbl|dnsbl|policy|policies|spf|dkim|dmarc|reputation|relay|authenticat|banned)/i,
    ours,
  ],
  [/\b(full|quota|over.?limit|storage|disabled|suspended|inactive)\b/i, mailbox],
  [
    /\b(user|mailbox|recipient|address|account|addressee|person)\b.{0,40}\b(unknown|not found|(does not|doesn.t) exist|no such|invalid)|\b(no such|unknown|invalid) (user|mailbox|recipient|address|account|person|local)/i,
    nobodyThere,
  ],
];

/** A reply code without an enhanced one. 551: lives elsewhere; 553: a name that can't be. */
const byReply: Readonly<Record<number, Reading>> = {
  550: perhapsAddress,
  551: nobodyThere,
  552: mailbox,
  553: perhapsAddress,
};

const enhancedForm = /^\d{3}[ -]([245])\.(\d{1,3})\.(\d{1,3})(?=\s|$)/m;

export function readSmtpAnswer({ responseCode, response = '', command = '' }: SmtpRefusal): SmtpAnswer {
  const [, enhancedClass, subject = '', detail = ''] = enhancedForm.exec(response) ?? [];
  const enhanced = enhancedClass === undefined ? undefined : `${enhancedClass}.${subject}.${detail}`;
  const code = `smtp-${responseCode}${enhanced === undefined ? '' : `-${enhanced}`}`;
  const reading = readingOf();
  return {
    fault: reading.fault,
    inTheEnd: reading.inTheEnd ?? reading.fault,
    ...(reading.address && { address: reading.address }),
    code,
  };

  function readingOf(): Reading {
    // Whatever else it says: 4xx is for later, and so is what calls itself 4.x.x under a 5xx.
    if (responseCode < 500 || enhancedClass === '4') return { fault: 'passing' };
    if (enhanced !== undefined)
      return byDetail[`${subject}.${detail}`] ?? bySubject[subject] ?? { fault: 'ours' };
    // Only an answer to the receiver's name can be about it; later it is about the letter, before that about us.
    if (command !== '' && command !== 'RCPT TO') return ours;
    return words.find(([form]) => form.test(response))?.[1] ?? byReply[responseCode] ?? ours;
  }
}
