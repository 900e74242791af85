/** A named statement: Postgres plans it once per connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** What a merged one is made of, for whoever watches statements go by. */
  readonly parts?: string;
}
