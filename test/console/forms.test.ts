/**
 * The table of forms against the door that takes the commands: what a form makes of its answers is what the door
 * accepts, what it insists on is what the door insists on, and the safe direction is never hindered.
 */
import type { z } from 'zod';
import type { CaseView, MechanismView, Session } from '../../console/src/api/types';
import { labelOf } from '../../console/src/commands/command-field';
import { cleanText } from '../../console/src/commands/clean-text';
import { commandForms } from '../../console/src/commands/command-forms';
import { commandPages, hasForm, isCommandType } from '../../console/src/commands/command-pages';
import type { Weight } from '../../console/src/commands/command-forms';
import type { FieldKind, FormContext } from '../../console/src/commands/fields';
import { isComplete, readCommand } from '../../console/src/commands/read-command';
import { actAddress, taskAddress } from '../../console/src/commands/task-address';
import { paths } from '../../console/src/paths';
import type { Typed } from '../../console/src/session/draft';
import { arabic } from '../../console/src/words/arabic';
import { english } from '../../console/src/words/english';
import { russian } from '../../console/src/words/russian';
import { ukrainian } from '../../console/src/words/ukrainian';
import { commandSchema, type OfficialCommandType } from '#contracts/commands';

const id = '7Q2M-4ZK9';
const other = 'K30M-ZMEX';
const at = '2026-12-04T09:00:00.000Z';
const documents = ['passport', 'best-interests-determination', 'medical', 'waiver', 'consent'].map(
  (kind, index) => ({ id: `doc-${index + 1}`, kind, number: `№ ${index}`, expiresOn: '2027-03-01' }),
);
const ofTheCarer = { id: 'doc-9', kind: 'passport', holder: 'recipient-1' };

/** One of each that a form can be about; what no form reads is left out. */
const view = {
  ...{ id, version: 7, dossierVersion: 2, requestingParty: 'ukraine', holdingParty: 'russia' },
  dossier: {
    child: { languages: ['ro', 'ru'] },
    documents: [...documents, ofTheCarer],
    recipients: [
      {
        id: 'recipient-1',
        names: [{ script: 'latin', given: 'Olena' }],
        kinship: { relation: 'mother' },
        languages: ['crh'],
      },
      { id: 'recipient-2', names: [{ script: 'latin', given: 'Halyna' }] },
    ],
  },
  holds: [{ id: 'hold-1', party: 'qatar', reason: 'safety', placedAt: at }],
  relays: [{ id: 'relay-1', party: 'russia' }],
  pendingRelays: [{ id: 'relay-1', party: 'russia' }],
  decisions: { russia: { party: 'russia', conditions: [{ id: 'condition-1', note: 'A paper' }] } },
  duplicates: [{ other, since: at }],
  likelyDuplicates: [{ case: other }],
  siblings: [other],
  recipient: { ref: 'recipient-1' },
  plan: { alternates: ['recipient-2'] },
  legs: [{ id: 'leg-1', from: 'moscow', to: 'kyiv', departAt: at, arriveAt: at }],
  treatments: [
    {
      ...{ id: 'treatment-5', kind: 'medicine', note: 'A syrup', times: ['08:00'] },
      doses: [{ due: at, outcome: 'given', at }],
    },
  ],
  journey: {
    incidents: [
      { id: 'vehicle-1', kind: 'vehicle', since: at, over: true },
      { id: 'security-2', kind: 'security', since: at },
    ],
  },
  concerns: [{ id: 'visit-3', party: 'reception', since: at }],
  proposals: [{ id: 'closeCase-1772438400000', act: { type: 'closeCase' }, by: { party: 'qatar' }, at }],
  obligations: [{ key: `accept-file::qatar@${at}`, kind: 'accept-file', party: 'qatar' }],
  addressFaults: [{ party: 'russia', official: 'ru-official-1' }],
  unheardAlarms: [{ party: 'russia', official: 'ru-official-1' }],
  duress: [{ party: 'escort', official: 'es-escort-1', since: at }],
} as unknown as CaseView;
const mechanism = {
  version: 3,
  parties: [
    { id: 'reception', kind: 'receiving' },
    { id: 'russia', kind: 'holding' },
  ],
  places: [{ id: 'kyiv' }],
  sites: [{ id: 'embassy-moscow' }],
  officials: [
    { id: 'qa-officer-1', name: 'Khalid Pryklad', roles: ['case-officer'], active: true },
    { id: 'es-escort-1', name: 'Natalia Pryklad', roles: ['escort'], active: true },
    { id: 'es-escort-2', name: 'Danylo Pryklad', roles: ['escort'], active: false },
  ],
} as unknown as MechanismView;
const self = (name: string): string => name;
const context: FormContext = {
  ...{ id, view, mechanism, words: english, today: '2026-12-04' },
  me: { official: 'qa-officer-1', party: 'qatar', kind: 'mediator' } as Session,
  names: { party: self, place: self, site: self, official: self },
  subject: 'visit-3',
  isOffered: true,
  newId: (prefix) => `${prefix}-${crypto.randomUUID().slice(0, 8)}`,
};

type Fields = Readonly<Record<string, FieldKind>>;
interface Form {
  readonly type: OfficialCommandType;
  readonly weight: Weight;
  readonly fields: Fields;
}
const types = Object.keys(commandPages) as OfficialCommandType[];
const forms = types.flatMap((type): Form[] => (hasForm(type) ? [{ type, ...commandForms[type] }] : []));
const schemaOf = (type: string) => commandSchema.options.find(({ shape }) => shape.type.value === type)!;
const shapeOf = (type: string): Readonly<Record<string, z.ZodType>> => schemaOf(type).shape;
const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** What can be typed or ticked for a field: each choice it offers. */
function answersTo(name: string, field: FieldKind): Typed[] {
  switch (field.kind) {
    case 'given':
      return [{}];
    case 'text':
      return [{ [name]: ['Because of the weather.\nSecond line: №, ґ, ي'] }];
    case 'choice':
      return field.options.map((option) => ({ [name]: [option] }));
    case 'yes-no':
      return [{ [name]: ['true'] }, { [name]: ['false'] }];
    case 'date':
    case 'instant':
      return [{ [`${name}.day`]: ['4'], [`${name}.month`]: ['12'], [`${name}.year`]: ['2026'] }];
    case 'pick':
      return field.from(context).map(({ value }) => ({ [name]: [String(value)] }));
    case 'times':
      return [{ [name]: ['8:00, 20:30'] }, { [name]: ['٠٨:٠٠'] }];
    case 'number':
      return [{ [name]: ['1'] }, { [name]: [String(field.most)] }];
    case 'file-hash':
      return [{ [name]: ['76f34143'.repeat(8)] }];
  }
}
/** Every form with every answer to one field, and the first to the others. */
function fillings({ fields }: Form): Typed[] {
  const all = Object.entries(fields).map(([name, field]) => answersTo(name, field));
  // Each question is asked: where another answer raises it, that one is the first.
  const first = Object.keys(fields).map((name, place) => {
    const raising = Object.values(fields).flatMap(({ only }) => (only?.name === name ? only.is : []));
    return all[place]!.find((answer) => raising.includes(answer[name]?.[0] ?? '')) ?? all[place]![0];
  });
  return [
    Object.assign({}, ...first) as Typed,
    ...all.flatMap((answers, place) =>
      answers.map((answer) => Object.assign({}, ...first.with(place, answer)) as Typed),
    ),
  ];
}
const isAskedIn = (command: Readonly<Record<string, unknown>>, { only }: FieldKind): boolean =>
  !only || only.is.includes(String(command[only.name]));
const mayBeLeftOut = (field: FieldKind): boolean => 'required' in field && !field.required;

it('the table has every command that the door takes, as a form or on a page of its own', () => {
  const taken = commandSchema.options.map(({ shape }) => shape.type.value);
  expect([...types].sort()).toEqual([...taken].sort());
  expect(types.every(isCommandType)).toBe(true);
  expect(['openCase', 'observeTime', 'toString', ''].some(isCommandType)).toBe(false);
});

describe.each(forms)('$type', (form) => {
  const { type, fields } = form;
  const shape = shapeOf(type);
  const read = (typed: Typed) => readCommand(type, fields, typed, context);

  it('asks what the door asks', () => {
    expect(['type', ...Object.keys(fields)].sort()).toEqual(Object.keys(shape).sort());
  });

  it('has something to choose wherever a choice is asked', () => {
    for (const [name, field] of Object.entries(fields)) expect(answersTo(name, field)).not.toEqual([]);
  });

  it('is accepted with each of its answers, and each arrives', () => {
    for (const typed of fillings(form)) {
      const command = read(typed);
      expect(commandSchema.safeParse(command)).toMatchObject({ success: true });
      expect(isComplete(fields, command)).toBe(true);
      for (const [name, field] of Object.entries(fields))
        if (field.kind !== 'given')
          expect({ name, isThere: name in command }).toEqual({ name, isThere: isAskedIn(command, field) });
    }
  });

  it('insists on what the door insists on', () => {
    for (const [name, field] of Object.entries(fields))
      // What is given is there, or the door can do without it.
      if (field.kind === 'given')
        expect(read({})[name] !== undefined || !isRequired(shape[name]!)).toBe(true);
      else
        expect({ name, required: !mayBeLeftOut(field) }).toEqual({
          name,
          // What another answer raises the door asks for with it only, and says so in its own words.
          required: isRequired(shape[name]!) || (field.only !== undefined && !mayBeLeftOut(field)),
        });
  });

  it('is accepted without what may be left out, which then does not stand in it', () => {
    const [all = {}] = fillings(form);
    const optional = Object.keys(fields).filter((name) => mayBeLeftOut(fields[name]!));
    const isNeeded = (input: string): boolean => !optional.includes(input.split('.')[0]!);
    const command = read(Object.fromEntries(Object.entries(all).filter(([input]) => isNeeded(input))));
    expect(commandSchema.safeParse(command)).toMatchObject({ success: true });
    expect(isComplete(fields, command)).toBe(true);
    for (const name of optional) expect(command).not.toHaveProperty(name);
  });

  it('is not held to be whole without one of what is needed', () => {
    const [all = {}] = fillings(form);
    const needed = Object.entries(fields).filter(
      ([, field]) => !mayBeLeftOut(field) && field.kind !== 'given' && !(field.kind === 'pick' && field.many),
    );
    for (const [name] of needed) {
      const rest = Object.entries(all).filter(([input]) => input.split('.')[0] !== name);
      expect(isComplete(fields, read(Object.fromEntries(rest)))).toBe(false);
    }
  });
});

it('what an answer raises is neither asked nor sent without it, also where it was typed before', () => {
  const { fields } = commandForms.answerTrace;
  const day = { 'courtDate.day': ['4'], 'courtDate.month': ['12'], 'courtDate.year': ['2026'] };
  const read = (typed: Typed) => readCommand('answerTrace', fields, typed, context);
  const inCourt = read({ answer: ['under-proceedings'], ...day });
  expect(inCourt).toMatchObject({ courtDate: '2026-12-04' });
  expect(isComplete(fields, inCourt)).toBe(true);
  expect(isComplete(fields, read({ answer: ['under-proceedings'] }))).toBe(false);
  const notThere = read({ answer: ['not-here'], ...day });
  expect(notThere).not.toHaveProperty('courtDate');
  expect(isComplete(fields, notThere)).toBe(true);
});

describe('what was pasted', () => {
  const noteOf = (text: string): string | undefined => cleanText(text) || undefined;
  it.each([
    ['a\u0000b\u0007', 'ab'],
    ['one\ttwo', 'one two'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['soft\u00adhyphen\ufeff, \u200bzero width', 'softhyphen, zero width'],
    ['turned \u202eround\u202c', 'turned round'],
    ['half of a pair \ud83d', 'half of a pair'],
    // Arabic and Persian need their joiners, and marks of direction do no harm.
    ['می\u200cخواهم \u200fא', 'می\u200cخواهم \u200fא'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    [' \n ', undefined],
    ['\u200b', undefined],
  ])('%j is read as %j, which the door accepts', (text, expected) => {
    expect(noteOf(text)).toBe(expected);
    expect(commandSchema.safeParse({ type: 'withdrawApproval', note: noteOf(text) }).success).toBe(true);
  });
});

describe('how much reading it takes', () => {
  const weighing = (weight: Weight): string[] =>
    forms
      .filter((form) => form.weight === weight)
      .map(({ type }) => type)
      .sort();

  it.each([
    'placeHold',
    'withdrawApproval',
    'withdrawSafeConduct',
    'repudiateRelay',
    'reportMedicalEmergency',
    'pauseJourney',
    'writeWelfareNote',
  ])('%s goes in the safe direction and is sent at once', (type) => {
    expect(weighing('light')).toContain(type);
  });

  it('nearer to departure, or not to be undone: the end of the reference is typed', () => {
    expect(weighing('grave')).toEqual([
      'approveRecipient',
      'closeCase',
      'confirmOwnArrival',
      'confirmProposal',
      'decideRecall',
      'determineBestInterests',
      'grantSafeConduct',
      'liftHold',
      'moveMechanism',
      'recordOwnConsent',
      'reopenCase',
      'settleCondition',
      'settleDuplicate',
      'unlinkSiblings',
      'waiveSiblingUnity',
    ]);
  });
});

describe.each(Object.entries({ english, ukrainian, russian, arabic }))('in %s', (_, words) => {
  it('every field has a label', () => {
    const asked = forms.flatMap(({ fields }) =>
      Object.keys(fields).filter((name) => fields[name]!.kind !== 'given'),
    );
    for (const name of asked) {
      expect(labelOf(words, name)).not.toBe(name);
      expect(labelOf(words, name)).toMatch(/\p{L}/u);
    }
  });

  it('every choice is said', () => {
    for (const { fields } of forms)
      for (const field of Object.values(fields))
        if (field.kind === 'choice')
          for (const option of field.options)
            expect(words.values[field.list]).toHaveProperty([option], expect.stringMatching(/\p{L}/u));
  });

  it('every command has an act of its own and says what it means', () => {
    const acts = types.map((type) => words.commands[type].act);
    expect(acts.filter((act, index) => acts.indexOf(act) !== index)).toEqual([]);
    for (const type of types) expect(words.commands[type].means).toMatch(/\p{L}.*[.!؟]$/su);
  });
});

describe('where it is done', () => {
  const known = new Set(Object.values(paths).map((path) => (typeof path === 'string' ? path : path(id, ''))));
  it.each(types)('%s has an address', (type) => {
    const isForm = forms.some((form) => form.type === type);
    if (isForm) expect(actAddress(id, type)).toBe(paths.act(id, type));
    else expect(known).toContain(actAddress(id, type));
  });

  it('what a form is about goes along, safely written', () => {
    expect(actAddress(id, 'attestFacet', 'childs-view')).toBe(`/cases/${id}/do/attestFacet?for=childs-view`);
    expect(actAddress(id, 'liftHold', 'a&b')).toBe(`/cases/${id}/do/liftHold?for=a%26b`);
  });

  it('a task leads to the first command that meets it, else to the case', () => {
    const task = (...commands: string[]) => taskAddress({ case: id, commands, subject: 'custody' });
    expect(task('reviseDossier', 'attestFacet', 'reopenFacet')).toBe(
      `/cases/${id}/do/attestFacet?for=custody`,
    );
    expect(task('approvePlan')).toBe(paths.decide(id));
    expect(task('checkIn')).toBe(paths.road);
    expect(task('reviseDossier')).toBe(paths.case(id));
    expect(task()).toBe(paths.case(id));
  });
});

describe('in which language somebody was told', () => {
  const tagsOf = ({ from }: { from: (context: FormContext) => readonly { value: unknown }[] }) =>
    from(context).map(({ value }) => value);
  const languageOf = (type: 'tellFamily' | 'tellChild') =>
    commandForms[type].fields.language as Extract<FieldKind, { kind: 'pick' }>;

  it('the child’s own come first, the recipient’s for the family; each once, and any other may be chosen', () => {
    expect(tagsOf(languageOf('tellChild'))).toEqual(['ro', 'ru', 'uk', 'ar', 'en', 'crh']);
    expect(tagsOf(languageOf('tellFamily'))).toEqual(['crh', 'uk', 'ru', 'ar', 'en', 'ro']);
  });

  it('where the reader sees no file, all are there', () => {
    const { dossier: _, ...rest } = view;
    const blind = { ...context, view: rest as CaseView };
    for (const type of ['tellFamily', 'tellChild'] as const)
      expect(languageOf(type).from(blind)).toHaveLength(6);
  });
});
