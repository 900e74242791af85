/** Who takes the person home, by the forms themselves: nobody, an alternate, a carer at the site; and an escort’s quiet word. */
import type { Page } from 'playwright-core';
import type { EdgeCommand } from '../../src/contracts/commands';
import type { CaseId } from '../../src/domain/model/ids';
import { aDossier, approve } from '../record/support/record-room';
import { daysFromToday } from '../support/days';
import { sendByPage } from './support/by-page';
import { settle } from './support/places';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

const [mother] = aDossier.recipients;
const birth = new Date();
birth.setUTCFullYear(birth.getUTCFullYear() - 18);
birth.setUTCDate(birth.getUTCDate() - 2);
const withGrandmother = {
  ...aDossier,
  recipients: [
    mother!,
    {
      ...mother!,
      id: 'recipient-2',
      names: [{ script: 'latin' as const, given: 'Halyna', family: 'Hadana', recordedOn: '2024-01-22' }],
      kinship: { relation: 'grandmother' as const, evidence: [] },
    },
  ],
};
const adult = {
  ...aDossier,
  child: { ...aDossier.child, birthDate: { exact: birth.toISOString().slice(0, 10) } },
  documents: [
    ...aDossier.documents,
    { id: 'doc-7', kind: 'consent' as const, holder: 'child' as const, issuedBy: 'Notary' },
  ],
};
type Terms = Extract<EdgeCommand, { type: 'proposePlan' }>['terms'];
const plan = (more: Partial<Terms> = {}) => ({
  type: 'proposePlan' as const,
  terms: {
    ...{
      recipient: 'recipient-1',
      site: 'moscow-residence',
      handoverPlace: 'kyiv',
      modality: 'road' as const,
    },
    ...{ escortParty: 'escort', receivingParty: 'reception', companions: ['escort' as const] },
    window: { from: daysFromToday(1), to: daysFromToday(20) },
    ...more,
  },
});

describe('who takes the person home, by pages', () => {
  let staged: StagedRoom;
  beforeAll(async () => {
    staged = await openStagedRoom('console-whose-care');
  }, 120_000);
  afterAll(() => staged.close());

  const pageOf = async (official: string): Promise<Page> => (await staged.desk.of(official)).page;
  const stateOf = async (id: CaseId) => (await staged.recordRoom.record.load(id))!.state;
  const byPage = async (official: string, id: CaseId, command: EdgeCommand, filled?: () => Promise<void>) =>
    sendByPage(await pageOf(official), staged.url, id, command, filled ? { filled } : {});
  const noComplaints = async (...officials: string[]) => {
    for (const official of officials)
      expect([official, (await staged.desk.of(official)).complaints]).toEqual([official, []]);
  };

  it('nobody: an adult who consents is offered it, a child is not', async () => {
    const nobody = 'input[name=recipient][value=nobody]';
    const page = await pageOf('qa-officer-1');
    await page.goto(`${staged.url}/cases/${await staged.at('verified')}/plan`);
    await page.locator('main form').waitFor();
    await settle(page);
    expect(await page.locator(nobody).count()).toBe(0);

    const id = await staged.at('verified', { file: adult });
    const { act } = staged.recordRoom;
    await act('qa-interviewer', id, { type: 'recordOwnConsent', given: true, document: 'doc-7' });
    await byPage('qa-officer-1', id, plan({ recipient: null }));
    expect((await stateOf(id)).plan).toMatchObject({ version: 1, recipient: null });
    await page.goto(`${staged.url}/cases/${id}/plan`);
    await page.locator(nobody).waitFor();
    // A new plan begins where the one before ended.
    expect(await page.locator(nobody).isChecked()).toBe(true);
    // Nobody comes along who is not there.
    expect(await page.locator('input[name=companions][value=escort]').count()).toBe(1);
    expect(await page.locator('input[name=companions][value=recipient]').count()).toBe(0);
    await noComplaints('qa-officer-1');
  }, 120_000);

  it('an alternate: the task of the inbox asks for a facet of this person, and the review too', async () => {
    const id = await staged.at('verified', { file: withGrandmother });
    await byPage('qa-officer-1', id, plan({ alternates: ['recipient-2'] }));
    for (const decider of ['ua-decider', 'ru-decider']) await approve(staged.recordRoom, id, decider);
    const alternate = 'recipient-2:custody';
    const before = (await stateOf(id)).facets.custody;
    async function fromInbox(official: string, command: EdgeCommand['type'], answers: readonly string[]) {
      const page = await pageOf(official);
      await page.goto(`${staged.url}/inbox`);
      await page
        .locator(`a[href*="${id}/do/${command}?for=${encodeURIComponent(alternate)}"]`)
        .first()
        .click();
      const form = page.locator('main form');
      await form.locator('[name=recipient]').first().waitFor();
      // Whom and what it is about is answered beforehand.
      for (const value of alternate.split(':'))
        expect([value, await form.locator(`input[value="${value}"]:checked`).count()]).toEqual([value, 1]);
      for (const answer of answers) await form.locator(`input[value="${answer}"]`).check();
      await form.locator('button.act:not([type=button])').last().click();
      await page.locator('[role=status] article.paper').waitFor();
    }
    await fromInbox('ua-official-1', 'attestFacet', ['confirmed', 'doc-1']);
    expect((await stateOf(id)).alternateFacets?.['recipient-2']?.custody).toMatchObject({
      attestation: { by: { official: 'ua-official-1' }, finding: 'confirmed' },
    });
    await fromInbox('qa-reviewer', 'reviewAttestation', ['upheld']);
    const { alternateFacets, facets } = await stateOf(id);
    expect(alternateFacets?.['recipient-2']?.custody?.status).toBe('settled');
    expect(facets.custody).toEqual(before);
    await noComplaints('ua-official-1', 'qa-reviewer', 'qa-officer-1');
  }, 120_000);

  it('a carer at the site: ways in and out are asked with it only, her papers are confirmed, a bed is kept', async () => {
    const id = await staged.at('verified');
    const page = await pageOf('qa-officer-1');
    const ways = page.locator('[name=wayIn], [name=wayOut]');
    await page.goto(`${staged.url}/cases/${id}/plan`);
    const choose = (where: string) => page.locator(`[name=carePasses][value=${where}]`).check();
    await choose('at-home');
    expect(await ways.count()).toBe(0);
    await choose('at-site');
    await ways.first().waitFor();
    await choose('at-home');
    await ways.first().waitFor({ state: 'detached' });
    const { places } = staged.recordRoom.mechanism;
    const [wayIn, wayOut] = [places[0]!.id, places[1]!.id];
    const carePasses = { where: 'at-site', wayIn, wayOut } as const;
    await byPage('qa-officer-1', id, plan({ companions: ['escort', 'recipient'], carePasses }));
    expect((await stateOf(id)).plan).toMatchObject({ carePasses });
    for (const decider of ['ua-decider', 'ru-decider']) await approve(staged.recordRoom, id, decider);

    const papers = { type: 'confirmCarerPapers' as const, documents: ['doc-3'], permission: 'doc-3' };
    await byPage('ua-official-1', id, { ...papers, validUntil: daysFromToday(60) });
    expect(await stateOf(id)).toMatchObject({ carerPapers: { documents: ['doc-3'], permission: 'doc-3' } });

    await byPage('em-host', id, { type: 'holdCarerBed', leavesOn: daysFromToday(3) });
    expect((await stateOf(id)).carerBed).toMatchObject({ leavesOn: daysFromToday(3) });
    const host = await pageOf('em-host');
    for (const [address, place] of [
      ['/sites/moscow-residence', 'carers'],
      [`/cases/${id}`, 'stay'],
    ] as const) {
      await host.goto(`${staged.url}${address}`);
      await host.locator(`section[aria-labelledby=${place}]`).waitFor();
      await settle(host);
    }
    await noComplaints('qa-officer-1', 'ua-official-1', 'em-host');
  }, 120_000);

  it('an escort’s own word for danger is chosen on their page, and said in the note of a sign of life', async () => {
    const id = await staged.at('departed');
    const escort = await pageOf('es-escort-1');
    await escort.goto(`${staged.url}/you`);
    const field = escort.locator('#duress-word');
    await field.fill('chamomile');
    const kept = escort.waitForResponse((answer) => answer.url().endsWith('/v1/duress-word'));
    await field.press('Enter');
    expect((await kept).status()).toBe(204);
    await escort.locator('section[aria-labelledby=duress] [role=status]').waitFor();
    expect([await field.inputValue(), (await escort.content()).includes('chamomile')]).toEqual(['', false]);

    await escort.goto(`${staged.url}/road`);
    await escort.locator('.road details summary').click();
    await escort.locator('.road textarea').fill('Tea with chamomile, all is well.');
    const sent = escort.waitForResponse((answer) => answer.url().endsWith('/commands'));
    await escort.locator('.road .buttons button').first().click();
    expect((await sent).status()).toBe(200);
    const { events } = await staged.recordRoom.record.catchUp(id, 0);
    expect(events.map(({ event }) => event.type)).toEqual(
      expect.arrayContaining(['CheckedIn', 'DuressSignalled']),
    );
    // The next one is not the same words again.
    await escort.locator('.road details summary').waitFor();
    expect((await escort.locator('.road').innerHTML()).includes('chamomile')).toBe(false);
    await noComplaints('es-escort-1');
    const lead = await pageOf('qa-lead');
    await lead.goto(`${staged.url}/you`);
    await settle(lead);
    expect(await lead.locator('#duress-word').count()).toBe(0);
  }, 120_000);
});
