/**
 * What is sent to whom: one letter per receiver, made from notices. A notice is `pending` until the router has made
 * its letters, `routed` while one of them may still go, then `sent`; `dead` when there is nobody to write to.
 */
export const letters = /* sql */ `
alter table outbox drop constraint outbox_status_check;
alter table outbox add constraint outbox_status_check
  check (status in ('pending', 'routed', 'sent', 'dead', 'silenced'));
drop index outbox_by_obligation;
create index outbox_by_obligation on outbox (case_id, obligation);

create table letters (
  -- The receiver's key to recognise a repeat: notice and receiver, or the slot of a digest.
  id text primary key,
  kind text not null check (kind in ('notice', 'digest', 'webhook')),
  mechanism_id text not null,
  party text not null,
  official text check ((official is null) = (kind = 'webhook')),
  safety boolean not null,
  -- When it is meant to go; a digest's slot.
  send_at timestamptz(3) not null,
  status text not null default 'pending' check (status in ('pending', 'sent', 'dead', 'silenced')),
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null,
  -- Set while a dispatcher has it in hand.
  leased_until timestamptz(3),
  -- Tried, and its receiver may have it: only a refusal, or no way there at all, says that they do not.
  may_be_out boolean not null default false,
  sent_at timestamptz(3),
  -- Where the last attempt went, to see later whether it was mended. Of an official or a system, never of a family.
  address text,
  -- Stays when it is sent again: the address failed then.
  given_up_at timestamptz(3),
  last_error_code text,
  -- The operator who had it sent again.
  resent_by text,
  created_at timestamptz(3) not null default clock_timestamp()
);
create index letters_due on letters (kind, safety, next_attempt_at, id) where status = 'pending';
create index letters_waiting_by_receiver on letters (mechanism_id, official, send_at) where status = 'pending';
create index letters_given_up on letters (mechanism_id, party, official, given_up_at) where given_up_at is not null;
create index letters_dead on letters (given_up_at, id) where status = 'dead';
create index letters_sent_to on letters (mechanism_id, party, official, sent_at) where status = 'sent';

create table letter_notices (
  notice_id text not null,
  -- The official, or webhook:<party>. Nobody gets a notice in two letters, by construction.
  receiver text not null,
  letter_id text not null references letters (id),
  primary key (notice_id, receiver)
);
create index letter_notices_by_letter on letter_notices (letter_id);

-- Few among millions; asked for every minute.
create index events_about_addresses on events (case_id) where type in ('AddressFailed', 'AddressMended');
create index obligations_to_mend on obligations (mechanism_id, subject) where kind = 'mend-address';
`;
