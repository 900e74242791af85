/**
 * Who is under way with whom, where the mechanism asks that nobody is so twice. An escort may have several children with them,
 * all of one movement. Only who is under way now: who was, the events say. Filled by departures from now on.
 */
export const engagements = /* sql */ `
create table engagements (
  mechanism_id text not null,
  case_id text not null,
  escort text not null,
  -- A group, or the child who left first.
  movement text not null,
  primary key (case_id, escort),
  constraint engagements_once exclude using gist (mechanism_id with =, escort with =, movement with <>)
);
`;
