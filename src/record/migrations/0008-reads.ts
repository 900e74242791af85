/**
 * Indexes for what is read often, so that each read costs as much as it finds and not as much as there ever was.
 * Every statement is counted by `test/record/rows-read.test.ts`.
 */
export const reads = /* sql */ `
-- Few among all that were ever sent; asked for every minute.
create index outbox_dead on outbox (next_attempt_at, id) where status = 'dead';
create index events_addresses_mended on events (at) where type = 'AddressMended';
create index events_majority on events (case_id) where type = 'MajorityNoted';

-- An inbox is read office by office, and in each the dangerous apart from the rest.
drop index obligations_by_party;
create index obligations_by_office on obligations
  (mechanism_id, party, roles, (case when safety then 0 else 1 end), due, case_id, key);
create index obligations_paused on obligations (mechanism_id, party, roles, paused_until)
  where paused_until is not null;
create index obligations_of_safety on obligations (due) where safety;

-- The board, by when what a filter finds is due or ends.
create index obligations_by_due on obligations (mechanism_id, party, due, case_id);
drop index obligations_of_kind;
create index obligations_of_kind on obligations (mechanism_id, kind, due, case_id);
drop index cases_lapsing;
create index cases_lapsing on cases (mechanism_id, lapses_at, id) where lapses_at is not null;
-- One of two alike is enough.
drop index events_of_decisions;
`;
