/**
 * A hold, a withdrawal or an emergency is never refused for its form (never-rule 3): what can't be taken as it was
 * written is taken in the nearest form that can, and the answer says what was changed. The table has the nearest value
 * of each field; a field without one is left out. Whoever sends the same again gets the same.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isUrgent } from '../domain/model/commands';
import { commandSchema, relaySource } from './commands';
import type { EdgeCommand } from './commands';
import { textOf, withoutHidden } from './dossier/text';

export const adjustments = {
  default: 'is not as it must be; what is usual stands in its place',
  'left-out': 'is not as it must be; it was left out',
  shortened: 'was too long or held characters that can’t be kept; the rest was kept',
  renamed: 'can’t be taken as it is written, or is taken; another stands in its place',
  standing: 'stands already, as it was placed before; it was not placed a second time',
  limited: 'is past, or later than the mechanism allows; the mechanism’s own time stands in its place',
} as const;
export type AdjustmentCode = keyof typeof adjustments;

/** What of a command was not taken as it was written. */
export const adjustmentSchema = z.object({
  pointer: z.string().meta({ description: 'JSON pointer into the body, or the name of a header' }),
  code: z.enum(Object.keys(adjustments) as [AdjustmentCode, ...AdjustmentCode[]]),
  message: z.string(),
  taken: z.string().optional().meta({ description: 'What stands in its place' }),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;
export const adjustedAs = (pointer: string, code: AdjustmentCode, taken?: string): Adjustment => ({
  ...{ pointer, code, message: adjustments[code] },
  ...(taken !== undefined && { taken }),
});

export interface NearestForm {
  readonly command: EdgeCommand;
  readonly adjusted: readonly Adjustment[];
}

type Nearest = (given: unknown) => { readonly value: unknown; readonly code: AdjustmentCode } | undefined;
const noteAtMost = 4000;
const nearestOf: Readonly<Record<string, Nearest>> = {
  reason: () => ({ value: 'other', code: 'default' }),
  kind: () => ({ value: 'other', code: 'default' }),
  hold: (given) => ({ value: `hold-${hashOf(given)}`, code: 'renamed' }),
  relay: (given) => ({ value: `relay-${hashOf(given)}`, code: 'renamed' }),
  note: (given) => {
    const value = noteOf(given);
    return value === '' ? undefined : { value, code: 'shortened' };
  },
  /* Of a relayed withdrawal, the only act that is urgent. Its source is what the mediator can still be asked for. */
  decision: (given) => {
    const note = noteOf((given as { note?: unknown } | undefined)?.note);
    return { value: { act: 'withdraw', ...(note !== '' && { note }) }, code: 'shortened' };
  },
  source: (given) => ({ value: sourceOf(given), code: 'default' }),
};

const noteOf = (given: unknown): string => (typeof given === 'string' ? readable(given) : '');

function sourceOf(given: unknown): object {
  const fields = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const usual = {
    channel: 'call',
    reference: 'not given',
    dated: new Date().toISOString().slice(0, 10),
    documentHash: '0'.repeat(64),
  };
  const { shape } = relaySource;
  return Object.fromEntries(
    Object.entries(usual).map(([name, value]) => {
      const read = shape[name as keyof typeof shape].safeParse(fields[name]);
      return [name, read.success ? read.data : value];
    }),
  );
}

/** The nearest form of what stops a child from going on; undefined for anything else, and where none is left. */
export function nearestFormOf(body: unknown): NearestForm | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const given = body as Record<string, unknown> & { type: string };
  if (!isUrgent(given)) return undefined;
  let fields: Record<string, unknown> = given;
  const adjusted = new Map<string, AdjustmentCode>();
  // Each round mends every field that the schema names; one that is mended in vain is left out.
  for (let round = 0; round < 3; round += 1) {
    const read = commandSchema.safeParse(fields);
    if (read.success)
      return {
        command: read.data,
        adjusted: [...adjusted].map(([name, code]) => adjustedAs(`/${name}`, code)),
      };
    for (const name of fieldsNamedBy(read.error)) {
      const nearest = adjusted.has(name) ? undefined : nearestOf[name]?.(fields[name]);
      const { [name]: _, ...rest } = fields;
      fields = nearest ? { ...rest, [name]: nearest.value } : rest;
      adjusted.set(name, nearest?.code ?? 'left-out');
    }
  }
  return undefined;
}

/** Never the type: without it nobody knows what was meant. */
const fieldsNamedBy = ({ issues }: z.ZodError): string[] => [
  ...new Set(
    issues
      .flatMap((issue) =>
        issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [issue.path[0]],
      )
      .filter((name): name is string => typeof name === 'string' && name !== 'type'),
  ),
];

const hashOf = (given: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(given ?? null))
    .digest('hex')
    .slice(0, 12);

/** As much of a text as can be kept. */
function readable(text: string): string {
  let cut = '';
  for (const letter of withoutHidden(text).normalize('NFC').trim()) {
    if (cut.length + letter.length > noteAtMost) break;
    cut += letter;
  }
  const kept = textOf(noteAtMost).safeParse(cut);
  return kept.success ? kept.data : '';
}
