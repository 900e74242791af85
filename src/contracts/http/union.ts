/** A union of answers told apart by `type`, made of a table from type to fields. */
import { z } from 'zod';

/** Zod's own type of an object without fields forbids every field, also those that an intersection adds. */
type Output<Shape extends z.ZodRawShape> = keyof Shape extends never ? unknown : z.output<z.ZodObject<Shape>>;
type Shapes = Readonly<Record<string, z.ZodRawShape>>;
export type ByType<Table extends Shapes> = {
  [Type in keyof Table]: { type: Type } & Output<Table[Type]>;
}[keyof Table];

/**
 * `common` stands in every one. With `name` each is a component of the OpenAPI document, under the name it gives.
 */
export function unionByType<Table extends Shapes, Common extends z.ZodRawShape>(
  table: Table,
  { common, name }: { readonly common: Common; readonly name?: (type: string) => string },
): z.ZodType<ByType<Table> & Output<Common>> {
  const rows = Object.entries(table).map(([type, shape]) => {
    const row = z.strictObject({ ...common, type: z.literal(type), ...shape });
    return name ? row.meta({ id: name(type) }) : row;
  });
  const [first, ...others] = rows;
  if (!first) throw new Error('a union of nothing');
  // TypeScript can't follow the table through its entries.
  return z.discriminatedUnion('type', [first, ...others]) as unknown as z.ZodType<
    ByType<Table> & Output<Common>
  >;
}
