/** What happened, in words: every event has some, and what is told of one stands in it and can be said. */
import { isUnchanged } from '../../console/src/case/earlier-plans';
import type { Plan } from '../../console/src/case/plan-panel';
import { z } from 'zod';
import { details } from '../../console/src/case/event-line';
import { arabic } from '../../console/src/words/arabic';
import { english } from '../../console/src/words/english';
import { russian } from '../../console/src/words/russian';
import { ukrainian } from '../../console/src/words/ukrainian';
import type { Words } from '../../console/src/words/words';
import { eventShapes } from '#contracts/http/events';
import type { EventType } from '#domain/model/events';

type Described = z.core.JSONSchema.JSONSchema;
/** Also of a union: its members that have the field. */
function fieldOf(schema: Described, name: string): Described[] {
  const field = schema.properties?.[name];
  if (typeof field === 'object') return [field];
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => fieldOf(one, name));
}
function at(type: EventType, path: string): Described[] {
  // The parts that are components of the API's document are written out here.
  const schema = z.toJSONSchema(z.strictObject(eventShapes[type]), {
    reused: 'inline',
    unrepresentable: 'any',
  });
  const root = schema as Described;
  const defs = schema.$defs ?? {};
  const whole = (part: Described): Described =>
    part.$ref === undefined ? part : whole(defs[part.$ref.replace('#/$defs/', '')] as Described);
  const deep = (part: Described): Described => {
    const here = whole(part);
    const members = (list: Described['anyOf']) => list?.map((one) => deep(one));
    return { ...here, anyOf: members(here.anyOf), oneOf: members(here.oneOf) };
  };
  return (
    path
      .split('.')
      .reduce((found, step) => found.flatMap((part) => fieldOf(deep(part), step)).map(deep), [root])
      // Of a list each is said.
      .map((part) => (typeof part.items === 'object' && !Array.isArray(part.items) ? deep(part.items) : part))
  );
}
/** Every value that a closed list allows; undefined for what is no closed list. */
const valuesOf = (found: readonly Described[]): string[] | undefined => {
  const lists = found.map(
    ({ enum: list, const: only, type }) =>
      list ?? (only !== undefined ? [only] : type === 'boolean' ? ['true', 'false'] : undefined),
  );
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => (list ?? []).map(String));
};

const told = Object.entries(details).flatMap(([type, fields]) =>
  fields.map(([path, how]) => ({ type: type as EventType, path, how })),
);
/** How a closed list is said; undefined for what is told as it is. */
const tableOf = (words: Words, how: string): Readonly<Record<string, unknown>> | undefined => {
  if (how === 'obligation') return words.obligations;
  if (how === 'act') return words.commands;
  return (words.values as Readonly<Record<string, Readonly<Record<string, string>>>>)[how];
};

describe.each(Object.entries({ english, ukrainian, russian, arabic }))('in %s', (_, words) => {
  it('every event has words of its own', () => {
    const types = Object.keys(eventShapes) as EventType[];
    for (const type of types) expect(words.events[type]).toMatch(/\p{L}/u);
    expect(Object.keys(words.events).sort()).toEqual([...types].sort());
    const said = types.map((type) => words.events[type]);
    expect(said.filter((text, index) => said.indexOf(text) !== index)).toEqual([]);
  });

  it.each(told)('$type: whatever its $path may be is said', ({ type, path, how }) => {
    const table = tableOf(words, how);
    const values = valuesOf(at(type, path));
    if (table) {
      expect(values).not.toEqual([]);
      expect(values).toBeDefined();
      for (const value of values ?? []) expect(table).toHaveProperty([value]);
    } else {
      // A code that has words is never shown as a code.
      expect(values).toBeUndefined();
    }
  });
});

describe('what is told of an event', () => {
  it.each(told)('$type has $path', ({ type, path }) => {
    expect(at(type, path)).not.toEqual([]);
  });

  it.each(told.filter(({ how }) => how === 'day' || how === 'instant'))(
    '$type: $path is told as the $how it is',
    ({ type, path, how }) => {
      const formats = at(type, path).flatMap(({ format, anyOf = [] }) => [
        format,
        ...anyOf.map((one) => one.format),
      ]);
      expect(formats).toContain(how === 'day' ? 'date' : 'date-time');
    },
  );

  it.each(Object.entries(details))('%s: nothing is told twice', (_, fields) => {
    const lists = fields.map(([, how]) => how).filter((how) => tableOf(english, how));
    expect(new Set(lists).size).toBe(lists.length);
  });

  it('finds no field that is not there', () => {
    expect(at('PlanProposed', 'plan.version')).not.toEqual([]);
    expect(at('PlanProposed', 'plan.no')).toEqual([]);
    expect(at('PlanProposed', 'version')).toEqual([]);
  });
});

describe('what changes from one plan to the next', () => {
  const plan = {
    window: { from: '2026-12-01', to: '2026-12-20' },
    companions: ['escort'],
  } as unknown as Plan;

  it('is told of a term that differs, in whatever order its parts are kept', () => {
    const kept = { ...plan, window: { to: '2026-12-20', from: '2026-12-01' } };
    expect(isUnchanged(plan, kept, 'window')).toBe(true);
    expect(isUnchanged(plan, { ...kept, window: { to: '2026-12-21', from: '2026-12-01' } }, 'window')).toBe(
      false,
    );
    // An order of people is a term itself.
    const named: Plan = { ...plan, alternates: ['recipient-2', 'recipient-3'] };
    expect(isUnchanged(named, { ...plan, alternates: ['recipient-3', 'recipient-2'] }, 'alternates')).toBe(
      false,
    );
    expect(isUnchanged(named, plan, 'alternates')).toBe(false);
  });
});
