import { commandSchema } from '../../../src/contracts/commands';
import type { EdgeCommand, OfficialCommand } from '../../../src/contracts/commands';
import { takeNotes } from '../../../src/contracts/http/notes';
import type { Equal } from '../../support/exact-types';

/** Brands, `readonly` and `undefined` taken off, so that only names, optionality and values are compared. */
type Plain<T> = T extends string
  ? string extends T
    ? string
    : T
  : T extends readonly (infer Entry)[]
    ? Plain<Entry>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Plain<T[Key]> }
      : T;
type PerType<C extends { type: string }> = { [Type in C['type']]: Plain<Extract<C, { type: Type }>> };

describe('the contract of commands', () => {
  it('takes exactly the commands of the domain, field by field', () => {
    type Differing = {
      [Type in OfficialCommand['type']]: Type extends EdgeCommand['type']
        ? Equal<PerType<EdgeCommand>[Type], PerType<OfficialCommand>[Type]> extends true
          ? never
          : Type
        : Type;
    }[OfficialCommand['type']];
    const differing: Differing[] = [];
    const sameTypes: Equal<EdgeCommand['type'], OfficialCommand['type']> = true;
    expect([differing, sameTypes]).toEqual([[], true]);
    const proof: [Differing] extends [never] ? true : Differing = true;
    expect(proof).toBe(true);
  });

  it('takes no command of the system, and none that carries a dossier', () => {
    for (const type of ['observeTime', 'noteMajority', 'openCase', 'reviseDossier'])
      expect(commandSchema.safeParse({ type }).success).toBe(false);
  });

  it.each([
    ['an unknown field', { type: 'depart', when: 'now' }],
    ['a prototype', JSON.parse('{"type":"depart","__proto__":{"admin":true}}')],
    ['a note with a NUL', { type: 'liftHold', hold: 'h', note: 'a\u0000b' }],
    ['a note that turns its own direction', { type: 'liftHold', hold: 'h', note: 'a\u202Eb' }],
    ['half a character', { type: 'liftHold', hold: 'h', note: 'a\uD800' }],
    ['a date that does not exist', { type: 'reviewHold', hold: 'h', reviewBy: '2026-02-30' }],
    ['an id with a path in it', { type: 'liftHold', hold: '../../h' }],
    ['a number as text', { type: 'moveMechanism', version: '2' }],
  ])('refuses %s', (_, body) => {
    expect(commandSchema.safeParse(body).success).toBe(false);
  });

  it('brings instants of any offset into the one form', () => {
    const leg = { id: 'l1', from: 'moscow', to: 'minsk' };
    const body = {
      type: 'planLegs',
      legs: [{ ...leg, departAt: '2026-05-01T10:00:00+03:00', arriveAt: '2026-05-01T12:00:00Z' }],
    };
    expect(commandSchema.parse(body)).toMatchObject({ legs: [{ departAt: '2026-05-01T07:00:00.000Z' }] });
  });

  it('takes free text out of a command wherever it stands', () => {
    const body = commandSchema.parse({
      type: 'relayDecision',
      relay: 'r1',
      party: 'holding-side',
      decision: {
        act: 'approve',
        planVersion: 1,
        planHash: 'a'.repeat(64),
        conditions: [{ id: 'c1', note: 'with her doctor' }],
      },
      source: { channel: 'letter', reference: '№ 1', dated: '2026-01-02', documentHash: 'b'.repeat(64) },
    });
    const { command, notes } = takeNotes(body, (path) => `note:${path}`);
    expect(JSON.stringify(command)).not.toContain('doctor');
    expect(notes).toEqual([
      { id: 'note:/decision/conditions/0/note', text: 'with her doctor' },
      { id: 'note:/source/reference', text: '№ 1' },
    ]);
    expect(command).toMatchObject({
      decision: { conditions: [{ id: 'c1', note: 'note:/decision/conditions/0/note' }] },
    });
  });
});
