/**
 * What may not be read changes nothing that may: no answer, no counter, no list, no code. Generated from the tables of
 * readers: of returns played at random every event that a party may not read is left out and put in, and all that the
 * party is answered is compared.
 */
import fc from 'fast-check';
import { allowedCommandsOf } from '../../../src/domain/facts/allowed-commands';
import { blockersFor } from '../../../src/domain/readers/blocker-readers';
import type { ReturnCase } from '../../../src/domain/model/case';
import type { Command } from '../../../src/domain/model/commands';
import { decide } from '../../../src/domain/decide/decide';
import { consequencesOf } from '../../../src/domain/decide/consequences';
import { eventReaders, readsEvent, versionFor } from '../../../src/domain/readers/event-readers';
import type { EventType } from '../../../src/domain/model/events';
import { isSubstantive } from '../../../src/domain/model/events';
import type { CaseEvent } from '../../../src/domain/model/events';
import { evolve } from '../../../src/domain/evolve/evolve';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import { offersFor } from '../../../src/domain/decide/offers';
import { obligationReaders, readsObligation } from '../../../src/domain/readers/obligation-readers';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import { partyKinds } from '../../../src/domain/model/parties';
import { readsPaper } from '../../../src/domain/readers/paper-readers';
import { partiesOf } from '../../../src/domain/facts/visibility';
import type { Reader } from '../../../src/auth/official-directory';
import { caseViewFor, readsField } from '../../../src/http/views/case-view';
import { eventViewFor } from '../../../src/http/views/event-view';
import { previewFor, refusedPreview } from '../../../src/http/views/preview-view';
import { caseIn, hashOf, hashPlan } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import { readersOf } from '../../support/readers';
import { propertyRuns } from '../../support/property-runs';
import { playScript, scripts } from './random-play';

const readable = { notes: new Map(), papers: new Set<string>() };
const readers = readersOf(hostingRules);

/** What anybody may try, and nothing of which is done. */
const tried: readonly Command[] = [
  { type: 'placeHold', hold: 'hold-9', reason: 'legal' },
  { type: 'reportMedicalEmergency' },
  { type: 'markUrgent', medicallyUrgent: true },
  { type: 'withdrawApproval' },
  { type: 'checkIn' },
  { type: 'writeWelfareNote', wellbeing: 'well' },
];
function foreseenBy(
  reader: Reader,
  state: ReturnCase,
  command: Command,
  { rules, now }: Pick<CaseInPlay, 'rules' | 'now'>,
): unknown {
  const verdict = decide(state, { actor: reader, command }, { now, mechanism: rules, hashPlan });
  if ('rejection' in verdict) return refusedPreview(state, verdict.rejection);
  const events = verdict.events.map((event, index) => ({
    ...{ case: state.id, version: state.version + index + 1, at: now, actor: reader, commandId: '', event },
  }));
  const after = events.reduce<ReturnCase>(evolve, state);
  return previewFor(reader, { events, after, rules, now }, { ...readable, known: new Set([state.id]) });
}

const isAtRest = (state: ReturnCase, { rules, now }: CaseInPlay): boolean =>
  consequencesOf(state, [], { actor: { system: 'process' }, mechanism: rules, now, hashPlan }).length === 0;

/** All that the API tells this reader of the case at this instant, beside the dossier and the texts. */
function toldTo(reader: Reader, state: ReturnCase, { rules, now }: CaseInPlay, rests = true): unknown {
  return {
    view: caseViewFor(reader, state, readable),
    allowed: allowedCommandsOf(state, reader, rules),
    offers: offersFor(state, reader, { now, mechanism: rules, hashPlan, siblings: [] }),
    obligations: obligationsOf(state, rules, now).filter((owed) => readsObligation(reader, owed)),
    gate: readsField(reader.kind, 'facets')
      ? blockersFor(reader.kind, gateBlockersOf(state, rules, now))
      : [],
    // In the middle of a command what still belongs to it would be foreseen; no case ever rests there.
    ...(rests && { foreseen: tried.map((command) => foreseenBy(reader, state, command, { rules, now })) }),
    stale: decide(
      state,
      {
        actor: reader,
        command: { type: 'markUrgent', medicallyUrgent: true },
        expectedSeen: 0,
      },
      { now, mechanism: rules, hashPlan },
    ),
  };
}

/** Paths at which two answers differ. */
function changesBetween(before: unknown, after: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [path];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    changesBetween(before[key], after[key], `${path}/${key}`),
  );
}
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every event that a party may not read, left out and put in: what of its answers tells of it. */
function look(play: CaseInPlay, oracles: Set<string>): Set<string> {
  const hidden = new Set<string>();
  let before: ReturnCase | undefined;
  for (const recorded of play.events) {
    const after: ReturnCase = evolve(before, recorded);
    for (const reader of readers) {
      if (!before || !partiesOf(before, play.rules).includes(reader.party)) continue;
      if (readsEvent(reader, recorded)) continue;
      hidden.add(`${recorded.event.type} from ${reader.kind}`);
      const rests = isAtRest(before, play) && isAtRest(after, play);
      const changed = changesBetween(toldTo(reader, before, play, rests), toldTo(reader, after, play, rests));
      for (const path of changed) oracles.add(`${recorded.event.type} tells ${reader.kind} by ${path}`);
    }
    before = after;
  }
  return hidden;
}

describe('what a party may not read', () => {
  it('changes nothing that the case tells it, in any return played at random', () => {
    const oracles = new Set<string>();
    for (const script of fc.sample(scripts, propertyRuns(40).numRuns))
      look(
        playScript(script, () => undefined),
        oracles,
      );
    const hidden = look(caseIn('closed'), oracles);
    expect([...oracles]).toEqual([]);
    expect([...hidden].sort()).toEqual(
      expect.arrayContaining(['VisitReported from escort', 'VisitReported from holding']),
    );
  });

  it('is not told by whether a handover can be confirmed twice', () => {
    const play = caseIn('handover');
    play.take('receiver', { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') });
    play.take('receiver', { type: 'confirmHandover' });
    play.take('officer', { type: 'reopenFacet', facet: 'kinship' });
    const oracles = new Set<string>();
    look(play, oracles);
    expect([...oracles]).toEqual([]);
  });

  it('is no step of the versions in its timeline, which follow one another', () => {
    const play = caseIn('closed');
    for (const reader of readers) {
      const read = play.events.filter((recorded) => readsEvent(reader, recorded));
      expect(versionFor(reader, play.state)).toBe(read.length);
      const shown = read.map((recorded, index) =>
        eventViewFor(reader, recorded, { ...readable, known: new Set(), place: index + 1 }),
      );
      expect(shown.map((entry) => entry?.version)).toEqual(read.map((_event, index) => index + 1));
    }
    const mediator = readers.find(({ kind }) => kind === 'mediator')!;
    expect(versionFor(mediator, play.state)).toBe(play.state.version);
  });

  it('is told alike to who flags a duplicate unseen: whether somebody has flagged it or not', () => {
    const open = caseIn('verification');
    const flagged = open.fork();
    flagged.take('officer', { type: 'flagDuplicate', other: 'C4SE-0002' });
    const flag = { type: 'flagDuplicate', other: 'C4SE-0002' } as const;
    expect(flagged.refuse('northOfficial', flag).code).toBe('already-done');
    const answers = [open, flagged].map((play) => {
      const verdict = play.send('southOfficial', flag);
      return [
        'events' in verdict,
        toldTo(
          readers.find(({ party }) => party === 'south')!,
          play.state,
          open,
        ),
      ];
    });
    expect(answers[0]).toEqual(answers[1]);
  });

  it('is as unknown as what nobody owes, to who asks for an obligation by its key', () => {
    const play = caseIn('preparation');
    const key = obligationsOf(play.state, play.rules, play.now).find(({ party }) => party !== 'embassy')!.key;
    const ask = (obligation: string) =>
      play.fork().refuse('host', { type: 'acknowledgeObligation', obligation, until: play.now });
    expect(ask(key)).toEqual(ask('give-go::mediator@2020-01-01T00:00:00.000Z'));
  });

  it('is a paper like one that never was: medical to the holding side, another recipient’s to all but the file', () => {
    const seen = (
      kind: 'medical' | 'passport' | 'photograph',
      holder: 'child' | 'recipient-1' | 'recipient-2',
    ) => partyKinds.filter((reader) => readsPaper(reader, { kind, holder }, 'recipient-1'));
    expect(seen('medical', 'child')).toEqual(['mediator', 'requesting', 'host', 'receiving']);
    expect(seen('passport', 'recipient-1')).toEqual(['mediator', 'requesting', 'holding', 'receiving']);
    const recognise = ['mediator', 'requesting', 'holding', 'host', 'escort', 'receiving'];
    expect(seen('photograph', 'child')).toEqual(recognise);
    expect(seen('photograph', 'recipient-1')).toEqual(['mediator', 'requesting', 'holding', 'receiving']);
    expect(seen('passport', 'recipient-2')).toEqual(['mediator', 'requesting']);
  });
});

describe('the tables of readers', () => {
  it('let the mediator read every event and know of everything owed', () => {
    for (const table of [eventReaders, obligationReaders])
      for (const [row, kinds] of Object.entries(table))
        expect([row, kinds]).toEqual([row, expect.arrayContaining(['mediator'])]);
  });

  it('tell since when nothing was done only to who reads all that counts as doing something', () => {
    const doing = (Object.keys(eventReaders) as EventType[]).filter((type) =>
      isSubstantive({ type } as CaseEvent),
    );
    for (const kind of partyKinds.filter((each) => readsField(each, 'lastProgressAt')))
      for (const type of doing)
        expect([type, eventReaders[type]]).toEqual([type, expect.arrayContaining([kind])]);
  });
});
