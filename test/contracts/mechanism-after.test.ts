/** What a version of a mechanism may not do to the one before it, and what open cases would notice. */
import { readFileSync } from 'node:fs';
import { afterCodes, faultsAfter, warningsAfter } from '../../src/contracts/mechanism/after';
import type { AfterCode } from '../../src/contracts/mechanism/after';
import { readMechanism } from '../../src/contracts/mechanism/file';
import { getExampleMechanism, getExamplePath } from '../../src/examples/example-files';
import { edited } from './dossier-sample';
import type { Edits } from './dossier-sample';

const doha = getExampleMechanism('doha');
const next = { version: doha.version + 1 };
const found = (edits: Edits) => {
  const newer = edited(doha, { ...next, ...edits });
  return [...faultsAfter(doha, newer), ...warningsAfter(doha, newer)].map(({ code, path }) => [
    code,
    path.join('.'),
  ]);
};
const without = <Entry extends { readonly id: string }>(entries: readonly Entry[], id: string) =>
  entries.filter((entry) => entry.id !== id);
const step = (after: string, act = 'escalate') => ({ after, act });

describe('a version after another', () => {
  const rows: [AfterCode, string, string, Edits][] = [
    ['other-mechanism', 'is another mechanism', 'id', { id: 'geneva', sites: [] }],
    ['version-not-higher', 'has the same number', 'version', { version: doha.version }],
    ['party-removed', 'lacks a party', 'parties', { parties: without(doha.parties, 'observer') }],
    ['site-removed', 'lacks a site', 'sites', { sites: [] }],
    ['place-removed', 'lacks a place', 'places', { places: doha.places.slice(1) }],
    [
      'official-removed',
      'lacks an official',
      'officials',
      { officials: without(doha.officials, 'ob-observer') },
    ],
    [
      'party-of-other-kind',
      'has a party of another kind',
      'parties.0.kind',
      { 'parties.0.kind': 'observer' },
    ],
    ['site-of-other-party', 'has a site of another host', 'sites.0.party', { 'sites.0.party': 'escort' }],
    [
      'official-of-other-party',
      'has an official of another party',
      'officials.0.party',
      { 'officials.0.party': 'russia' },
    ],
    ['side-taken-away', 'lets a side decide no more', 'decidingSides', { decidingSides: ['ukraine'] }],
    [
      'safety-ladder-longer',
      'lets an alarm wait longer',
      'ladders.resume-journey',
      { 'ladders.resume-journey.due': 'PT5H' },
    ],
    [
      'safety-ladder-longer',
      'repeats an alarm more rarely',
      'ladders.check-in',
      { 'ladders.check-in.thenEvery': 'PT1H' },
    ],
    [
      'safety-ladder-longer',
      'tells somebody else later',
      'ladders.resolve-emergency',
      { 'ladders.resolve-emergency.steps': [step('PT1H'), step('PT2H', 'remind'), step('PT6H')] },
    ],
    [
      'safety-ladder-longer',
      'leaves out a step',
      'ladders.resolve-emergency',
      { 'ladders.resolve-emergency.steps': [step('PT0S'), step('PT2H', 'remind')] },
    ],
    ['approval-shorter', 'lets approvals lapse sooner', 'approvalValidFor', { approvalValidFor: 'P60D' }],
    ['newly-owed', 'lets another side decide', 'decidingSides.2', { 'decidingSides.2': 'observer' }],
    ['newly-owed', 'has a visit more', 'followUpVisits', { followUpVisits: [...doha.followUpVisits, 'P7M'] }],
  ];
  test.each(rows)('%s: %s', (code, _what, path, edits) => expect(found(edits)).toEqual([[code, path]]));

  test('every code has its row above', () =>
    expect([...new Set([...rows.map(([code]) => code), 'bed-renumbered'])].sort()).toEqual(
      [...afterCodes].sort(),
    ));

  test('a bed keeps its position, and others may be added after it', () => {
    const bed = (id: string) => ({ id, kind: 'usual' });
    const older = edited(doha, { 'sites.0.beds': [bed('a'), bed('b')], version: doha.version - 1 });
    const codes = (...ids: string[]) =>
      faultsAfter(older, edited(doha, { 'sites.0.beds': ids.map(bed) })).map(({ code }) => code);
    expect(codes('a', 'b', 'c')).toEqual([]);
    expect(codes('b', 'a')).toEqual(['bed-renumbered', 'bed-renumbered']);
    expect(codes('a')).toEqual(['bed-renumbered']);
  });

  test.each<[string, Edits]>([
    ['changes nothing but its number', {}],
    [
      'closes a site, a place and a party',
      { 'sites.0.closed': '2027-01-01', 'places.0.closed': '2027-01-01' },
    ],
    ['lists an official as one who left', { 'officials.0.active': false }],
    ['adds a site and a place', { 'sites.1': { ...doha.sites[0], id: 'annex' } }],
    ['lets a ladder that is of no safety take longer', { 'ladders.propose-plan.due': 'P30D' }],
    ['lets an alarm be told sooner', { 'ladders.resume-journey.due': 'PT3H' }],
    // The case says when a sign of life is due.
    ['changes a due that nobody reads', { 'ladders.check-in.due': 'PT9H' }],
    ['lets approvals hold longer, with fewer visits', { approvalValidFor: 'P120D', followUpVisits: ['P1D'] }],
  ])('follows it where it %s', (_what, edits) => expect(found(edits)).toEqual([]));
});

describe('a file after another', () => {
  const text = readFileSync(getExamplePath('mechanisms', 'doha.yaml'), 'utf8');
  const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

  test('names each fault where it stands', () => {
    const read = readMechanism(
      text,
      edited(doha, { 'sites.0.party': 'escort', 'places.9': { ...doha.places[0], id: 'gone' } }),
    );
    expect('faults' in read && read.faults).toEqual([
      expect.objectContaining({ line: lineOf('version:'), path: 'version' }),
      expect.objectContaining({ path: 'sites[0].party' }),
      expect.objectContaining({ line: lineOf('places:'), path: 'places' }),
    ]);
  });

  test('warns of what open cases would notice, and is sound', () => {
    const older = edited(doha, { version: doha.version - 1, approvalValidFor: 'P120D' });
    expect(readMechanism(text, older)).toMatchObject({
      warnings: [{ path: 'approvalValidFor', message: expect.stringContaining('P90D instead of P120D') }],
    });
  });
});
