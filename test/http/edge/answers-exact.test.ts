/**
 * The schemas of answers say exactly what is sent: no field more, none less, for every kind of party. The compiler holds
 * each row of the tables equal to the domain's type as a reader sees it; returns played at random are held against them
 * as they are dressed.
 */
import fc from 'fast-check';
import type { z } from 'zod';
import { caseStateShape } from '../../../src/contracts/http/case';
import { eventShapes, timelineEntrySchema } from '../../../src/contracts/http/events';
import { caseViewSchema } from '../../../src/contracts/http/answers';
import type { ReturnCase } from '../../../src/domain/model/case';
import type { Command, CommandOf, CommandType } from '../../../src/domain/model/commands';
import { readsEvent } from '../../../src/domain/readers/event-readers';
import type { RelayedAct } from '../../../src/domain/model/decisions';
import type { EventOf, EventType } from '../../../src/domain/model/events';
import type { ProposableType } from '../../../src/domain/facts/four-eyes';
import type { OfficialActor } from '../../../src/domain/model/parties';
import { partyKinds } from '../../../src/domain/model/parties';
import { commandTable } from '../../../src/domain/model/command-table';
import { openStages } from '../../../src/domain/model/stages';
import type { Stage } from '../../../src/domain/model/stages';
import { allowedCommandsOf, maySend } from '../../../src/domain/facts/allowed-commands';
import { partiesOf } from '../../../src/domain/facts/visibility';
import { withoutHiddenCases } from '../../../src/http/views/other-cases';
import type { KnownCases } from '../../../src/http/views/other-cases';
import type { Readable } from '../../../src/http/views/case-view';
import { caseReaders, noteIdsIn } from '../../../src/http/views/case-view';
import { caseProcessFor } from '../../../src/http/views/case-process';
import { eventViewFor } from '../../../src/http/views/event-view';
import { dossierViewFor } from '../../../src/http/views/dossier-view';
import { dossierViewSchema } from '../../../src/contracts/http/dossier';
import { aDossier } from '../../record/support/record-room';
import { caseIn, daysAfter, hashOf, legsOf, noteVerbale, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { recordableDoses } from '../../../src/domain/facts/treatments';
import { officialNames, officials } from '../../support/mechanism-rules';
import { anyCommand } from '../../domain/plays/any-command';
import type { Pick as Choose } from '../../domain/plays/any-command';
import { hosted, onTheWay } from '../../domain/plays/reunions';
import { readersOf } from '../../support/readers';
import { propertyRuns } from '../../support/property-runs';
import { playScript, scripts } from '../../domain/plays/random-play';
import type { Equal } from '../../support/exact-types';

interface By {
  party: string;
  official?: string;
}
type AnyBy = By | { system: 'process' | 'upkeep' };
/** Left out where they are not the reader's. */
type Guarded = 'note' | 'reference' | 'determination' | 'waiver' | 'document' | 'sourceDocument';
/** A type of the domain as `describeEntries` sends it. */
type Seen<T> = T extends string
  ? string extends T
    ? string
    : T
  : T extends readonly (infer Entry)[]
    ? Seen<Entry>[]
    : T extends { readonly official: string; readonly roles: unknown }
      ? By
      : T extends object
        ? Flat<
            { -readonly [Key in Exclude<keyof T, Guarded>]: SeenField<Key, T[Key]> } & {
              -readonly [Key in Extract<keyof T, Guarded>]?: Seen<T[Key]>;
            }
          >
        : T;
type SeenField<Key, T> = Key extends 'dossier'
  ? { version: number; hash?: string }
  : Key extends 'by' | 'openedBy'
    ? ByOf<T>
    : Key extends 'act'
      ? ActOf<T>
      : Seen<T>;
type ByOf<T> = T extends OfficialActor
  ? By
  : T extends { readonly system: unknown }
    ? Exclude<AnyBy, By>
    : Seen<T>;
type ActOf<T> = [Command] extends [T] ? SeenAct : Seen<T>;
type SeenAct = { [Type in ProposableType]: Seen<CommandOf<Type>> }[ProposableType];
type Flat<T> = { [Key in keyof T]: T[Key] };
type Sent<Shape extends z.ZodRawShape> = Seen<z.output<z.ZodObject<Shape>>>;
/** Without fields there is nothing to compare but that. */
type Same<Shape extends z.ZodRawShape, Fields> = keyof Fields extends never
  ? keyof Shape extends never
    ? true
    : { more: keyof Shape }
  : Equal<Sent<Shape>, Seen<Fields>>;

/** Where the view renames, or tells more than the event. */
interface OtherNames {
  // With which it travels may be another child's reference.
  Departed: Omit<EventOf<'Departed'>, 'movement' | 'type'>;
  HandoverConfirmed: { confirmedBy: 'receiving' | 'escort' | 'host' };
  HoldLifted: Omit<EventOf<'HoldLifted'>, 'by' | 'type'> & { liftedBy?: 'mediator' };
  OfficialSubstituted: Omit<EventOf<'OfficialSubstituted'>, 'by' | 'type'> & { replacedBy?: string };
  // A case that is hidden is not named.
  SiblingAhead: Partial<Omit<EventOf<'SiblingAhead'>, 'type'>>;
  DecisionRelayed: Pick<EventOf<'DecisionRelayed'>, 'relay' | 'party'> & { act: RelayedAct['act'] } & Partial<
      Pick<EventOf<'DecisionRelayed'>, 'decision' | 'source'>
    >;
}
type EventFields<Type extends EventType> = Type extends keyof OtherNames
  ? OtherNames[Type]
  : Omit<EventOf<Type>, 'type'>;

type StateField = keyof typeof caseStateShape;
/** Told otherwise than they are kept: days as of today; how a relay came only to whom it concerns; or by party or recipient. */
type ToldOtherwise = 'majority' | 'decisions' | 'lastMediationAt' | 'planReached' | 'alternateFacets';
type Kept = Required<ReturnCase>;

const texts = (value: unknown): Readable['notes'] =>
  new Map(noteIdsIn(value).map((id) => [id, { party: 'south', text: 'written' }]));
const papers = new Set(Array.from({ length: 20 }, (_, index) => `doc-${index}`));
/** Every case is theirs, or none but this one. */
const manyKnown = { has: () => true } as unknown as KnownCases;

/** Which fields there are, whatever is in them: entries of one form are looked at once. */
const formOf = (value: unknown): string =>
  Array.isArray(value)
    ? `[${[...new Set(value.map(formOf))].join()}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value)
          .map(([key, inner]) => `${key}${formOf(inner)}`)
          .join()}}`
      : typeof value;

/** `shown` grows by the forms of entries that were looked at. */
function assertExact(play: CaseInPlay, shown: Set<string>): void {
  for (const reader of readersOf(play.rules).filter(({ party }) =>
    partiesOf(play.state, play.rules).includes(party),
  ))
    for (const known of [manyKnown, new Set<string>()]) {
      const seen = {
        notes: texts([play.state, play.events]),
        papers: known === manyKnown ? papers : new Set<string>(),
      };
      const process = caseProcessFor(
        reader,
        {
          ...{ state: play.state, rules: play.rules, now: play.now, siblings: [], dossier: play.dossier },
          ofAgeOn: '2026-09-01',
          past: { entered: [], reminded: new Map() },
          escorts: ['escort'],
          officers: ['officer'],
          credentialOf: () => undefined,
          underWay: undefined,
          newestMechanism: 2,
        },
        seen,
      );
      const view = {
        ...(withoutHiddenCases(
          process,
          new Set([play.state.id, ...(known === manyKnown ? ['C4SE-0002'] : [])]),
        ) as object),
        allowed: allowedCommandsOf(play.state, reader, play.rules),
      };
      expect([reader.official, problemsOf(caseViewSchema.safeParse(view))]).toEqual([reader.official, []]);
      const entries = play.events.filter((event) => readsEvent(reader, event));
      for (const [index, event] of entries.entries()) {
        const entry = eventViewFor(reader, event, { ...seen, known: manyKnown, place: index + 1 });
        const form = `${event.event.type} ${formOf(entry)}`;
        if (!entry || shown.has(form)) continue;
        shown.add(form);
        expect([form, problemsOf(timelineEntrySchema.safeParse(entry))]).toEqual([form, []]);
      }
    }
}
/** What those walks do not come to; the compiler compares their fields all the same. */
const rare: readonly string[] = [
  'AttestationReturned',
  'BestInterestsDetermined',
  'ConditionSettled',
  'ClearanceExpired',
  'EscortCredentialEnded',
  'PlaceDeclined',
  'JourneyResumed',
  'ExpiryNoted',
  'PlanObjected',
  'TravelDocumentsExpired',
] satisfies EventType[];

const endsOfTheWay = (stage: Stage): readonly CommandType[] =>
  stage === 'transit' || stage === 'handover'
    ? ['placeInInterimCare', 'recordArrival']
    : ['placeInInterimCare'];

/** From every stage whatever anybody may do, in no order; the same walks each time, long enough for every event. */
function wanderings(): CaseInPlay[] {
  let at = 11;
  const pick: Choose = (items) => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
    return items[Math.floor((at / 2 ** 32) * items.length)]!;
  };
  const types = (Object.keys(commandTable) as CommandType[]).filter((type) => type !== 'closeCase');
  return openStages.flatMap((stage) =>
    [1, 2, 3, 4].map((walk) => {
      const play = caseIn(stage).fork();
      // In some nobody takes the child in on its way, so that its journey goes on to all its ends.
      const choice = types.filter((type) => walk === 4 || !endsOfTheWay(stage).includes(type));
      for (let steps = 0; steps < 250; steps += 1) {
        const type = pick(choice);
        const senders = officialNames.filter((name) =>
          maySend(type, officials[name], play.state, play.rules),
        );
        play.send(senders.length > 0 ? pick(senders) : 'system', anyCommand(type, play, pick));
        if (steps % 50 === 49) play.sleep(pick(['PT1H', 'P1D', 'P8D', 'P40D']));
      }
      return play;
    }),
  );
}
const problemsOf = ({ error }: { error?: z.ZodError }): string[] =>
  (error?.issues ?? []).map((issue) => `${issue.path.join('/')} ${issue.message} ${JSON.stringify(issue)}`);

describe('the schemas of answers', () => {
  it('have a row for each event, its fields those of the domain as they are dressed', () => {
    type Differing = {
      [Type in EventType]: Same<(typeof eventShapes)[Type], EventFields<Type>> extends true ? never : Type;
    }[EventType];
    const proof: [Differing] extends [never] ? true : { differ: Differing } = true;
    expect(proof).toBe(true);
  });

  it('have every field of a case that somebody reads, and no other', () => {
    type Differing = {
      [Field in Exclude<StateField, ToldOtherwise>]: Equal<
        Seen<NonNullable<z.output<(typeof caseStateShape)[Field]>>>,
        Seen<SeenField<Field, Kept[Field]>>
      > extends true
        ? never
        : Field;
    }[Exclude<StateField, ToldOtherwise>];
    const proof: [Differing] extends [never] ? true : { differ: Differing } = true;
    expect(proof).toBe(true);
    const read = Object.entries(caseReaders).filter(([, kinds]) => kinds.length > 0);
    // The dossier is answered beside it, as its own view.
    expect([...Object.keys(caseStateShape), 'dossier'].sort()).toEqual(read.map(([field]) => field).sort());
  });

  it('ask for what everybody reads, and for nothing else of the case', () => {
    const asked = Object.entries(caseStateShape).filter(([, schema]) => !schema.safeParse(undefined).success);
    for (const [field] of asked)
      expect([field, caseReaders[field as keyof ReturnCase]]).toEqual([field, caseReaders.id]);
  });

  it('fit what every party is sent of returns played at random, to the field', () => {
    const shown = new Set<string>();
    for (const script of fc.sample(scripts, propertyRuns(10).numRuns))
      assertExact(
        playScript(script, () => undefined),
        shown,
      );
    for (const stage of ['agreement', 'hosting', 'handover', 'closed'] as const)
      assertExact(caseIn(stage), shown);
    const reopened = caseIn('closed').fork();
    reopened.takeByTwo('lead', 'officer', { type: 'reopenCase', reason: 'other' });
    assertExact(reopened, shown);
    const takenIn = caseIn('handover').fork();
    takenIn.take('receiver', { type: 'placeInInterimCare', kind: 'centre', place: 'home-town' });
    assertExact(takenIn, shown);
    const broughtIn = caseIn('transit').fork();
    broughtIn.takeByTwo('host', 'escort', { type: 'recordArrival' });
    assertExact(broughtIn, shown);
    const traced = caseIn('tracing').fork();
    traced.take('southOfficial', {
      type: 'answerTrace',
      answer: 'under-proceedings',
      courtDate: daysAfter(traced.now, 20),
    });
    assertExact(traced, shown);
    traced.take('officer', { type: 'traceFurther', note: 'note-1' });
    assertExact(traced, shown);
    const passing = caseIn('transit').fork();
    passing.take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
    passing.take('dispatcher', { type: 'giveIntoCare', note: 'note-1' });
    assertExact(passing, shown);
    const manned = caseIn('hosting').fork();
    manned.take('clinician', { type: 'clearMedically', fit: true, needs: ['oxygen'] });
    manned.runEffects();
    const { dossier } = manned;
    manned.dossier = { ...dossier, ofAgeOn: daysAfter(manned.now, 15 * 365) };
    manned.take('dispatcher', { type: 'assignEscort', escort: 'escort' });
    manned.take('dispatcher', { type: 'confirmCrew', has: ['oxygen'], escorts: 1, children: 1 });
    assertExact(manned, shown);
    const recalled = caseIn('transit').fork();
    recalled.take('southDecider', { type: 'withdrawApproval' });
    recalled.take('lead', { type: 'decideRecall', outcome: 'turn-back' });
    assertExact(recalled, shown);
    const looked = caseIn('hosting').fork();
    const check = { recognised: 'not-sure', health: 'hurt', belongings: 'without' } as const;
    looked.take('host', { type: 'recordVisitor', kind: 'doctor', at: looked.now, note: 'note-1' });
    looked.take('host', { type: 'checkArrival', ...check, note: 'note-1' });
    assertExact(looked, shown);
    const treated = caseIn('hosting').fork();
    treated.take('clinician', {
      ...{ type: 'setTreatment', kind: 'medicine', times: ['08:00'], note: 'note-1' },
      lastDay: daysAfter(treated.now, 9),
    });
    treated.pass('P1D');
    const [due] = recordableDoses(treated.state, treated.rules, treated.now);
    treated.take('host', {
      type: 'recordDose',
      dose: due!.id,
      outcome: 'refused',
      at: due!.due,
      note: 'note-1',
    });
    assertExact(treated, shown);
    treated.take('clinician', { type: 'endTreatment', treatment: due!.treatment.id, note: 'note-1' });
    assertExact(treated, shown);
    const fetched = hosted();
    fetched.take('host', { type: 'holdCarerBed', leavesOn: daysAfter(fetched.now, 3) });
    assertExact(fetched, shown);
    fetched.take('host', { type: 'releaseCarerBed' });
    assertExact(fetched, shown);
    const held = caseIn('agreement').fork();
    held.take('southOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
    assertExact(held, shown);
    held.take('southOfficial', { type: 'liftHold', hold: 'hold-1' });
    assertExact(held, shown);
    const stalled = caseIn('agreement').fork();
    stalled.pass('P31D');
    stalled.take('officer', {
      type: 'reviewStalledCase',
      next: 'press-again',
      reviewBy: daysAfter(stalled.now, 7),
      note: 'note-1',
    });
    assertExact(stalled, shown);
    const conducted = manned.fork();
    conducted.take('dispatcher', { type: 'planLegs', legs: legsOf(conducted) });
    const hours = { opens: conducted.now, until: `${daysAfter(conducted.now, 1)}T00:00:00.000Z` };
    conducted.take('northDecider', { type: 'grantSafeConduct', legs: ['leg-1'], ...hours, note: 'note-1' });
    conducted.now = hours.until;
    conducted.take('system', { type: 'observeTime' });
    conducted.take('southDecider', { type: 'withdrawSafeConduct', note: 'note-1' });
    assertExact(conducted, shown);
    const told = caseIn('transit').fork();
    const byTelephone = { of: 'dated', how: 'telephone', language: 'uk' } as const;
    told.take('northOfficial', { type: 'tellFamily', ...byTelephone, note: 'note-1' });
    told.take('escort', { type: 'tellChild', ...byTelephone });
    assertExact(told, shown);
    const agreedTo = caseIn('transit').fork();
    agreedTo.take('northOfficial', {
      type: 'nominateRecipient',
      recipient: 'recipient-2',
      dossierVersion: 1,
    });
    agreedTo.take('northDecider', { type: 'approveRecipient', recipient: 'recipient-2' });
    const source = { ...noteVerbale(agreedTo), documentHash: hashOf('another note') };
    const decision = { act: 'approve-recipient', recipient: 'recipient-2' } as const;
    agreedTo.take('officer', { type: 'relayDecision', relay: 'relay-1', party: 'south', decision, source });
    assertExact(agreedTo, shown);
    agreedTo.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    assertExact(agreedTo, shown);
    const relayed = caseIn('agreement').fork();
    relayed.take('officer', { type: 'proposePlan', terms: termsOf(relayed) });
    relayed.runEffects();
    const { version: planVersion, hash: planHash } = relayed.state.plan!;
    relayed.take('officer', {
      ...{ type: 'relayDecision', relay: 'relay-1', party: 'south', source: noteVerbale(relayed) },
      decision: { act: 'approve', planVersion, planHash, conditions: [] },
    });
    relayed.take('officer2', { type: 'rejectRelay', relay: 'relay-1', note: 'note-1' });
    assertExact(relayed, shown);
    const alone = caseIn('handover').fork();
    alone.take('system', { type: 'noteMajority', daysLeft: 0 });
    alone.take('interviewer', { type: 'recordOwnConsent', given: true, document: 'doc-7' });
    alone.take('receiver', { type: 'confirmOwnArrival', note: 'note-1' });
    assertExact(alone, shown);
    const family = onTheWay();
    for (const { id } of family.state.legs) family.take('escort', { type: 'completeLeg', leg: id });
    family.take('escort', { type: 'arrive' });
    assertExact(family, shown);
    for (const play of wanderings()) assertExact(play, shown);
    const types = new Set([...shown].map((form) => form.split(' ')[0]));
    const unseen = Object.keys(eventShapes).filter((type) => !types.has(type));
    expect(unseen.filter((type) => !rare.includes(type))).toEqual([]);
  });

  it('fit the dossier of every party, and refuse a field that nobody knows', () => {
    for (const kind of partyKinds) {
      const view = dossierViewFor(kind, aDossier, 'recipient-1');
      expect([kind, problemsOf(dossierViewSchema.safeParse(view))]).toEqual([kind, []]);
    }
    expect(dossierViewSchema.safeParse({ child: { nickname: 'x' } }).success).toBe(false);
  });
});
