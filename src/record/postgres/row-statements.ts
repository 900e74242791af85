/** Statements that write rows given as one JSON parameter, built once from the columns and their types. */
import type { Statement } from './transaction';

type Columns<Row> = Readonly<Record<keyof Row & string, string>>;

interface RowStatement<Row> {
  readonly table: string;
  readonly columns: Columns<Row>;
  /** What happens to a row that is there already: `nothing`, or its columns take the new values. */
  readonly onConflict?: {
    readonly key: readonly (keyof Row & string)[];
    readonly then: 'nothing' | 'update';
  };
}

/**
 * One prepared statement for any number of rows. Columns that are left out keep their default, so an older
 * process may go on writing while a newer one has added columns.
 */
export function writerOf<Row>({
  table,
  columns,
  onConflict,
}: RowStatement<Row>): (rows: readonly Row[]) => Statement {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const typed = names.map((name) => `${name} ${columns[name]}`).join(', ');
  const text =
    `insert into ${table} (${names.join(', ')}) ` +
    `select ${names.join(', ')} from jsonb_to_recordset($1::jsonb) as row(${typed})` +
    (onConflict ? conflictClause(table, names, onConflict) : '');
  return (rows) => ({ name: `write-${table}`, text, values: [JSON.stringify(rows)] });
}

function conflictClause(
  table: string,
  names: readonly string[],
  { key, then }: { key: readonly string[]; then: 'nothing' | 'update' },
): string {
  if (then === 'nothing') return ` on conflict (${key.join(', ')}) do nothing`;
  const changing = names.filter((name) => !key.includes(name));
  const list = (prefix: string): string => changing.map((name) => `${prefix}.${name}`).join(', ');
  return (
    ` on conflict (${key.join(', ')}) do update set ` +
    changing.map((name) => `${name} = excluded.${name}`).join(', ') +
    // A row that stays as it is costs no new version of it.
    ` where (${list(table)}) is distinct from (${list('excluded')})`
  );
}
