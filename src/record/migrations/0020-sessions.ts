/** Who is signed in by a cookie. Neither the cookie nor anything of a token is here: only a hash, and whose it is. */
export const sessions = /* sql */ `
create table sessions (
  -- SHA-256 of the cookie's secret.
  hash text primary key,
  mechanism_id text not null,
  official text not null,
  made_at timestamptz(3) not null,
  -- To the minute: not every request writes.
  seen_at timestamptz(3) not null,
  -- Whatever happens, it counts no longer than this, and is then removed.
  ends_at timestamptz(3) not null check (ends_at > made_at)
);
create index sessions_of_official on sessions (mechanism_id, official);
create index sessions_by_end on sessions (ends_at);
`;
