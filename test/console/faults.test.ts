/** Wrong clicks, two officials on one case, and what is typed wrongly: told in words, sent once, nothing lost. */
import type { Page } from 'playwright-core';
import { english } from '../../console/src/words/english';
import { fill } from '../../console/src/words/use-words';
import type { CaseId } from '../../src/domain/model/ids';
import { aDossier } from '../record/support/record-room';
import { eventually } from '../workflows/support/process-room';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

const typed = 'The uncle may come on Friday.';

describe('a tired hand', () => {
  let staged: StagedRoom;
  let page: Page;
  let id: CaseId;
  const button = (of = page) => of.locator('main form button.act:not([type=button])').last();
  const alert = (of = page) => of.locator('main [role=alert]');
  const receipt = (of = page) => of.locator('[role=status] article.paper');
  const eventsOf = async (type: string, of = id) =>
    (await staged.recordRoom.record.catchUp(of, 0)).events.filter(({ event }) => event.type === type);
  const openForm = async (command: string, of = page) => {
    await of.goto(`${staged.url}/cases/${id}/do/${command}`);
    await of.locator('main form').first().waitFor();
  };

  beforeAll(async () => {
    staged = await openStagedRoom('console-faults');
    ({ page } = await staged.desk.of('ua-official-1'));
  }, 120_000);
  afterAll(() => staged.close());
  beforeEach(async () => {
    ({ case: id } = await staged.recordRoom.open());
  });

  it('that clicks twice sends once', async () => {
    await openForm('reportRecipientUnavailable');
    await page.locator('textarea[name=note]').fill(typed);
    await button().dblclick();
    await receipt().waitFor();
    expect(await eventsOf('RecipientUnavailable')).toHaveLength(1);
  });

  it('that goes back after the receipt finds an empty form, and nothing is sent again', async () => {
    await page.goto(`${staged.url}/cases/${id}`);
    await page.locator('h1').waitFor();
    await openForm('reportRecipientUnavailable');
    await page.locator('textarea[name=note]').fill(typed);
    await button().click();
    await receipt().waitFor();
    await page.goBack();
    await page.locator('.paper, h1').first().waitFor();
    await page.goForward();
    await page.locator('textarea[name=note]').waitFor();
    expect(await page.locator('textarea[name=note]').inputValue()).toBe('');
    expect(await eventsOf('RecipientUnavailable')).toHaveLength(1);
  });

  it('that goes back in the middle finds what was typed', async () => {
    await page.goto(`${staged.url}/cases/${id}`);
    await page.locator('h1').waitFor();
    await openForm('reportRecipientUnavailable');
    await page.locator('textarea[name=note]').fill(typed);
    await eventually(() => page.evaluate(`Object.keys(sessionStorage).some((key) => key.includes('${id}'))`));
    await page.goBack();
    await page.goForward();
    await page.locator('textarea[name=note]').waitFor();
    expect(await page.locator('textarea[name=note]').inputValue()).toBe(typed);
  });

  it('that sends an empty form is led to what is missing, and nothing is sent', async () => {
    await openForm('attestFacet?for=identity');
    await button().click();
    expect(await page.evaluate(`document.activeElement.validity.valid`)).toBe(false);
    expect(await eventsOf('FacetAttested')).toEqual([]);
  });

  it('that types the end of another reference is told so; nothing is sent or lost', async () => {
    const { page: leads } = await staged.desk.of('qa-lead');
    await openForm('closeCase', leads);
    await leads.locator('input[name=outcome][value=other]').check();
    await leads.locator('textarea[name=note]').fill(typed);
    await leads.locator('input[name=suffix]').fill('0000');
    await button(leads).click();
    await leads.getByText(english.form.mismatch).waitFor();
    expect(await leads.locator('textarea[name=note]').inputValue()).toBe(typed);
    expect(await eventsOf('CaseClosed')).toEqual([]);
  });

  it('that opens what is not its own to send is told so in words, with a way back', async () => {
    await openForm('acceptFile');
    await page.getByText(english.form.notYours).waitFor();
    await button().click();
    await alert().waitFor();
    expect(await alert().innerText()).toContain(english.refusals['not-your-command']);
    expect(await page.locator(`main a[href='/cases/${id}']`).count()).toBeGreaterThan(0);
  });

  it.each(['/cases/0000-0000/do/acknowledgeCase', '/cases/0000-0000/plan', '/cases/0000-0000/file'])(
    'that mistypes a case is told that there is none: %s',
    async (address) => {
      await page.goto(staged.url + address);
      await page.getByText(english.shell.notHere).first().waitFor();
    },
  );
});

describe('two officials on one case', () => {
  let staged: StagedRoom;
  beforeAll(async () => {
    staged = await openStagedRoom('console-two');
  }, 120_000);
  afterAll(() => staged.close());

  it('who do the same at the same instant: it is done once, and both are told', async () => {
    const { case: id } = await staged.recordRoom.open();
    const pages = await Promise.all(
      ['qa-officer-1', 'qa-lead'].map(async (official) => (await staged.desk.of(official)).page),
    );
    const ends = await Promise.all(
      pages.map(async (page) => {
        await page.goto(`${staged.url}/cases/${id}/do/acceptFile`);
        const button = page.locator('main form button.act').first();
        await button.waitFor();
        return button;
      }),
    );
    await Promise.all(ends.map((button) => button.click()));
    for (const page of pages) await page.locator('article.paper, main [role=alert]').first().waitFor();
    const told = await Promise.all(
      pages.map((page) => page.locator('article.paper header, main [role=alert]').first().innerText()),
    );
    const { 'already-done': done, 'wrong-stage': later } = english.refusals;
    const known = [english.form.recorded, english.form.stale, done, later];
    expect(told.filter((text) => known.every((words) => !text.includes(words)))).toEqual([]);
    const { events } = await staged.recordRoom.record.catchUp(id, 0);
    expect(events.filter(({ event }) => event.type === 'FileAccepted')).toHaveLength(1);
  });

  it('of whom one proposes another plan while the other signs: the old one is not agreed to', async () => {
    const id = await staged.at('verified');
    const { page: decider } = await staged.desk.of('ua-decider');
    await staged.proposePlan(id, 'road');
    await decider.goto(`${staged.url}/cases/${id}/decide`);
    await decider.locator('input[name=act][value=approve]').check();
    await decider.locator('input[name=suffix]').fill(id.slice(-4));
    await staged.proposePlan(id, 'rail');
    await decider.locator('main form button.act:not([type=button])').last().click();
    const newest = decider.getByRole('button', { name: fill(english.decide.goToPlan, { n: 2 }) });
    await newest.waitFor();
    const { events } = await staged.recordRoom.record.catchUp(id, 0);
    expect(events.filter(({ event }) => event.type === 'PlanApproved')).toEqual([]);
    // What was chosen for the plan before is not chosen for this one, now and after a reload.
    await newest.click();
    await decider.getByRole('heading', { name: fill(english.decide.title, { n: 2 }) }).waitFor();
    const chosen = decider.locator('input[name=act]:checked');
    expect(await chosen.count()).toBe(0);
    await decider.reload();
    await decider.locator('input[name=act]').first().waitFor();
    expect(await chosen.count()).toBe(0);
  });

  it('of whom one enters what a side wrote of a plan while another is proposed: it is not entered for the other', async () => {
    const id = await staged.at('verified');
    const { page: officer } = await staged.desk.of('qa-officer-1');
    await staged.proposePlan(id, 'road');
    await officer.goto(`${staged.url}/cases/${id}/relay`);
    const act = officer.locator('[name=act]');
    await act.first().waitFor();
    await officer.locator('input[name=act][value=approve]').check();
    await staged.proposePlan(id, 'rail');
    await officer.getByRole('button', { name: fill(english.decide.goToPlan, { n: 2 }) }).click();
    const chosen = officer.locator('input[name=act]:checked');
    await chosen.waitFor({ state: 'detached' });
    await officer.reload();
    await act.first().waitFor();
    expect(await chosen.count()).toBe(0);
  });

  it('of whom one had chosen for a plan: for the next nothing is chosen', async () => {
    const id = await staged.at('verified');
    const { page: decider } = await staged.desk.of('ua-decider');
    await staged.proposePlan(id, 'road');
    await decider.goto(`${staged.url}/cases/${id}/decide`);
    await decider.locator('input[name=act][value=approve]').check();
    await eventually(() =>
      decider.evaluate(`Object.keys(sessionStorage).some((key) => key.includes('${id}'))`),
    );
    await decider.goto(`${staged.url}/cases/${id}`);
    await staged.proposePlan(id, 'rail');
    await decider.goto(`${staged.url}/cases/${id}/decide`);
    await decider.locator('input[name=act]').first().waitFor();
    expect(await decider.locator('input[name=act]:checked').count()).toBe(0);
  });
});

describe('what is typed', () => {
  let staged: StagedRoom;
  beforeAll(async () => {
    staged = await openStagedRoom('console-typed');
  }, 120_000);
  afterAll(() => staged.close());

  it('in the digits of an Arabic keyboard is the same day, in a file as well', async () => {
    const { page: sides } = await staged.desk.of('ua-official-1');
    await sides.goto(`${staged.url}/cases/new`);
    const [days, years] = [sides.locator('.date input[size="3"]'), sides.locator('.date input[size="5"]')];
    await days.first().fill('٧');
    await years.first().fill('٢٠١٦');
    expect([await days.first().inputValue(), await years.first().inputValue()]).toEqual(['07', '2016']);
    const id = await staged.at('agreed');
    const { page } = await staged.desk.of('qa-officer-1');
    await page.goto(`${staged.url}/cases/${id}/do/confirmTravelDocuments`);
    await page.locator('input[name="validUntil.day"]').fill('١٥');
    expect(await page.locator('input[name="validUntil.day"]').inputValue()).toBe('15');
    await page.locator('input[name="validUntil.year"]').fill('۲۰۲۷');
    expect(await page.locator('input[name="validUntil.year"]').inputValue()).toBe('2027');
  });

  it('and is longer than a note may be stays whole, is counted, and is sent when it was shortened', async () => {
    const { case: id } = await staged.recordRoom.open();
    const { page } = await staged.desk.of('ua-official-1');
    await page.goto(`${staged.url}/cases/${id}/do/reportRecipientUnavailable`);
    const note = page.locator('textarea[name=note]');
    const send = page.locator('main form button.act:not([type=button])').last();
    await note.fill('x'.repeat(4100));
    await page.getByText('4100 of 4000').first().waitFor();
    await send.click();
    expect(await page.evaluate(`document.querySelector('textarea[name=note]').validity.customError`)).toBe(
      true,
    );
    expect((await note.inputValue()).length).toBe(4100);
    await page.reload();
    await page.getByText('4100 of 4000').first().waitFor();
    await note.fill('x'.repeat(4000));
    await send.click();
    await page.locator('[role=status] article.paper').waitFor();
  });

  it('as a day that does not exist is said at its field, and can be mended', async () => {
    const id = await staged.at('agreed');
    const { page } = await staged.desk.of('qa-officer-1');
    await page.goto(`${staged.url}/cases/${id}/do/confirmTravelDocuments`);
    await page.locator('main form').waitFor();
    for (const box of await page.locator('input[name=documents]').all()) await box.check();
    await page.locator('input[name="validUntil.day"]').fill('31');
    await page.locator('select[name="validUntil.month"]').selectOption('2');
    await page.locator('input[name="validUntil.year"]').fill('2027');
    await page.locator('main form button.act:not([type=button])').last().click();
    await page.locator('#validUntil-fault').waitFor();
    expect(await page.locator('input[name="validUntil.day"]').inputValue()).toBe('31');
  });

  it('as a name of 200 letters, in either direction, breaks no page at 320 pixels', async () => {
    const long = 'Кудря-'.repeat(33).slice(0, 199);
    const [first] = aDossier.child.names;
    const dossier = {
      ...aDossier,
      child: { ...aDossier.child, names: [{ ...first!, family: long }] },
    };
    const { case: id } = await staged.recordRoom.open({ file: dossier });
    const { page } = await staged.desk.of('qa-officer-1');
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of ['en', 'ar'])
      for (const address of ['/inbox?scope=party', '/cases', `/cases/${id}`, `/cases/${id}/file`]) {
        const to = new URL(address, staged.url);
        to.searchParams.set('lang', language);
        await page.goto(to.href);
        await page.locator('h1').first().waitFor();
        await page.getByText(long.slice(0, 30)).first().waitFor();
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect([language, address, width]).toEqual([language, address, 320]);
      }
  });
});
