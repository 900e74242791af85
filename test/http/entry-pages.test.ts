import request from 'supertest';
import { createApp } from '../../src/http/app';
import { entryTexts } from '../../src/http/entry-texts';
import { partsWithoutServers } from './support/parts-without-servers';

const app = createApp(partsWithoutServers());
const ask = (path: string, language?: string) =>
  request(app)
    .get(path)
    .set(language === undefined ? {} : { 'accept-language': language });

describe('the pages that mails lead to', () => {
  it.each(['en', 'uk', 'ru', 'ar'] as const)('are whole in %s, in its direction', async (language) => {
    const { direction, caseTitle, inboxTitle } = entryTexts[language];
    for (const [path, title] of [
      ['/cases/7Q2M-4ZK9', caseTitle],
      ['/inbox', inboxTitle],
    ] as const) {
      const page = await ask(path, `${language}-XX,${language};q=0.9,en;q=0.1`).expect(200);
      expect(page.text).toContain(`<html lang="${language}" dir="${direction}">`);
      expect(page.text).toContain(`<h1>${title}</h1>`);
      expect(page.headers['content-language']).toBe(language);
      expect(page.headers.vary).toContain('Accept-Language');
    }
  });

  it('say every sentence in every language', () => {
    const [english, ...others] = Object.values(entryTexts);
    for (const texts of others)
      for (const [key, sentence] of Object.entries(texts))
        if (key !== 'direction')
          expect([key, sentence]).not.toEqual([key, english![key as keyof typeof english]]);
  });

  it('may be had in another language by a link, and are English for whom none fits', async () => {
    expect((await ask('/inbox?lang=ar', 'en')).text).toContain('dir="rtl"');
    expect((await ask('/inbox', 'fr')).text).toContain('<html lang="en"');
    expect((await ask('/inbox?lang=<script>', 'en')).text).not.toContain('<script');
    expect((await ask('/inbox')).text).toContain('href="?lang=uk"');
  });

  it('say how to sign in and which command shows it, and nothing of whether it is there', async () => {
    const [one, other] = [await ask('/cases/7Q2M-4ZK9'), await ask('/cases/AAAA-AAAA')];
    expect(one.text).toContain('homeward show 7Q2M-4ZK9');
    expect(one.text).toContain('sign-in LINK');
    expect(one.text.replaceAll('7Q2M-4ZK9', 'AAAA-AAAA')).toBe(other.text);
    expect((await ask('/inbox')).text).toContain('homeward inbox');
  });

  it('lead to the issuer of an office where officials sign in there', async () => {
    const { localIssuer: _none, ...parts } = partsWithoutServers();
    const elsewhere = createApp({
      ...parts,
      issuer: { url: 'https://id.example/?a=1&b="2"', audience: 'x' },
    });
    const page = await request(elsewhere).get('/inbox').expect(200);
    expect(page.text).toContain('<a href="https://id.example/?a=1&amp;b=&quot;2&quot;">');
    expect(page.text).not.toContain('sign-in LINK');
  });

  it('repeat nothing that is no reference', async () => {
    for (const path of ['/cases/7q2m-4zku', '/cases/%3Cscript%3E', '/cases/7Q2M-4ZK9/x', '/cases']) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('script');
    }
  });

  it('read a reference as it was typed, and show it as it is kept', async () => {
    const answer = await ask('/cases/7q2m4zk9');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('7Q2M-4ZK9');
    expect(answer.text).not.toContain('7q2m4zk9');
  });

  it('run no script and load nothing', async () => {
    const page = await ask('/cases/7Q2M-4ZK9');
    const policy = page.headers['content-security-policy']!;
    expect(policy).toMatch(/^default-src 'none';style-src 'sha256-[^']+';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.text).not.toMatch(/<script|<img|<link|src=|style="/);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
  });
});
