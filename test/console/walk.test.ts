/** One child comes home by pages alone, every official in a window of their own, in four languages. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadTheEleven } from '../../src/examples/the-eleven';
import { createOfficials } from '../../src/simulation/officials';
import type { Officials } from '../../src/simulation/officials';
import { playReturn } from '../../src/simulation/play-return';
import { openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';
import { createDesk, openBrowser } from './support/browser';
import type { Desk, Language } from './support/browser';
import { sendByPage, shownPaper } from './support/by-page';
import { effortSince, readForm } from './support/effort';
import type { Effort } from './support/effort';

const languages: Readonly<Record<string, Language>> = { qa: 'ar', ua: 'uk', ru: 'ru' };
const languageOf = (official: string): Language => languages[official.slice(0, 2)] ?? 'en';

/** For the filmstrip in docs: `HOMEWARD_PICTURES=folder npx jest test/console/walk`. Not compared: fonts differ. */
const folder = process.env.HOMEWARD_PICTURES;
let taken = 0;
async function picture(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  taken += 1;
  await page.screenshot({
    path: join(folder, `${String(taken).padStart(3, '0')}-${name}.png`),
    fullPage: true,
  });
}

/** The escort has a telephone. */
const telephone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** What each form of the way cost, for the table in docs/console.md: printed when pictures are taken. */
const efforts = new Map<string, Effort>();

describe('by pages alone', () => {
  let room: ApiRoom;
  let browser: Browser;
  let desk: Desk;
  beforeAll(async () => {
    room = await openApiRoom('console-walk', { mechanism: 'fast' });
    browser = await openBrowser();
    desk = createDesk(browser, room.api, languageOf);
  });
  afterAll(async () => {
    await desk.close();
    await browser.close();
    await room.close();
  });

  const windowOf = (id: string) => desk.of(id, id.startsWith('es-escort') ? telephone : {});

  /** Looks over HTTP and acts by pages. */
  function officialsByPages(): Officials {
    const officials = createOfficials(room.process.mechanism, {
      apiUrl: () => room.api.url,
      issueSignInLink: room.api.issueSignInLink,
    });
    const official = (id: string) => {
      const client = officials.official(id);
      client.command = async (of, command) => {
        const { page } = await windowOf(id);
        let before: Awaited<ReturnType<typeof readForm>> = [];
        await sendByPage(page, room.api.url, of, command, {
          opened: async () => {
            before = await readForm(page);
          },
          filled: async () => {
            efforts.set(command.type, await effortSince(before, page));
            await picture(page, `${id}-${command.type}`);
          },
        });
        await picture(page, `${id}-${command.type}-sent`);
        return undefined as never;
      };
      return client;
    };
    return { ...officials, official, keeperOf: (id) => official(officials.keeperOf(id).id) };
  }

  it('one child comes home', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const [file] = loadTheEleven(today).filter(({ story }) => story === 'met-at-embassy');
    if (!file) throw new Error('no child who could be brought home alone');
    const { whereaboutsKnown: _said, ...facts } = file.opening;
    const sha256 = createHash('sha256').update(shownPaper).digest('hex');
    const dossier = {
      ...file.dossier,
      documents: file.dossier.documents.map((paper) =>
        paper.holder === 'child' ? paper : { ...paper, sha256 },
      ),
    };
    const id = await room.open({ ...facts, siblings: [], dossier });
    const officer = (await windowOf('qa-officer-1')).page;
    await officer.goto(`${room.api.url}/inbox`);
    await officer.locator('.task').first().waitFor();
    await picture(officer, 'inbox');
    const steps: string[] = [];
    const ending = await playReturn({ case: id, story: 'plain' }, officialsByPages(), {
      onLook: (_case, stage, step) => step && steps.push(`${stage} ${step}`),
      onRefused: (_case, step, refusal) => steps.push(`${step} refused: ${refusal.message}`),
    });
    expect({ ending, steps: 'outcome' in ending ? [] : steps }).toEqual({
      ending: { outcome: 'reunited' },
      steps: [],
    });
    for (const [name, address] of [
      ['case', `/cases/${id}`] as const,
      ['story', `/cases/${id}/timeline`] as const,
    ]) {
      await officer.goto(room.api.url + address);
      await officer.locator('h1').waitFor();
      await picture(officer, name);
    }
    if (folder !== undefined) console.table(Object.fromEntries(efforts));
    for (const official of ['qa-officer-1', 'ua-decider', 'ru-decider', 'es-escort-1'])
      expect([official, (await desk.of(official)).complaints]).toEqual([official, []]);
  }, 600_000);
});
