/** Does by pages what a command says: opens the form from the case, fills in what a person would, and sends it. */
import type { Locator, Page } from 'playwright-core';
import type { EdgeCommand } from '../../../src/contracts/commands';

/** What a person at the door or at the desk shows: its fingerprint is the one that the dossier knows. */
export const shownPaper = Buffer.from('the paper that was shown');

export interface Looks {
  readonly opened?: () => Promise<void>;
  readonly filled?: () => Promise<void>;
}

/** The address of the receipt is the form’s own: it stands in its place. */
/** `opened`: called before anything is filled in; `filled`: before it is sent. */
export async function sendByPage(
  page: Page,
  url: string,
  id: string,
  command: EdgeCommand,
  looks: Looks = {},
): Promise<void> {
  try {
    await send(page, url, id, command, looks);
  } catch (error) {
    const shown = await page.locator('body').innerText();
    throw new Error(`${JSON.stringify(command)} at ${page.url()}: ${String(error)}\n${shown.slice(0, 1500)}`);
  }
}
async function send(
  page: Page,
  url: string,
  id: string,
  command: EdgeCommand,
  looks: Looks = {},
): Promise<void> {
  const subject = subjectOf(command);
  await page.goto(`${url}${addressOf(id, command.type, subject)}`);
  if (isOfTheRoad(command)) return tapOnTheRoad(page, command);
  const form = page.locator('main form');
  await form.first().waitFor();
  await looks.opened?.();
  for (const [name, value] of Object.entries(answersOf(command))) await fill(form, name, value);
  const suffix = form.locator('input[name="suffix"]');
  if ((await suffix.count()) > 0) await suffix.first().fill(id.slice(-4));
  await looks.filled?.();
  const button = form.locator('button.act:not([type="button"])').last();
  const receipt = page.locator('[role=status] article.paper');
  const refused = page.locator('main [role=alert]');
  // With days as seconds reminders move a case while it is read: what is new is shown, and sending again means it was read.
  for (let tries = 1; ; tries += 1) {
    const answered = page.waitForResponse(
      (response) => response.url().endsWith('/commands') && response.request().method() === 'POST',
    );
    await button.click();
    const answer = await answered;
    if (answer.ok()) return receipt.waitFor();
    await refused.waitFor();
    const isStale = (await answer.text()).includes('"stale-version"');
    if (!isStale || tries === 5) throw new Error(`${command.type} was refused: ${await refused.innerText()}`);
  }
}

const pages: Readonly<Partial<Record<EdgeCommand['type'], string>>> = {
  ...{ proposePlan: 'plan', approvePlan: 'decide', objectToPlan: 'decide', planLegs: 'legs', depart: 'go' },
  ...{ relayDecision: 'relay', confirmRelay: 'relay' },
  ...{ checkRecipientIdentity: 'handover', confirmHandover: 'handover' },
};
/** Command → which button of the road it is. */
const onTheRoad = { takeIntoCare: 0, checkIn: 0, completeLeg: 1, arrive: 1 } as const;
function addressOf(id: string, type: EdgeCommand['type'], subject: string | undefined): string {
  if (type in onTheRoad) return '/road';
  const page = pages[type];
  return page ? `/cases/${id}/${page}` : `/cases/${id}/do/${type}${subject ? `?for=${subject}` : ''}`;
}

const subjectOf = (command: EdgeCommand): string | undefined => {
  if ('facet' in command) return command.facet;
  if (command.type === 'reportVisit') return `visit-${command.visit}`;
  if ('proposal' in command) return command.proposal;
  return undefined;
};

type Answer = string | boolean | readonly string[] | Buffer;
/** A command as a person answers it: by the names of the inputs. */
function answersOf(command: EdgeCommand): Record<string, Answer> {
  switch (command.type) {
    case 'proposePlan': {
      const { window, site, companions, recipient, carePasses, ...rest } = command.terms;
      const { where, ...ways } = carePasses ?? {};
      return {
        // The ways are asked for once it is said where.
        ...{ ...rest, ...(where && { carePasses: where }), ...ways },
        recipient: recipient ?? 'nobody',
        from: window.from,
        to: window.to,
        site: site ?? 'none',
        companions,
      };
    }
    case 'approvePlan':
      return { act: 'approve' };
    case 'planLegs':
      return Object.fromEntries(
        command.legs.flatMap(({ from, to, departAt, arriveAt }, index) => [
          [`leg-${index}.from`, from],
          [`leg-${index}.to`, to],
          [`leg-${index}.departAt`, departAt],
          [`leg-${index}.arriveAt`, arriveAt],
        ]),
      );
    case 'checkRecipientIdentity':
      return { matches: command.matches, documentHash: shownPaper };
    default: {
      const { type: _type, ...rest } = command as { type: string } & Record<string, Answer | number>;
      return Object.fromEntries(
        Object.entries(rest).filter((entry): entry is [string, Answer] => typeof entry[1] !== 'number'),
      );
    }
  }
}

const isDay = (value: Answer): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
const isInstant = (value: Answer): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

async function fill(form: Locator, name: string, value: Answer): Promise<void> {
  const input = (rest = ''): Locator => form.locator(`[name="${name}${rest}"]`);
  if (Buffer.isBuffer(value)) {
    await form
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'paper.pdf', mimeType: 'application/pdf', buffer: value });
    await form.locator('input[type=hidden]:not([value=""])').first().waitFor({ state: 'attached' });
    return;
  }
  if (isDay(value) || isInstant(value)) {
    const at = new Date(value);
    const [year, month, day] = isDay(value)
      ? value.split('-').map(Number)
      : [at.getFullYear(), at.getMonth() + 1, at.getDate()];
    // A leg that is not there yet is added as a person would.
    if ((await input('.day').count()) === 0) await form.locator('button[type=button].act').first().click();
    await input('.day').fill(String(day));
    await input('.month').selectOption(String(month));
    await input('.year').fill(String(year));
    if (isInstant(value))
      await input('.time').fill(
        `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`,
      );
    return;
  }
  if (Array.isArray(value)) {
    // Times of day are written in one line.
    if (name === 'times') return input().fill(value.join(' '));
    for (const box of await input().all())
      await box.setChecked(value.includes((await box.getAttribute('value')) ?? ''));
    return;
  }
  if (/^leg-\d+\.(from|to)$/.test(name) && (await input().count()) === 0)
    await form.locator('button[type=button].act').first().click();
  const first = input().first();
  // Asked of nobody: it follows from the case.
  if ((await first.count()) === 0) return;
  const kind = await first.evaluate((input) => {
    const { tagName, type } = input as unknown as { readonly tagName: string; readonly type: string };
    return `${tagName} ${type}`;
  });
  if (kind === 'INPUT radio') await form.locator(`[name="${name}"][value="${String(value)}"]`).check();
  else if (kind.startsWith('SELECT')) await first.selectOption(String(value));
  else if (kind !== 'INPUT hidden') await first.fill(String(value));
}

type OfTheRoad = Extract<EdgeCommand, { type: keyof typeof onTheRoad }>;
const isOfTheRoad = (command: EdgeCommand): command is OfTheRoad => command.type in onTheRoad;

/** One thumb: the first button says that the child is there, then that all is well; the second that a place is reached. */
async function tapOnTheRoad(page: Page, command: OfTheRoad): Promise<void> {
  const buttons = page.locator('.road .buttons button');
  await buttons.first().waitFor();
  const sent = page.waitForResponse((response) => response.url().endsWith('/commands'));
  await buttons.nth(onTheRoad[command.type]).click();
  const answer = await sent;
  if (!answer.ok()) throw new Error(`${command.type} was refused: ${await answer.text()}`);
}
