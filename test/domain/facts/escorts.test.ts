/** Escorts have credentials: nobody sets out with one whose credential is over, and whoever sends them is told in time. */
import { byFit } from '../../../src/domain/facts/escorts';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import { memberStatusOf } from '../../../src/domain/group/member';
import { candidatesOf } from '../../../src/domain/group/candidates';
import { noticesOf } from '../../../src/domain/obligations/notices';
import { offersFor } from '../../../src/domain/decide/offers';
import type { EscortCredential } from '../../../src/domain/model/escorts';
import { awaitWindow, caseIn, daysAfter, hashPlan, makeReady, passOn } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { officials } from '../../support/mechanism-rules';
import { owed } from '../plays/returns';

const credential = (validUntil: string, rest: Partial<EscortCredential> = {}): EscortCredential => ({
  validUntil,
  skills: [],
  languages: ['uk'],
  ...rest,
});
const assign = { type: 'assignEscort', escort: 'escort' } as const;
const assigned = (until: (play: CaseInPlay) => EscortCredential | undefined): CaseInPlay => {
  const play = caseIn('preparation');
  play.runEffects();
  const known = until(play);
  play.credentials = known ? { escort: known } : {};
  play.take('dispatcher', assign);
  return play;
};
const blockersIn = ({ state, rules, now }: CaseInPlay): string[] =>
  gateBlockersOf(state, rules, now).map(({ blocker }) => blocker);
const typesOf = ({ events }: CaseInPlay): string[] => events.map(({ event }) => event.type);

describe('who is assigned', () => {
  test('of whom nothing is stated, as before', () => {
    const play = assigned(() => undefined);
    expect(play.state.escort).toEqual({ official: 'escort', party: 'escorts', since: play.now });
    expect(play.refuse('dispatcher', assign).code).toBe('already-done');
  });

  test('on the last day of their credential: yes; on the day after: not', () => {
    const play = caseIn('preparation');
    play.runEffects();
    play.credentials = { escort: credential(daysAfter(play.now, -1)) };
    expect(play.refuse('dispatcher', assign)).toMatchObject({
      code: 'escort-credential-ended',
      field: 'escort',
    });
    expect(play.state.escort).toBeUndefined();
    play.credentials = { escort: credential(daysAfter(play.now, 0)) };
    play.take('dispatcher', assign);
    expect(play.state.escort?.credentialUntil).toBe(daysAfter(play.now, 0));
  });

  test('is offered to the dispatcher only while the credential holds', () => {
    const play = caseIn('preparation');
    play.runEffects();
    play.credentials = {
      over: credential(daysAfter(play.now, -3)),
      good: credential(daysAfter(play.now, 9)),
    };
    const offered = offersFor(play.state, officials.dispatcher, {
      ...{ now: play.now, mechanism: play.rules, hashPlan, escorts: ['over', 'good', 'unstated'] },
      credentialOf: (escort) => play.credentials[escort],
    });
    expect(offered.find(({ type }) => type === 'assignEscort')?.subjects).toEqual(['good', 'unstated']);
  });
});

describe('before it ends', () => {
  test('the dispatcher is told two weeks ahead, and owes another escort from the day on', () => {
    const play = assigned(({ now }) => credential(daysAfter(now, 16)));
    play.pass('P4D');
    const noted = play.events.filter(({ event }) => event.type === 'ExpiryNoted').at(-1)!;
    expect(noted.event).toMatchObject({
      lapsing: 'escort-credential',
      validUntil: play.state.escort?.credentialUntil,
    });
    expect(noticesOf(noted, play.state, play.rules).map(({ party }) => party)).toEqual([
      'mediator',
      'escorts',
    ]);
    expect(owed(play)).not.toContain('assign-escort escorts');
    play.pass('P14D');
    expect(typesOf(play).filter((type) => type === 'EscortCredentialEnded')).toHaveLength(1);
    expect(owed(play)).toContain('assign-escort escorts');
    expect(blockersIn(play)).toContain('escort-credential-ended');
  });

  test('renewed in the file, the same escort is assigned again, and the crew stays', () => {
    const play = assigned(({ now }) => credential(daysAfter(now, 30)));
    play.take('dispatcher', { type: 'confirmCrew', has: ['oxygen'], escorts: 1, children: 1 });
    play.credentials = { escort: credential(daysAfter(play.now, 300)) };
    play.take('dispatcher', assign);
    expect(play.state.escort).toMatchObject({
      credentialUntil: daysAfter(play.now, 300),
      crew: { has: ['oxygen'] },
    });
    play.pass('P40D');
    expect(typesOf(play)).not.toContain('EscortCredentialEnded');
  });

  test('a child who set out comes home with its escort, whatever ends on the way', () => {
    const play = caseIn('hosting');
    play.runEffects();
    makeReady(play);
    awaitWindow(play);
    play.credentials = { escort: credential(daysAfter(play.now, 1)) };
    play.take('dispatcher', assign);
    play.take('lead', { type: 'depart' });
    passOn(play);
    play.pass('P3D');
    expect(typesOf(play)).not.toContain('EscortCredentialEnded');
    expect(owed(play)).not.toContain('assign-escort escorts');
  });
});

describe('what an escort is beside', () => {
  test('counts as the crew’s: a medic need not be found twice', () => {
    const play = caseIn('hosting');
    play.runEffects();
    makeReady(play);
    awaitWindow(play);
    play.take('clinician', {
      ...{ type: 'clearMedically', fit: true, validUntil: daysAfter(play.now, 60) },
      needs: ['medic', 'oxygen'],
    });
    play.take('dispatcher', { type: 'confirmCrew', has: ['oxygen'], escorts: 1, children: 1 });
    expect(blockersIn(play)).toEqual(['crew-missing']);
    play.credentials = { escort: credential(daysAfter(play.now, 90), { skills: ['medic'] }) };
    play.take('dispatcher', assign);
    expect(blockersIn(play)).toEqual([]);
    play.take('lead', { type: 'depart' });
  });

  test('goes with them: who takes over is what their own credential says', () => {
    const play = assigned(({ now }) => credential(daysAfter(now, 30), { skills: ['medic'] }));
    play.credentials = { next: credential(daysAfter(play.now, 70), { skills: ['interpreter'] }) };
    play.take('system', { type: 'noteSubstitution', official: 'escort', party: 'escorts', by: 'next' });
    expect(play.state.escort).toMatchObject({
      ...{ official: 'next', credentialUntil: daysAfter(play.now, 70), skills: ['interpreter'] },
    });
  });

  test('puts whoever speaks the child’s language first, then who is what it needs', () => {
    const known: Record<string, EscortCredential> = {
      medic: credential('2030-01-01', { skills: ['medic'], languages: ['en'] }),
      speaks: credential('2030-01-01', { languages: ['crh', 'ru'] }),
      both: credential('2030-01-01', { languages: ['crh'], skills: ['medic'] }),
    };
    const credentialOf = (escort: string) => known[escort];
    const all = ['unstated', 'medic', 'speaks', 'both'];
    expect(byFit(all, { credentialOf, languages: ['crh'], needs: ['medic'] })).toEqual([
      ...['both', 'speaks', 'medic', 'unstated'],
    ]);
    expect(byFit(all, { credentialOf, languages: [], needs: [] })).toEqual(all);
  });
});

test('a proposed group names a child whose escort’s credential ends within its window', () => {
  const play = assigned(({ now }) => credential(daysAfter(now, 5)));
  const { to } = play.state.plan!.window;
  const of = ({ state, rules, now }: CaseInPlay) => {
    const members = new Map([[state.id, memberStatusOf(state, rules, now)]]);
    return candidatesOf(members, { now, days: 90, lists: 1 }).lists[0]!.members[0]!.escortUntil;
  };
  expect(of(play)).toBe(daysAfter(play.now, 5));
  play.credentials = { escort: credential(to) };
  play.take('dispatcher', assign);
  expect(of(play)).toBeUndefined();
});
