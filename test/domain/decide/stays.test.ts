/** A bed for nights, and a stay that goes on. */
import type { CaseInPlay } from '../../support/factories';
import { awaitWindow, caseIn, daysAfter, makeReady } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import { obligationsIn, owed } from '../plays/returns';
import { carerPapers, confirm, hosted as atSite, look } from '../plays/reunions';
import { otherEndsOf } from '../../../src/domain/facts/other-ends';

const asked = (): CaseInPlay => {
  const play = caseIn('preparation');
  play.runEffects();
  return play;
};
const inDays = (play: CaseInPlay, days: number): string => daysAfter(play.now, days);

describe('a bed is held for nights', () => {
  test('from today on, open, unless somebody says otherwise', () => {
    const play = asked();
    play.take('host', { type: 'confirmPlace' });
    expect(play.state.stay).toEqual({ site: 'residence', status: 'held', since: play.now });
  });

  test('which are kept with it, and until when also when the child is there', () => {
    const play = asked();
    const nights = { firstNight: inDays(play, 2), leavesOn: inDays(play, 9) };
    play.take('host', { type: 'confirmPlace', ...nights, bed: 'accessible' });
    expect(play.state.stay).toMatchObject(nights);
    play.take('host', { type: 'recordArrival' });
    expect(play.state.stay).toMatchObject({ status: 'occupied', leavesOn: nights.leavesOn });
  });

  test('that are neither past, nor upside down, nor of a time in which the site is shut', () => {
    const play = asked();
    const refused = (firstNight?: number, leavesOn?: number) =>
      play.refuse('host', {
        type: 'confirmPlace',
        ...(firstNight !== undefined && { firstNight: inDays(play, firstNight) }),
        ...(leavesOn !== undefined && { leavesOn: inDays(play, leavesOn) }),
      });
    expect(refused(-1)).toEqual({ code: 'date-past', field: 'firstNight' });
    expect(refused(3, 3)).toEqual({ code: 'window-inverted', field: 'leavesOn' });
    expect(refused(undefined, 0)).toEqual({ code: 'window-inverted', field: 'leavesOn' });
    play.rules = {
      ...play.rules,
      sites: play.rules.sites.map((site) => ({
        ...site,
        closures: [{ from: inDays(play, 4), to: inDays(play, 6) }],
      })),
    };
    expect(refused(2, 5)).toEqual({ code: 'closed-for-new', field: 'firstNight' });
    play.take('host', { type: 'confirmPlace', leavesOn: inDays(play, 4) });
    expect(play.refuse('host', { type: 'extendStay', leavesOn: inDays(play, 5) })).toEqual({
      code: 'closed-for-new',
      field: 'leavesOn',
    });
  });

  test('together with siblings only, who are then told to hold one, too', () => {
    const play = asked();
    expect(play.refuse('host', { type: 'confirmPlace', together: ['C4SE-0009'] })).toEqual({
      code: 'unknown-case',
      field: 'together',
    });
    const command = { type: 'confirmPlace', leavesOn: inDays(play, 5), together: ['C4SE-0002'] } as const;
    expect(otherEndsOf(play.state, command, [])).toEqual([
      {
        case: 'C4SE-0002',
        command: { type: 'holdWithSibling', sibling: play.state.id, leavesOn: inDays(play, 5) },
        neededBy: 'together',
      },
    ]);
  });
});

describe('a stay that ends', () => {
  const hosted = (): CaseInPlay => {
    const play = asked();
    play.take('host', { type: 'confirmPlace', leavesOn: inDays(play, 10) });
    play.take('host', { type: 'recordArrival' });
    return play;
  };

  test('is asked about from three days before on, until somebody says that it goes on', () => {
    const play = hosted();
    const [soon, due] = [7, 10].map((days) => `${inDays(play, days)}T00:00:00.000Z`) as [string, string];
    const found = () => obligationsIn(play).find(({ kind }) => kind === 'extend-stay');
    expect(found()).toBeUndefined();
    play.passUntil(soon);
    expect(found()).toMatchObject({ party: 'embassy', due, since: soon });
    expect(play.refuse('host', { type: 'extendStay', leavesOn: due.slice(0, 10) }).code).toBe('date-past');
    play.take('host', { type: 'extendStay', leavesOn: inDays(play, 30) });
    expect(play.state.stay).toMatchObject({ leavesOn: inDays(play, 30) });
    expect(found()).toBeUndefined();
  });

  test('is not asked about where nobody said that it ends, nor by rules of before', () => {
    expect(owed(caseIn('hosting')).filter((one) => one.startsWith('extend-stay'))).toEqual([]);
    const play = hosted();
    const { 'extend-stay': _, ...ladders } = hostingRules.ladders;
    play.rules = { ...play.rules, ladders };
    expect(owed(play).filter((one) => one.startsWith('extend-stay'))).toEqual([]);
  });

  test('goes on by the word of its own host only, and only where there is one', () => {
    const play = hosted();
    const command = { type: 'extendStay', leavesOn: inDays(play, 20) } as const;
    expect(play.refuse('officer', command).code).toBe('not-your-command');
    expect(asked().refuse('host', command).code).toBe('wrong-stage');
  });
});

describe('a bed for a relative who comes to fetch the child', () => {
  const hold = (play: CaseInPlay, leavesOn: number, firstNight?: number) =>
    ({
      type: 'holdCarerBed',
      leavesOn: inDays(play, leavesOn),
      ...(firstNight !== undefined && { firstNight: inDays(play, firstNight) }),
    }) as const;

  test('is held where care passes at the site, and nowhere else', () => {
    const other = asked();
    expect(other.refuse('host', hold(other, 3))).toEqual({ code: 'nothing-to-decide' });
    const play = atSite();
    play.take('host', hold(play, 3));
    expect(play.state.carerBed).toEqual({
      ...{ site: 'residence', firstNight: inDays(play, 0), leavesOn: inDays(play, 3) },
    });
    play.take('host', hold(play, 9, 4));
    expect(play.state.carerBed).toMatchObject({ firstNight: inDays(play, 4), leavesOn: inDays(play, 9) });
  });

  test('for nights that are neither past, nor upside down, nor of a time in which the site is shut', () => {
    const play = atSite();
    expect(play.refuse('host', hold(play, 3, -1))).toEqual({ code: 'date-past', field: 'firstNight' });
    expect(play.refuse('host', hold(play, 3, 3))).toEqual({ code: 'window-inverted', field: 'leavesOn' });
    const closures = [{ from: inDays(play, 4), to: inDays(play, 6) }];
    play.rules = { ...play.rules, sites: play.rules.sites.map((site) => ({ ...site, closures })) };
    expect(play.refuse('host', hold(play, 5, 2))).toEqual({ code: 'closed-for-new', field: 'firstNight' });
  });

  test('is given back once', () => {
    const play = atSite();
    expect(play.refuse('host', { type: 'releaseCarerBed' })).toEqual({ code: 'already-done' });
    play.take('host', hold(play, 3));
    play.take('host', { type: 'releaseCarerBed' });
    expect(play.state.carerBed).toBeUndefined();
  });

  test('stays theirs while the child is in its bed, though the sides must decide anew', () => {
    const play = atSite();
    play.take('host', hold(play, 30));
    play.take('southDecider', { type: 'withdrawApproval' });
    expect([play.state.stage, play.state.stay?.status, play.state.carerBed?.site]).toEqual([
      ...['agreement', 'occupied', 'residence'],
    ]);
    play.take('host', { type: 'releaseCarerBed' });
    expect(play.state.carerBed).toBeUndefined();
  });

  test('goes where the child is taken to another site', () => {
    const play = atSite();
    play.take('host', hold(play, 30));
    play.take('duty', { type: 'recordArrival', site: 'guesthouse' });
    expect([play.state.stay?.site, play.state.carerBed]).toEqual(['guesthouse', undefined]);
  });

  test('stays theirs while the child is there, and goes with its own', () => {
    const play = atSite();
    play.take('host', hold(play, 30));
    for (const next of [
      () => play.take('northOfficial', carerPapers(play)),
      () => play.take('host', look),
      () => play.take('receiver', confirm),
      () => play.take('host', confirm),
    ])
      next();
    play.runEffects();
    makeReady(play);
    awaitWindow(play);
    play.take('dispatcher', { type: 'confirmCrew', has: ['companion'], escorts: 1, children: 1 });
    expect(play.state.carerBed).toBeDefined();
    play.take('lead', { type: 'depart' });
    expect([play.state.stay, play.state.carerBed]).toEqual([undefined, undefined]);
  });
});
