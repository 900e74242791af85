/**
 * The escort’s telephone where there is no connection: the page opens, what is tapped waits, nothing of it can be read
 * on the device, and it goes out in order under the times at which it was tapped.
 */
import type { BrowserContext, Page } from 'playwright-core';
import type { CaseId } from '../../src/domain/model/ids';
import { arabic } from '../../console/src/words/arabic';
import { english } from '../../console/src/words/english';
import { groupsOf } from '../record/support/group-room';
import { eventually } from '../workflows/support/process-room';
import { kept } from './support/kept';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

describe('the road without a connection', () => {
  let staged: StagedRoom;
  let id: CaseId;
  let page: Page;
  let context: BrowserContext;
  let cutAt = 0;
  const buttons = () => page.locator('.road .buttons button');
  const unsent = () => page.locator('section[aria-labelledby=unsent] li');
  const eventsOf = async (type: string) =>
    (await staged.recordRoom.record.catchUp(id, 0)).events.filter(({ event }) => event.type === type);

  beforeAll(async () => {
    staged = await openStagedRoom('console-road');
    id = await staged.at('departed');
    ({ page } = await staged.desk.of('es-escort-1', { viewport: { width: 390, height: 844 } }));
    context = page.context();
  }, 120_000);
  afterAll(() => staged.close());

  it('opens on the first screen, with three buttons for a thumb', async () => {
    await page.goto(`${staged.url}/road`);
    await buttons().nth(2).waitFor();
    expect(await buttons().count()).toBe(3);
    for (const button of await buttons().all()) {
      const box = (await button.boundingBox())!;
      expect(box.height).toBeGreaterThanOrEqual(72);
      expect(box.y + box.height).toBeLessThanOrEqual(844);
    }
  });

  it('opens again where nobody answers', async () => {
    // The worker is there once the page was: nothing is asked of the reader before the connection goes.
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await eventually(
      async () => (await page.evaluate('navigator.serviceWorker.controller !== null')) === true,
    );
    await eventually(async () => (await kept(page)).caches.length > 3);
    await context.setOffline(true);
    cutAt = Date.now();
    await page.reload();
    await buttons().nth(2).waitFor();
    expect(await page.locator('h1').innerText()).toMatch(/Moscow.*Kyiv/);
  });

  it('keeps what is tapped, also over another reload, and says that it is not sent', async () => {
    await buttons().nth(0).click();
    await unsent().first().waitFor();
    await buttons().nth(1).click();
    await unsent().nth(1).waitFor();
    await page.reload();
    await unsent().nth(1).waitFor();
    expect(await page.locator('.road .message').innerText()).not.toBe('');
    expect(await eventsOf('CheckedIn')).toEqual([]);
  });

  it('leaves nothing on the device that can be read', async () => {
    const on = await kept(page);
    expect(on.readable).not.toMatch(/Kyrylo|Hadanyi|Кирило|checkIn|completeLeg|leg-1/);
    expect(on.readable).not.toContain(id);
    for (const address of on.caches) expect(address).toMatch(/\/(road|assets\/[\w.-]+)$/);
  });

  it('sends it in order and with its own times when somebody answers', async () => {
    await new Promise((done) => setTimeout(done, 2000));
    const backAt = Date.now();
    await context.setOffline(false);
    const [signs, legs] = await eventually(async () => {
      const [checkedIn, completed] = [await eventsOf('CheckedIn'), await eventsOf('LegCompleted')];
      return completed.length > 0 ? [checkedIn, completed] : undefined;
    }, 30_000);
    expect([signs.length, legs.length]).toEqual([1, 1]);
    const [sign, leg] = [signs[0]!, legs[0]!];
    expect(sign.version).toBeLessThan(leg.version);
    for (const { event } of [sign, leg]) {
      const { happenedAt } = event as { readonly happenedAt?: string };
      const at = Date.parse(happenedAt ?? '');
      expect([at >= cutAt - 1000, at < backAt - 1000]).toEqual([true, true]);
    }
    await unsent().first().waitFor({ state: 'detached' });
  });

  it('goes to a safe place at two taps, says when it is there, and is still heard of while it waits', async () => {
    const { road } = english;
    const waiting = await staged.at('departed');
    const named = (text: string) => page.locator('.road .buttons button', { hasText: text });
    await page.reload();
    await buttons().nth(3).waitFor();
    // Two children in two cars: of the second.
    await page.locator('.road .buttons').nth(1).getByText(road.wrong).click();
    await named(road.toSafety).first().click();
    const happened = async (type: string) =>
      (await staged.recordRoom.record.catchUp(waiting, 0)).events.some(({ event }) => event.type === type);
    await eventually(async () => (await happened('Diverted')) || undefined);
    await page.reload();
    const group = page.locator('.road .buttons', { hasText: road.resume });
    await group.getByText(road.reached).click();
    await eventually(async () => (await happened('SafePointReached')) || undefined);
    await page.reload();
    await group.getByText(road.well).click();
    await eventually(async () => (await happened('CheckedIn')) || undefined);
    await staged.recordRoom.act('qa-duty', waiting, { type: 'resumeJourney' });
    await staged.recordRoom.act('es-escort-1', waiting, { type: 'arrive' });
  });

  it('shows what was refused meanwhile, and goes on past it', async () => {
    await page.reload();
    await buttons().nth(1).waitFor();
    await context.setOffline(true);
    // The last button but one says now that everybody has arrived; the dispatcher says so first.
    await buttons().nth(1).click();
    await unsent().first().waitFor();
    await buttons().nth(0).click();
    await unsent().nth(1).waitFor();
    await staged.recordRoom.act('es-escort-1', id, { type: 'arrive' });
    await context.setOffline(false);
    await page
      .locator('section[aria-labelledby=unsent] .state[data-is=safety]')
      .first()
      .waitFor({ timeout: 30_000 });
    expect(await unsent().first().innerText()).not.toContain('undefined');
    const dismiss = unsent().first().locator('button');
    await dismiss.click();
  });

  it('asks first whether the child is with them, and goes on from there without a connection too', async () => {
    const fetched = await staged.at('may-leave');
    await page.reload();
    const groups = page.locator('.road .buttons');
    await groups.getByText(english.commands.takeIntoCare.act).waitFor();
    const asking = (await groups.allInnerTexts()).findIndex((text) =>
      text.includes(english.commands.takeIntoCare.act),
    );
    const group = groups.nth(asking);
    const take = group.getByText(english.commands.takeIntoCare.act);
    expect(await group.locator('button').count()).toBe(2);
    await context.setOffline(true);
    await take.click();
    // It is said; from here on it is the road.
    await group.getByText(english.road.well).click();
    await unsent().nth(1).waitFor();
    await page.reload();
    await group.getByText(english.road.well).waitFor();
    await context.setOffline(false);
    const types = await eventually(async () => {
      const { events } = await staged.recordRoom.record.catchUp(fetched, 0);
      const told = events.map(({ event }) => event.type);
      return told.includes('CheckedIn') ? told : undefined;
    }, 30_000);
    expect(types.indexOf('CareTaken')).toBeLessThan(types.indexOf('CheckedIn'));
    expect(types.filter((type) => type === 'CareTaken')).toHaveLength(1);
  });

  it('forgets everything at sign-out', async () => {
    await page.goto(`${staged.url}/you`);
    await page.locator('section[aria-labelledby=session] .row button').first().click();
    // Asked once more where something has not been sent.
    await page
      .waitForURL(/session\/start/, { timeout: 3000 })
      .catch(() => page.locator('section[aria-labelledby=session] > .row button').first().click());
    await page.waitForURL(/session\/start/);
    const on = await kept(page);
    expect([on.caches, on.stores, on.session]).toEqual([[], [], {}]);
    expect(Object.keys(on.local)).toEqual(['homeward.language']);
  });
});

describe('the door at the end of the road', () => {
  let staged: StagedRoom;
  beforeAll(async () => {
    staged = await openStagedRoom('console-door');
  }, 120_000);
  afterAll(() => staged.close());

  it('is reached without a connection, and says what is owed there once somebody hears it', async () => {
    const id = await staged.at('departed');
    const { page } = await staged.desk.of('es-escort-1', { viewport: { width: 390, height: 844 } });
    const context = page.context();
    const button = (text: string) => page.locator('.road .buttons button', { hasText: text });
    const door = page.locator('[data-door]');
    await page.goto(`${staged.url}/road`);
    await button(english.road.reached).waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await context.setOffline(true);
    await button(english.road.reached).click();
    await button(english.road.arrived).click();
    await door.waitFor();
    expect(await door.innerText()).toContain(english.road.goesOut);
    expect(await button(english.road.arrived).count()).toBe(0);
    expect(await button(english.road.wrong).count()).toBe(1);

    await context.setOffline(false);
    await door.locator('a').waitFor({ timeout: 30_000 });
    expect(await door.locator('li').count()).toBe(4);
    expect(await door.innerText()).not.toContain(english.road.goesOut);
    expect(await button(english.road.arrived).count()).toBe(0);
    await door.locator(`a[href="/cases/${id}/handover"]`).waitFor();
    const { events } = await staged.recordRoom.record.catchUp(id, 0);
    const types = events.map(({ event }) => event.type);
    expect(types.indexOf('LegCompleted')).toBeGreaterThan(0);
    expect(types.indexOf('LegCompleted')).toBeLessThan(types.indexOf('ArrivedAtHandover'));
    expect(types.filter((type) => type === 'ArrivedAtHandover')).toHaveLength(1);
  }, 120_000);
});

describe('trouble on the road', () => {
  let staged: StagedRoom;
  let page: Page;
  let members: CaseId[];
  const { road, values } = english;
  const button = (text: string) => page.locator('.road .buttons button', { hasText: text });
  const haveIn = async (type: string): Promise<number[]> =>
    Promise.all(
      members.map(async (id) => {
        const { events } = await staged.recordRoom.record.catchUp(id, 0);
        return events.filter(({ event }) => event.type === type).length;
      }),
    );
  const wrong = async (text: string) => {
    await button(road.wrong).first().click();
    await button(text).click();
  };
  const inboxOf = async (official: string) => {
    const answer = await staged.room.as(official).get('/v1/inbox', { limit: '100' }).expect(200);
    const { items } = answer.body as {
      items: { case: CaseId; kind: string; subject?: string; about?: { incident?: string } }[];
    };
    return items.filter((item) => item.kind === 'answer-incident');
  };

  beforeAll(async () => {
    staged = await openStagedRoom('console-trouble');
    const groups = groupsOf(staged.recordRoom);
    members = [await staged.at('ready'), await staged.at('ready'), await staged.at('ready')];
    const group = await groups.at('go', members);
    const hour = (of: number) => `${String(of).padStart(2, '0')}:00`;
    await staged.room.as('em-clinician').does(members[2]!, {
      ...{ type: 'setTreatment', kind: 'medicine', note: 'Two spoons' },
      times: Array.from({ length: 24 }, (_, of) => hour(of)),
    });
    await groups.depart(group);
    for (const id of members) {
      await staged.recordRoom.act('em-host', id, { type: 'giveIntoCare' });
      await staged.recordRoom.act('es-escort-1', id, { type: 'takeIntoCare' });
    }
    ({ page } = await staged.desk.of('es-escort-1', { viewport: { width: 390, height: 844 } }));
    await page.goto(`${staged.url}/road`);
    await button(road.wrong).first().waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  }, 120_000);
  afterAll(() => staged.close());

  it('of one child in a bus of three is one emergency, said without a connection, and none of the other two', async () => {
    await page.context().setOffline(true);
    await wrong(values.incident.health);
    await page.getByText(road.whom).waitFor();
    const send = button(values.incident.health);
    // Nobody is chosen, and nothing is sent.
    await send.click({ force: true });
    expect(await page.locator('section[aria-labelledby=unsent] li').count()).toBe(0);
    for (const id of members) expect((await button(id).boundingBox())!.height).toBeGreaterThanOrEqual(72);
    await button(members[0]!).click();
    await button(members[1]!).click();
    // Not that one.
    await button(members[0]!).click();
    expect(await page.locator('.road [aria-pressed=true]').count()).toBe(1);
    await send.click();
    await page.locator('section[aria-labelledby=unsent] li').waitFor();
    expect(await page.locator('section[aria-labelledby=unsent] li').count()).toBe(1);
    await page.context().setOffline(false);
    await eventually(async () => (await haveIn('MedicalEmergencyReported'))[1] === 1 || undefined, 30_000);
    expect(await haveIn('MedicalEmergencyReported')).toEqual([0, 1, 0]);
    expect(await haveIn('JourneyPaused')).toEqual([0, 1, 0]);
  }, 120_000);

  it('that endangers all of them is each child’s, and waits for the duty officer, who answers it', async () => {
    await wrong(values.incident.security);
    await eventually(
      async () => (await haveIn('IncidentReported')).every((n) => n === 1) || undefined,
      30_000,
    );
    const waiting = await inboxOf('qa-duty');
    expect(waiting.map((item) => item.case).sort()).toEqual([...members].sort());
    for (const { about, subject } of waiting)
      expect([about, subject]).toEqual([{ incident: 'security' }, 'security-1']);
    const { page: duty } = await staged.desk.of('qa-duty');
    await duty.goto(`${staged.url}/inbox`);
    await duty.getByText(values.incident.security).first().waitFor();
    await duty.goto(`${staged.url}/cases/${members[0]!}/do/answerIncident`);
    await duty.locator('textarea').fill('The police are on their way.');
    await duty.locator('main form button.act:not([type=button])').click();
    await eventually(async () => (await haveIn('IncidentAnswered'))[0] === 1 || undefined, 30_000);
    expect((await inboxOf('qa-duty')).map((item) => item.case).sort()).toEqual(members.slice(1).sort());
  }, 120_000);

  it('or not, what a child is to get is there to be said, without a connection too', async () => {
    const dose = page.locator('section[aria-labelledby=doses] > div').first();
    expect(await dose.innerText()).toContain('Two spoons');
    await page.context().setOffline(true);
    await dose.getByText(values.doseOutcome.given, { exact: true }).click();
    await page.locator('section[aria-labelledby=unsent] li').waitFor();
    // The next one is not due yet: it can be read, and nothing said of it.
    expect(await dose.locator('button').count()).toBe(0);
    await page.context().setOffline(false);
    await eventually(async () => (await haveIn('DoseRecorded'))[2] === 1 || undefined, 30_000);
    expect(await haveIn('DoseRecorded')).toEqual([0, 0, 1]);
  }, 120_000);

  it('with the papers of one child is of that child, in the reader’s own language', async () => {
    await page.addInitScript("localStorage.setItem('homeward.language', 'ar')");
    await page.reload();
    await button(arabic.road.wrong).first().click();
    await button(arabic.values.incident['lost-documents']).click();
    await page.getByText(arabic.road.whom).waitFor();
    expect(await page.evaluate('getComputedStyle(document.querySelector(".road")).direction')).toBe('rtl');
    await button(members[2]!).click();
    await button(arabic.values.incident['lost-documents']).click();
    await eventually(async () => (await haveIn('IncidentReported'))[2] === 2 || undefined, 30_000);
    expect(await haveIn('IncidentReported')).toEqual([1, 1, 2]);
  }, 120_000);
});

describe('the road on a telephone whose clock is wrong', () => {
  let staged: StagedRoom;
  beforeAll(async () => {
    staged = await openStagedRoom('console-clock');
  }, 120_000);
  afterAll(() => staged.close());

  it('dates what happens by the record’s clock, and says so', async () => {
    const id = await staged.at('departed');
    const { page } = await staged.desk.of('es-escort-1', { viewport: { width: 390, height: 844 } });
    await page.clock.setSystemTime(Date.now() + 3_600_000);
    await page.goto(`${staged.url}/road`);
    await page.getByText(english.shell.clockWrong).waitFor();
    await page.locator('.road .buttons button').first().click();
    const sign = await eventually(async () => {
      const { events } = await staged.recordRoom.record.catchUp(id, 0);
      return events.find(({ event }) => event.type === 'CheckedIn');
    }, 30_000);
    const { happenedAt } = sign.event as { readonly happenedAt?: string };
    expect(Math.abs(Date.parse(happenedAt ?? sign.at) - Date.now())).toBeLessThan(60_000);
  });
});
