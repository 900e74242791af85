/** Whose fault it is that a letter did not go, and which alarms somebody was told of because they did not. */
export const alarms = /* sql */ `
-- Of the last attempt: the receiver's address, something that passes, or ours to mend.
alter table letters add column fault text check (fault in ('address', 'passing', 'ours'));
-- Until now whatever was given up was the address's, and was raised as such.
update letters set fault = 'address' where status = 'dead';

-- A letter of safety that did not go at once: since when its case knows that its receiver has not heard.
alter table letters add column noted_at timestamptz(3);
create index letters_of_safety on letters (next_attempt_at) where safety and status in ('pending', 'dead');
-- A medical emergency, a sign of life that is missing, an alarm that did not arrive: before whatever else is of safety.
alter table letters add column goes_first boolean not null default false;
-- The party whose official caused it; empty: time did. Letters of one party's doing take turns with all others.
alter table letters add column cause text not null default '';
create index letters_in_turn on letters (kind, safety, goes_first, cause, next_attempt_at, id) where status = 'pending';
-- What one official did in a case just before.
create index outbox_lately on outbox (case_id, created_at, version);
create index letters_noted on letters (noted_at) where noted_at is not null;
`;
