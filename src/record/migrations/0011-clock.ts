/** What operators see of a wrong clock when it is right again. */
export const clock = /* sql */ `
-- The largest difference of each hour between Postgres's clock and that of a process; positive: Postgres was ahead.
create table clock_differences (
  hour timestamptz(3) primary key,
  at timestamptz(3) not null,
  seconds double precision not null
);
`;
