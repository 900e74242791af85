/** What is answered under a schema, as the code that makes it hands it over: nothing of it is changed on its way out. */
import type { z } from 'zod';

type Plain = string | number | boolean | null | undefined;
type Kept<Value> = Value extends Plain
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Kept<Item>[]
    : { readonly [Key in keyof Value]: Kept<Value[Key]> };

export type AsGiven<Schema extends z.ZodType> = Kept<z.output<Schema>>;
