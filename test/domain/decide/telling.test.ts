/** Family and child are told of each milestone, by somebody, somehow, in a language; and again when it changes. */
import fc from 'fast-check';
import { milestoneSince, untoldOf } from '../../../src/domain/facts/milestones';
import { offersFor } from '../../../src/domain/decide/offers';
import { childMilestones, milestones, waysOfTelling } from '../../../src/domain/model/telling';
import type { ChildMilestone, Milestone } from '../../../src/domain/model/telling';
import type { CommandOf } from '../../../src/domain/model/commands';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import { readsEvent } from '../../../src/domain/readers/event-readers';
import { readsObligation } from '../../../src/domain/readers/obligation-readers';
import { caseViewFor } from '../../../src/http/views/case-view';
import {
  approval,
  caseIn,
  carryTo,
  legsOf,
  openCase,
  passOn,
  hashOf,
  play as playOf,
  termsOf,
} from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, officials, passageRules, tellingRules } from '../../support/mechanism-rules';
import type { ActorName } from '../../support/mechanism-rules';
import { propertyRuns } from '../../support/property-runs';
import { readersOf } from '../../support/readers';
import { homeAgain, owed, ready } from '../plays/returns';
import { debtorsOf, playScript, scripts } from '../plays/random-play';

const family = (of: Milestone): CommandOf<'tellFamily'> => ({
  type: 'tellFamily',
  ...{ of, how: 'telephone', language: 'uk' },
});
const child = (of: ChildMilestone): CommandOf<'tellChild'> => ({
  type: 'tellChild',
  ...{ of, how: 'in-person', language: 'ru' },
});
const telling = (play: CaseInPlay): string[] => owed(play).filter((one) => one.startsWith('tell-'));
const newLegs = (play: CaseInPlay): void => {
  play.take('dispatcher', { type: 'planLegs', legs: legsOf(play) });
};
const pause = (play: CaseInPlay): void => {
  play.take('escort', { type: 'pauseJourney', kind: 'route-blocked' });
};
const agreeAnew = (play: CaseInPlay): void => {
  play.take('southDecider', { type: 'withdrawApproval' });
  play.take('southDecider', approval(play));
};

/** How a case comes to each milestone, and to the same once more. */
const ways = {
  'taken-up': {
    before: () => playOf([['northOfficial', openCase()]], tellingRules),
    happen: (play) => play.take('officer', { type: 'acknowledgeCase' }),
  },
  located: {
    before: () => caseIn('tracing', tellingRules),
    happen: (play) => play.take('southOfficial', { type: 'reportWhereabouts', evidence: ['doc-2'] }),
  },
  agreed: {
    before: () => caseIn('agreement', tellingRules),
    happen: (play) => carryTo(play, 'preparation'),
    again: agreeAnew,
  },
  dated: {
    before: () => {
      const play = caseIn('preparation', tellingRules);
      play.runEffects();
      return play;
    },
    happen: newLegs,
    again: newLegs,
  },
  delayed: {
    before: () => caseIn('transit', tellingRules),
    happen: pause,
    again: (play) => {
      play.take('duty', { type: 'resumeJourney' });
      pause(play);
    },
  },
  'handed-over': {
    before: () => caseIn('handover', tellingRules),
    happen: (play) =>
      play.take('receiver', { type: 'placeInInterimCare', kind: 'centre', place: 'home-town' }),
    again: (play) => {
      play.take('receiver', {
        type: 'checkRecipientIdentity',
        matches: true,
        documentHash: hashOf('paper'),
      });
      play.take('officer', { type: 'identifyChild', how: 'photograph', matches: true });
      play.take('interviewer', { type: 'recordHearing', recipient: 'recipient-1', answer: 'willing' });
      play.takeByTwo('receiver', 'receivingOfficial', { type: 'confirmHandover' });
    },
  },
} as const satisfies Record<
  Milestone,
  { before: () => CaseInPlay; happen: (play: CaseInPlay) => unknown; again?: (play: CaseInPlay) => unknown }
>;
interface Way {
  readonly before: () => CaseInPlay;
  readonly happen: (play: CaseInPlay) => unknown;
  readonly again?: (play: CaseInPlay) => unknown;
}
/** Who has the child in sight once the milestone has come. */
const childsTellers = {
  agreed: 'mediator interviewer',
  dated: 'mediator interviewer',
  delayed: 'escorts escort',
  'handed-over': 'welfare receiver',
} as const satisfies Record<ChildMilestone, string>;
const isOfChild = (of: Milestone): of is ChildMilestone =>
  (childMilestones as readonly Milestone[]).includes(of);

describe.each(milestones)('of a case that is %s', (of) => {
  const { before, happen, again }: Way = ways[of];
  const come = (): CaseInPlay => {
    const play = before();
    happen(play);
    return play;
  };

  test('the family is told by the side that asked, and nobody before', () => {
    const play = before();
    expect(milestoneSince(play.state, of)).toBeUndefined();
    expect(play.refuse('northOfficial', family(of)).code).toBe('nothing-to-decide');
    expect(telling(play).filter((one) => one.includes(` ${of} `))).toEqual([]);
    happen(play);
    expect(telling(play)).toContain(`tell-family ${of} north`);
    play.take('northOfficial', { ...family(of), note: 'note-1' });
    expect(telling(play)).not.toContain(`tell-family ${of} north`);
    expect(play.state.familyTold?.at(-1)).toMatchObject({
      ...{ of, how: 'telephone', language: 'uk', at: play.now, since: milestoneSince(play.state, of) },
      by: { official: 'north-official' },
    });
    expect(play.refuse('northDecider', family(of)).code).toBe('already-done');
  });

  test('the child is told by whoever has it, of what it does not know', () => {
    const play = come();
    const asked = obligationsOf(play.state, play.rules, play.now).filter(({ kind }) => kind === 'tell-child');
    const theirs = asked.filter(({ subject }) => subject === of);
    expect(theirs.map(({ party, roles }) => `${party} ${roles.join()}`)).toEqual(
      isOfChild(of) ? [childsTellers[of]] : [],
    );
    if (!isOfChild(of)) return;
    const [teller] = debtorsOf(theirs[0]!, play.state);
    play.take(teller!, child(of));
    expect(telling(play)).not.toContain(`tell-child ${of} ${theirs[0]!.party}`);
    expect(play.state.childTold?.at(-1)).toMatchObject({ of, how: 'in-person', language: 'ru' });
    expect(play.refuse('interviewer', child(of)).code).toBe('already-done');
  });

  if (again)
    test('both are told anew when it comes again, and of each only the last is kept', () => {
      const play = come();
      play.take('northOfficial', family(of));
      if (isOfChild(of)) play.take('interviewer', child(of));
      again(play);
      expect(telling(play)).toEqual(
        expect.arrayContaining([
          expect.stringContaining(`tell-child ${of}`),
          `tell-family ${of} north`,
        ]) as unknown,
      );
      play.take('officer', family(of));
      expect(play.state.familyTold?.filter((told) => told.of === of)).toHaveLength(1);
    });
});

describe('nobody gets a pile of duties', () => {
  test('of what succeeds each other the newest is told, and the one before is old news', () => {
    const play = ready(tellingRules);
    expect(telling(play)).toEqual(['tell-child dated embassy', 'tell-family dated north']);
    play.take('northOfficial', family('dated'));
    expect(telling(play)).toEqual(['tell-child dated embassy']);
    // It may be told all the same.
    play.take('northOfficial', family('agreed'));
  });

  test('a delay is told beside it, until the journey goes on', () => {
    const play = caseIn('transit', tellingRules);
    pause(play);
    expect(telling(play).sort()).toEqual([
      'tell-child dated escorts',
      'tell-child delayed escorts',
      'tell-family dated north',
      'tell-family delayed north',
    ]);
    play.take('duty', { type: 'resumeJourney' });
    expect(telling(play).sort()).toEqual(['tell-child dated escorts', 'tell-family dated north']);
  });

  test('to be diverted is another delay', () => {
    const play = caseIn('transit', tellingRules);
    pause(play);
    play.take('northOfficial', family('delayed'));
    play.take('escort', { type: 'divert', place: 'border', kind: 'security' });
    expect(telling(play)).toContain('tell-family delayed north');
  });

  test('at the door the day of the journey is no news any more', () => {
    expect(telling(caseIn('handover', tellingRules))).toEqual([]);
  });

  test('who told everything owes nothing at the end', () => {
    const play = caseIn('follow-up', tellingRules);
    expect(telling(play)).toEqual(['tell-child handed-over welfare', 'tell-family handed-over north']);
    play.take('receiver', child('handed-over'));
    play.take('receivingOfficial', family('handed-over'));
    expect(telling(play)).toEqual([]);
    homeAgain(play);
  });

  test('a day that was planned before the sides agreed again is told again with the agreement', () => {
    const play = ready(tellingRules);
    play.take('northOfficial', family('dated'));
    play.take('southDecider', { type: 'withdrawApproval' });
    expect(telling(play).filter((one) => one.includes('dated'))).toEqual([]);
    play.take('southDecider', approval(play));
    expect(telling(play)).toContain('tell-family dated north');
    expect(telling(play)).not.toContain('tell-family agreed north');
  });

  test('what was told before the departure is not asked for again on the way', () => {
    const play = ready(tellingRules);
    play.take('northOfficial', family('dated'));
    play.take('host', child('dated'));
    play.take('lead', { type: 'depart' });
    passOn(play);
    expect(telling(play)).toEqual([]);
    newLegs(play);
    expect(telling(play)).toEqual(['tell-child dated escorts', 'tell-family dated north']);
  });

  test('where the file said where the child is, that is no news to its family', () => {
    const play = playOf([['northOfficial', openCase({ whereaboutsKnown: true })]], tellingRules);
    expect(telling(play)).toEqual([]);
    expect(play.refuse('officer', family('located')).code).toBe('nothing-to-decide');
  });

  test('rules of before ask nobody, and take it all the same', () => {
    const play = ready(hostingRules);
    expect(telling(play)).toEqual([]);
    play.take('host', child('dated'));
  });
});

describe('who tells the child', () => {
  const tells = (play: CaseInPlay): string[] => {
    const names: ActorName[] = [
      ...(['interviewer', 'officer', 'host', 'clinician', 'escort', 'escort2'] as const),
      ...(['receiver', 'southOfficial'] as const),
    ];
    return names.filter((name) => {
      const [of] = untoldOf(play.state, 'child');
      return 'events' in play.fork().send(name, child((of?.of ?? 'dated') as ChildMilestone));
    });
  };

  test('the mediator’s people at any time, and beside them who has it in sight', () => {
    const prepared = caseIn('preparation', tellingRules);
    expect(tells(prepared)).toEqual(['interviewer', 'officer', 'southOfficial']);
    const hosted = ready(tellingRules);
    expect(tells(hosted)).toEqual(['interviewer', 'officer', 'host', 'clinician']);
    const onTheWay = caseIn('transit', tellingRules);
    expect(tells(onTheWay)).toEqual(['interviewer', 'officer', 'escort']);
    onTheWay.take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
    expect(tells(onTheWay)).toEqual(['interviewer', 'officer', 'escort', 'escort2']);
    const home = caseIn('follow-up', tellingRules);
    expect(tells(home)).toEqual(['interviewer', 'officer', 'receiver']);
  });

  test('until the escort has it, who gives it still does', () => {
    const play = ready(tellingRules);
    play.take('lead', { type: 'depart' });
    expect(tells(play)).toEqual(['interviewer', 'officer', 'host', 'clinician']);
    passOn(play);
    // Their own time begins with the child.
    const [asked] = obligationsOf(play.state, play.rules, play.now).filter(
      ({ kind }) => kind === 'tell-child',
    );
    expect(asked).toMatchObject({ party: 'escorts', roles: ['escort'], since: play.now });
  });

  test('without hosting, the interviewer who comes to it owes it', () => {
    const play = ready({ ...passageRules, ladders: tellingRules.ladders });
    expect(telling(play)).toContain('tell-child dated mediator');
    expect(tells(play)).toEqual(['interviewer', 'officer', 'southOfficial']);
  });
});

describe('what was told is for whom it concerns', () => {
  const told = (): CaseInPlay => {
    const play = ready(tellingRules);
    play.take('northOfficial', family('dated'));
    play.take('host', child('dated'));
    newLegs(play);
    return play;
  };
  const kindsThat = (holds: (reader: ReturnType<typeof readersOf>[number]) => boolean): string[] => [
    ...new Set(
      readersOf(tellingRules)
        .filter(holds)
        .map(({ kind }) => kind),
    ),
  ];

  test('what a family was told, the file’s readers know and who may tell it', () => {
    const play = told();
    const events = play.events.filter(({ event }) => event.type === 'FamilyTold');
    const readable = { notes: new Map(), papers: new Set<string>() };
    const knows = ['mediator', 'requesting', 'receiving'];
    expect(kindsThat((reader) => events.some((event) => readsEvent(reader, event)))).toEqual(knows);
    const sees = kindsThat((reader) => caseViewFor(reader, play.state, readable).familyTold !== undefined);
    expect(sees).toEqual(knows);
    const owes = obligationsOf(play.state, play.rules, play.now).filter(({ kind }) => kind === 'tell-family');
    expect(owes).toHaveLength(1);
    expect(kindsThat((reader) => owes.some((one) => readsObligation(reader, one)))).toEqual([
      'mediator',
      'requesting',
    ]);
  });

  test('the receiving authority tells of nothing that it does not read', () => {
    const play = ready(tellingRules);
    for (const hidden of ['taken-up', 'located'] as const)
      expect(play.refuse('receiver', family(hidden)).code).toBe('not-your-command');
    const offered = offersFor(play.state, officials.receiver, play.context);
    expect(offered.find(({ type }) => type === 'tellFamily')?.subjects).toEqual(['agreed', 'dated']);
    for (const name of ['southOfficial', 'host', 'escort'] as const)
      expect(play.refuse(name, family('dated')).code).toBe('not-your-command');
  });
});

describe('whatever happens', () => {
  test('nobody is told twice of one fact, nobody has more than two things to tell, and each can be told', () =>
    fc.assert(
      fc.property(scripts, fc.array(fc.boolean(), { minLength: 8 }), (script, tellsNow) => {
        const facts = new Set<string>();
        let looks = 0;
        playScript(script, (play) => {
          if (play.state.stage === 'closed') return;
          const rules = { ...play.rules, ladders: tellingRules.ladders };
          const open = () =>
            obligationsOf(play.state, rules, play.now).filter(({ kind }) => kind.startsWith('tell-'));
          for (const kind of ['tell-family', 'tell-child'])
            expect(open().filter((one) => one.kind === kind).length).toBeLessThanOrEqual(2);
          looks += 1;
          if (!tellsNow[looks % tellsNow.length]) return;
          for (const obligation of open()) {
            const [name] = debtorsOf(obligation, play.state);
            // An escort that has left its organisation tells nothing.
            if (name === undefined) continue;
            const of = obligation.subject as ChildMilestone;
            const fact = `${obligation.kind} ${of} ${milestoneSince(play.state, of)}`;
            expect(facts).not.toContain(fact);
            facts.add(fact);
            play.take(name, obligation.kind === 'tell-family' ? family(of) : child(of));
            expect(open().map(({ kind, subject }) => `${kind} ${subject}`)).not.toContain(
              `${obligation.kind} ${of}`,
            );
          }
        });
      }),
      propertyRuns(60),
    ));

  test.each(waysOfTelling)('it is kept how: %s', (how) => {
    const play = caseIn('preparation', tellingRules);
    expect(play.take('northOfficial', { ...family('agreed'), how })).toEqual([
      { type: 'FamilyTold', of: 'agreed', how, language: 'uk' },
    ]);
  });

  test('that somebody was told moves no case: one that stands still is stalled all the same', () => {
    const play = caseIn('agreement', tellingRules);
    play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    const { lastProgressAt } = play.state;
    play.pass('P10D');
    play.take('northOfficial', family('located'));
    expect(play.state.lastProgressAt).toBe(lastProgressAt);
  });
});
