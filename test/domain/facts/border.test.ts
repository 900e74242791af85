/** The border file against a plan and its papers: what is missing, too short, too late or spent. It finds; people decide. */
import { borderFindingsOf } from '../../../src/domain/facts/border';
import type { BorderPaper, BorderRule } from '../../../src/domain/model/border';
import type { CheckFinding } from '../../../src/domain/model/commands';
import type { DocumentFacts } from '../../../src/domain/model/dossier-facts';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import {
  caseIn,
  daysAfter,
  legsOf,
  makeReady,
  awaitWindow,
  passOn,
  steps,
  termsOf,
} from '../../support/factories';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, passageRules } from '../../support/mechanism-rules';

const certificate: BorderPaper = {
  kind: 'return-certificate',
  leadTime: 'P14D',
  singleUse: true,
  validFor: 'P30D',
};
const rule = (change: Partial<BorderRule> = {}, paper: Partial<BorderPaper> = {}): BorderRule => ({
  crossing: 'border',
  direction: { from: 'south', to: 'north' },
  from: '2026-01-01',
  travellers: ['child'],
  papers: [{ ...certificate, ...paper }],
  ...change,
});
const under = (...border: BorderRule[]): MechanismRules => ({ ...hostingRules, border });

/** A plan whose window opens in seven days and is open for `long` days more. */
function planned(rules: MechanismRules, long = 21, terms: Parameters<typeof termsOf>[1] = {}): CaseInPlay {
  const play = caseIn('agreement', rules);
  const window = { from: daysAfter(play.now, 7), to: daysAfter(play.now, 7 + long) };
  play.take('officer', { type: 'proposePlan', terms: termsOf(play, { window, ...terms }) });
  return play;
}
type Paper = Partial<Omit<DocumentFacts, 'issuedOn' | 'expiresOn'>> & { issued?: number; expires?: number };
/** Days from now on. */
const found = (play: CaseInPlay, ...papers: Paper[]): CheckFinding[] => {
  const documents = papers.map(({ issued, expires, ...rest }, index): DocumentFacts => ({
    ref: `doc-${index + 1}`,
    kind: 'return-certificate',
    holder: 'child',
    ...(issued !== undefined && { issuedOn: daysAfter(play.now, issued) }),
    ...(expires !== undefined && { expiresOn: daysAfter(play.now, expires) }),
    ...rest,
  }));
  const { state, rules, dossier } = play;
  const today = daysAfter(play.now, 0);
  return borderFindingsOf({ state, rules, dossier: { ...dossier, documents }, today });
};
const codes = (findings: readonly CheckFinding[]): string[] => findings.map(({ code }) => code);

describe('a return certificate of thirty days', () => {
  test('is missing, and could still be had', () => {
    expect(found(planned(under(rule())))).toEqual([
      { code: 'border-paper-missing', severity: 'warning', paper: 'return-certificate', place: 'border' },
    ]);
  });

  test('that would take longer than there is time is too late', () => {
    expect(found(planned(under(rule({}, { leadTime: 'P60D' }))))).toEqual([
      expect.objectContaining({ code: 'border-paper-late', severity: 'blocking', holds: 60, needed: 28 }),
    ]);
    expect(codes(found(planned(under(rule({}, { leadTime: 'P28D' })))))).toEqual(['border-paper-missing']);
  });

  test('holds for thirty days, and the window ends on day 41 of it', () => {
    const play = planned(under(rule()), 34);
    expect(found(play, { issued: 0, expires: 30 })).toEqual([
      {
        code: 'border-paper-short',
        severity: 'warning',
        paper: 'return-certificate',
        place: 'border',
        document: 'doc-1',
        holds: 30,
        needed: 41,
      },
    ]);
    // What the border takes counts, whatever the paper says.
    expect(found(play, { issued: 0, expires: 365 })).toEqual([
      expect.objectContaining({ code: 'border-paper-short', holds: 30, needed: 41 }),
    ]);
  });

  test('can’t hold over a window that is longer', () => {
    expect(codes(found(planned(under(rule()), 30)))).toEqual(['border-paper-missing']);
    expect(found(planned(under(rule()), 31))).toContainEqual(
      expect.objectContaining({ code: 'border-window-long', holds: 30, needed: 31 }),
    );
  });

  test.each<[string, Paper, string[]]>([
    ['through the last day of the window', { issued: 0, expires: 28 }, []],
    ['to the day before it', { issued: 0, expires: 27 }, ['border-paper-short']],
    ['to the first day of it', { issued: -10, expires: 7 }, ['border-paper-short']],
    ['to the day before the first', { issued: -10, expires: 6 }, ['border-paper-ended']],
    ['nobody knows until when', {}, ['border-paper-undated']],
    ['and is another’s', { issued: 0, expires: 28, holder: 'recipient-1' }, ['border-paper-missing']],
    ['and is of another kind', { issued: 0, expires: 28, kind: 'photograph' }, ['border-paper-missing']],
  ])('holds %s', (_what, paper, expected) => {
    expect(codes(found(planned(under(rule())), paper))).toEqual(expected);
  });

  test('of two the one that holds longer counts', () => {
    const play = planned(under(rule()));
    expect(found(play, { issued: -29, expires: 1 }, { issued: 0, expires: 30 })).toEqual([]);
  });

  test('is not asked of a child with a passport, where that serves as well', () => {
    const play = planned(under(rule({}, { instead: ['passport'] })));
    expect(found(play, { kind: 'passport', expires: 400 })).toEqual([]);
    expect(codes(found(play, { kind: 'passport', expires: 20 }))).toEqual(['border-paper-missing']);
  });
});

describe('a rule', () => {
  const days = (play: CaseInPlay, change: (day: (offset: number) => string) => Partial<BorderRule>) =>
    change((offset) => daysAfter(play.now, offset));
  const now = planned(hostingRules);

  test.each<[string, Partial<BorderRule>, number]>([
    ['from the last day of the window on', days(now, (day) => ({ from: day(28) })), 1],
    ['from the day after', days(now, (day) => ({ from: day(29) })), 0],
    ['through its first day', days(now, (day) => ({ to: day(7) })), 1],
    ['through the day before', days(now, (day) => ({ to: day(6) })), 0],
    ['for the way out', { direction: { from: 'north', to: 'south' } }, 0],
    ['of a party that is not of the case', { direction: { from: 'south', to: 'west' } }, 0],
    ['for adults', { travellers: ['adult'] }, 0],
    ['for escorts, whose papers nobody lists', { travellers: ['escort'] }, 0],
    ['for a recipient who stays at home', { travellers: ['recipient'] }, 0],
  ])('that holds %s', (_what, change, length) => {
    expect(found(planned(under(rule(change))))).toHaveLength(length);
  });

  test('for the recipient is judged by theirs, where they travel along', () => {
    const play = planned(under(rule({ travellers: ['recipient'] })), 21, {
      companions: ['escort', 'recipient'],
    });
    expect(found(play)).toEqual([expect.objectContaining({ recipient: 'recipient-1' })]);
    expect(found(play, { issued: 0, expires: 28, holder: 'recipient-1' })).toEqual([]);
  });

  test('for an adult is asked of who came of age', () => {
    const play = planned(
      under(
        rule({ travellers: ['adult'] }),
        rule({ travellers: ['child'], crossing: 'border' }, { kind: 'consent' }),
      ),
    );
    play.take('system', { type: 'noteMajority', daysLeft: 0 });
    expect(found(play).map(({ paper }) => paper)).toEqual(['return-certificate']);
  });

  test('of a state of passage counts as well', () => {
    const rules: MechanismRules = {
      ...passageRules,
      border: [rule({ direction: { from: 'transit-land', to: 'north' } })],
    };
    expect(codes(found(planned(rules, 21, { site: null })))).toEqual(['border-paper-missing']);
  });

  test('and its successor ask once for the same', () => {
    const last = daysAfter(now.now, 10);
    const next = daysAfter(now.now, 11);
    expect(found(planned(under(rule({ to: last }), rule({ from: next }))))).toHaveLength(1);
  });
});

describe('where no leg says the crossing', () => {
  const either = under(
    rule({}, { leadTime: 'P90D' }),
    rule({ crossing: 'station' }, { kind: 'passport', instead: ['travel-document'] }),
  );
  test('the one that lacks least is judged', () => {
    expect(found(planned(either), { kind: 'passport', expires: 400 })).toEqual([]);
  });
  test('a handover at a crossing says which', () => {
    const play = planned(either, 21, { handoverPlace: 'border' });
    expect(codes(found(play, { kind: 'passport', expires: 400 }))).toEqual(['border-paper-late']);
  });
});

test('a crossing that closes within the window is found', () => {
  const play = planned(under(rule()));
  const certificateInOrder = { issued: 0, expires: 30 };
  for (const [day, expected] of [
    [28, ['border-crossing-closed']],
    [29, []],
  ] as const) {
    play.rules = { ...play.rules, placesClosed: { border: daysAfter(play.now, day) } };
    expect(codes(found(play, certificateInOrder))).toEqual(expected);
  }
});

describe('with legs', () => {
  function ready(paper: Partial<BorderPaper> = {}): CaseInPlay {
    const play = caseIn('preparation', under(rule({}, paper)));
    steps.preparation(play);
    play.runEffects();
    return play;
  }

  test('the day of the crossing counts, and not the window', () => {
    const play = ready();
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort' });
    play.take('dispatcher', { type: 'planLegs', legs: legsOf(play) });
    expect(codes(found(play, { issued: 0, expires: 8 }))).toEqual([]);
    expect(codes(found(play, { issued: 0, expires: 7 }))).toEqual(['border-paper-ended']);
  });

  test('what holds from the entry on has to last to the end of the way', () => {
    const play = ready({ validFromEntry: 'PT12H' });
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort' });
    play.take('dispatcher', { type: 'planLegs', legs: legsOf(play) });
    expect(found(play, { issued: 0, expires: 30 })).toEqual([
      expect.objectContaining({ code: 'border-entry-short', holds: 0, needed: 1 }),
    ]);
    play.rules = under(rule({}, { validFromEntry: 'P1D' }));
    expect(found(play, { issued: 0, expires: 30 })).toEqual([]);
  });

  test('papers that do not cover them are confirmed all the same, and it is said', () => {
    const play = ready();
    const until = daysAfter(`${play.state.plan?.window.to}T00:00:00.000Z`, 0);
    play.take('northOfficial', { type: 'confirmTravelDocuments', documents: ['doc-3'], validUntil: until });
    expect(play.state.travelDocuments?.findings).toEqual([
      { code: 'border-paper-missing', severity: 'warning', paper: 'return-certificate', place: 'border' },
    ]);
    play.rules = hostingRules;
    play.take('northOfficial', { type: 'confirmTravelDocuments', documents: ['doc-3'], validUntil: until });
    expect(play.state.travelDocuments).not.toHaveProperty('findings');
  });

  test('a certificate with which the child has crossed is spent, if it is for one crossing', () => {
    const play = ready();
    makeReady(play);
    awaitWindow(play);
    play.take('lead', { type: 'depart' });
    passOn(play);
    for (const leg of ['leg-1', 'leg-2']) play.take('escort', { type: 'completeLeg', leg });
    play.take('duty', { type: 'recordArrival', site: 'residence' });
    const [proposal] = play.state.proposals ?? [];
    play.take('lead', { type: 'confirmProposal', proposal: proposal!.id });
    expect(play.state.pastCrossings).toEqual([{ documents: ['doc-3'], left: ['station', 'border'] }]);
    const again = { ref: 'doc-3', issued: 0, expires: 300 };
    expect(codes(found(play, again))).toContain('border-paper-used');
    play.rules = under({ ...rule(), papers: [{ kind: 'return-certificate' }] });
    expect(codes(found(play, again))).toEqual([]);
  });
});

describe('a place that closes before it is used', () => {
  const closing = (play: CaseInPlay, place: string, day: string): CaseInPlay => {
    const closed = play.fork();
    closed.rules = { ...play.rules, placesClosed: { [place]: day } };
    return closed;
  };
  const owes = (play: CaseInPlay): string[] =>
    obligationsOf(play.state, play.rules, play.now)
      .filter(({ kind }) => kind === 'avoid-closed-place')
      .map(({ party, subject, commands }) => `${party} ${subject} ${commands.join()}`);

  test('makes the mediator owe another plan, if it is where the child is handed over', () => {
    const play = planned(hostingRules);
    const { handoverPlace, window } = play.state.plan!;
    expect(owes(closing(play, handoverPlace, window.to))).toEqual([`mediator ${handoverPlace} proposePlan`]);
    expect(owes(closing(play, handoverPlace, daysAfter(`${window.to}T00:00:00.000Z`, 1)))).toEqual([]);
    expect(owes(closing(play, 'border', window.from))).toEqual([]);
  });

  test('makes the escort organisation owe other legs, if legs lead through it that day or later', () => {
    const play = caseIn('preparation');
    steps.preparation(play);
    play.runEffects();
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort' });
    play.take('dispatcher', { type: 'planLegs', legs: legsOf(play) });
    const day = play.state.legs[0]!.arriveAt.slice(0, 10);
    const closed = closing(play, 'border', day);
    expect(owes(closed)).toEqual(['escorts border planLegs']);
    expect(owes(closing(play, 'border', daysAfter(`${day}T00:00:00.000Z`, 1)))).toEqual([]);
    closed.take('dispatcher', {
      type: 'planLegs',
      legs: [{ ...legsOf(play)[1]!, id: 'leg-1', from: 'station' }],
    });
    expect(owes(closed)).toEqual([]);
  });

  test('is nobody’s to change under rules that name no ladder for it, nor once the child has arrived', () => {
    const play = planned(hostingRules);
    const { handoverPlace, window } = play.state.plan!;
    const closed = closing(play, handoverPlace, window.from);
    const { 'avoid-closed-place': _, ...ladders } = closed.rules.ladders;
    closed.rules = { ...closed.rules, ladders };
    expect(owes(closed)).toEqual([]);
    expect(owes(closing(caseIn('handover'), 'home-town', '2026-01-01'))).toEqual([]);
  });
});
