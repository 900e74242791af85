/** The word by which who travels with a child says unseen that they do not speak freely: its fingerprint, never the word. */
export const duress = /* sql */ `
create table duress_words (
  mechanism_id text not null,
  official text not null,
  -- Keyed by the record's key, which the database does not know.
  fingerprint text not null,
  set_at timestamptz(3) not null default clock_timestamp(),
  primary key (mechanism_id, official)
);
`;
