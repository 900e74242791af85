/**
 * A word of its own in everything that somebody may not read: it is nowhere in the windows of those who may not, whatever
 * page they open: not in what is shown, not in what is kept, not in what came over the wire.
 */
import type { Page } from 'playwright-core';
import type { Dossier } from '../../src/contracts/dossier/dossier';
import type { CaseId } from '../../src/domain/model/ids';
import { aDossier } from '../record/support/record-room';
import { kept } from './support/kept';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

const [recipient] = aDossier.recipients;
const dossier: Dossier = {
  ...aDossier,
  child: {
    ...aDossier.child,
    birthDate: { exact: '2012-07-16' },
    whereabouts: { known: true, place: 'kanarka-place', source: 'kanarka-teller' },
    healthNeeds: [{ need: 'kanarka-health' }],
    view: { text: 'kanarka-view', recordedOn: '2024-01-22' },
  },
  documents: [
    ...aDossier.documents.map((paper) => ({
      ...paper,
      number: paper.holder === 'child' ? 'kanarka-number' : 'kanarka-passport',
    })),
    { id: 'doc-10', kind: 'medical', holder: 'child', issuedBy: 'kanarka-clinic' },
  ],
  recipients: [
    { ...recipient!, contact: { address: 'kanarka-address' } },
    {
      id: 'recipient-2',
      names: [{ script: 'latin', given: 'kanarka-other', recordedOn: '2024-01-22' }],
      kinship: { relation: 'aunt', evidence: [] },
      custody: [],
    },
  ],
  sourceNote: 'kanarka-source',
};
const notesBy = ['qa-officer-1', 'ua-official-1', 'ru-official-1'] as const;
const noteOf = (official: string): string => `kanarka-note-${official}`;
const ofTheFile = ['view', 'source', 'teller', 'other', 'address', 'passport'];

/** What must not be in whose window, after `kanarka-`; a note is read by who wrote it and by the mediator. */
const hidden: Readonly<Record<string, readonly string[]>> = {
  'ru-official-1': [...ofTheFile, 'health', 'clinic', 'note-qa', 'note-ua', 'note-em'],
  'em-host': [...ofTheFile, 'place', 'number', 'note-qa', 'note-ua', 'note-ru'],
  'es-escort-1': [...ofTheFile, 'place', 'number', 'clinic', 'note-qa', 'note-ua', 'note-ru', 'note-em'],
};

describe('what somebody may not read', () => {
  let staged: StagedRoom;
  let cases: CaseId[];
  beforeAll(async () => {
    staged = await openStagedRoom('console-canaries');
    cases = [await staged.at('hosted', { file: dossier }), await staged.at('departed', { file: dossier })];
    for (const id of cases)
      for (const official of notesBy)
        await staged.room.as(official).does(id, {
          ...{ type: 'placeHold', hold: `hold-${official}`, reason: 'safety' },
          note: noteOf(official),
        } as never);
    await staged.room.as('em-host').does(cases[0]!, {
      ...{ type: 'writeWelfareNote', wellbeing: 'well', note: noteOf('em-host') },
    } as never);
  }, 120_000);
  afterAll(() => staged.close());

  /** Everything that their window shows, keeps and is sent while they open all they have. */
  async function everythingOf(official: string): Promise<string> {
    const { page } = await staged.desk.of(official);
    let told = '';
    const bodies: Promise<unknown>[] = [];
    page.on('response', (response) => {
      told += `${response.url()}\n`;
      if (/\/v1\/(?!.*stream)/.test(response.url()))
        bodies.push(
          response.text().then(
            (text) => (told += text),
            () => undefined,
          ),
        );
    });
    const look = async (address: string): Promise<void> => {
      await page.goto(new URL(address, staged.url).href);
      await page.locator('h1').first().waitFor();
      await page.waitForTimeout(250);
      told += await page.content();
    };
    for (const address of await linksIn(page, '.bar a')) await look(address);
    for (const id of cases) {
      await look(`/cases/${id}`);
      const acts = await linksIn(page, 'main a');
      const own = acts.filter((address) => address.startsWith(`/cases/${id}/`));
      const others = ['timeline', 'file', 'plan', 'decide', 'relay', 'legs', 'go', 'handover'];
      for (const address of new Set([...own, ...others.map((each) => `/cases/${id}/${each}`)]))
        await look(address);
    }
    await Promise.all(bodies);
    return told + (await kept(page)).readable;
  }

  it.each(Object.entries(hidden))(
    'is nowhere in the window of %s',
    async (official, words) => {
      const told = await everythingOf(official);
      expect(told).toContain('Hadanyi');
      expect(words.filter((word) => told.includes(`kanarka-${word}`))).toEqual([]);
    },
    120_000,
  );

  it('is found by the same look where it may be read', async () => {
    const told = await everythingOf('qa-officer-1');
    const all = [
      ...ofTheFile,
      'health',
      'place',
      'number',
      'clinic',
      'note-qa',
      'note-ua',
      'note-ru',
      'note-em',
    ];
    expect(all.filter((word) => !told.includes(`kanarka-${word}`))).toEqual([]);
  }, 120_000);
});

const linksIn = (page: Page, within: string): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...new Set([...document.querySelectorAll(${JSON.stringify(within)})].map((link) => link.getAttribute('href')))].filter((to) => to.startsWith('/'))`,
  );
