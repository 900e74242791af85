/** What a first page costs, by language: code and fonts as they are sent, compressed. The budget is the issue’s. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createDesk } from './support/browser';
import type { Language } from './support/browser';
import { settle } from './support/places';
import { openStagedRoom } from './support/staged-room';
import type { StagedRoom } from './support/staged-room';

const kB = 1000;
const assets = join(__dirname, '../../dist/console');
const bytesOf = (path: string): number =>
  [`${path}.gz`, path]
    .map((each) => join(assets, each))
    .filter(existsSync)
    .map((each) => statSync(each).size)[0] ?? 0;

describe('a first page', () => {
  let staged: StagedRoom;
  beforeAll(async () => {
    staged = await openStagedRoom('console-first-load');
    await staged.recordRoom.open();
  }, 120_000);
  afterAll(() => staged.close());

  it.each<Language>(['en', 'uk', 'ru', 'ar'])('in %s', async (language) => {
    const desk = createDesk(staged.browser, staged.room.api, () => language);
    const { page } = await desk.of('qa-officer-1');
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).pathname));
    await page.goto(`${staged.url}/inbox?scope=party`);
    await page.reload();
    await page.locator('.task').first().waitFor();
    await settle(page);
    await desk.close();
    const sizeOf = (kinds: RegExp) =>
      [...asked].filter((path) => kinds.test(path)).reduce((sum, path) => sum + bytesOf(path), 0) / kB;
    const [code, fonts] = [sizeOf(/\.(js|css)$/), sizeOf(/\.woff2$/)];
    if (process.env.HOMEWARD_SIZES) console.log(language, code.toFixed(1), (code + fonts).toFixed(1));
    expect(code).toBeGreaterThan(50);
    expect(fonts).toBeGreaterThan(20);
    expect(code).toBeLessThanOrEqual(140);
    expect(code + fonts).toBeLessThanOrEqual(200);
  });
});
