/**
 * What a form costs its sender, by the keystroke-level model (Card, Moran, Newell 1980): 0.28 s a key, 1.2 s to point and
 * click, 0.4 s for a hand to go to the keyboard or back, 1.35 s for each decision. What stood in the form already
 * costs nothing.
 */
import type { Page } from 'playwright-core';

interface Counted {
  readonly clicks: number;
  readonly keys: number;
  /** Fields that were typed into. */
  readonly texts: number;
  readonly questions: number;
}
export interface Effort extends Counted {
  readonly seconds: number;
}

/** In the page: what stands in each control of the form. */
const controls = `[...(document.querySelector('main form')?.elements ?? [])]
  .filter((each) => each.name && each.type !== 'hidden')
  .map((each) => [each.type, each.name + ' ' + (/radio|checkbox/.test(each.type) ? each.value : ''), /radio|checkbox/.test(each.type) ? String(each.checked) : each.value])`;
type Control = readonly [type: string, name: string, value: string];
export const readForm = (page: Page): Promise<Control[]> => page.evaluate<Control[]>(controls);

function difference(before: readonly Control[], after: readonly Control[]): Counted {
  const stood = new Map(before.map(([, name, value]) => [name, value]));
  const changed = after.filter(
    ([, name, value]) => value !== (stood.get(name) ?? (value === 'false' ? 'false' : '')),
  );
  const isText = ([type]: Control): boolean => /^(text|textarea|search)$/.test(type);
  const typed = changed.filter(isText);
  const clicks = changed
    .filter((control) => !isText(control))
    .map(([type]) => (/select|file/.test(type) ? 2 : 1));
  return {
    // Of two radio buttons that changed one was let go by itself.
    clicks:
      clicks.reduce((sum, each) => sum + each, 0) -
      changed.filter(([type, , value]) => type === 'radio' && value === 'false').length,
    keys: typed.reduce((sum, [, , value]) => sum + value.length, 0),
    texts: typed.length,
    questions: changed.filter(([, , value]) => value !== 'false').length,
  };
}

const [key, point, hand, decision] = [0.28, 1.2, 0.4, 1.35];
/** With the click that opens the form, and the one that sends it. */
export async function effortSince(before: readonly Control[], page: Page): Promise<Effort> {
  const { clicks, keys, texts, questions } = difference(before, await readForm(page));
  const all = clicks + 2;
  const hands = texts > 0 ? 2 : 0;
  const seconds = all * point + keys * key + hands * hand + (questions + 2) * decision;
  return { clicks: all, keys, texts, questions, seconds: Math.round(seconds) };
}
