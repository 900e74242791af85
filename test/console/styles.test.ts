/**
 * The console's style sheets: one sheet serves both directions of writing, one file knows the colours, and every
 * text can be read on every ground it stands on (WCAG 2.2, 1.4.3 and 1.4.11), in both schemes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../console/src/design');
/** Without comments and texts; lines stay where they are. */
const bare = (css: string): string =>
  css.replaceAll(/\/\*[\s\S]*?\*\/|'[^'\n]*'|"[^"\n]*"/g, (found) => found.replaceAll(/[^\n]/g, ' '));
const sheets = readdirSync(folder)
  .filter((file) => file.endsWith('.css'))
  .map((file) => ({ file, css: bare(readFileSync(join(folder, file), 'utf8')) }));

interface Declaration {
  readonly line: number;
  readonly property: string;
  readonly value: string;
}
/** Every `property: value`, also within a media query; a selector such as `a:hover {` is none. */
const declarationsOf = (css: string): Declaration[] =>
  [...css.matchAll(/(?<=[{;]\s*)([\w-]+)\s*:([^;{}]*)(?=[;}])/g)].map(
    ({ index, 1: property = '', 2: value = '' }) => ({
      line: css.slice(0, index).split('\n').length,
      property,
      value: value.trim().replaceAll(/\s+/g, ' '),
    }),
  );
const say = (file: string, { line, property, value }: Declaration): string =>
  `${file}:${line} ${property}: ${value}`;
const found = (files: typeof sheets, isWrong: (declaration: Declaration) => boolean): string[] =>
  files.flatMap(({ file, css }) =>
    declarationsOf(css)
      .filter(isWrong)
      .map((each) => say(file, each)),
  );

const side = /(^|-)(left|right|top|bottom)(-|$)/;
/** Sizes have logical names too. The width of a screen is asked in a media query, which is no declaration. */
const physicalSize = /^(min-|max-)?(width|height)$/;
const takesSide = new Set([
  'text-align',
  'float',
  'clear',
  'caption-side',
  'resize',
  'justify-content',
  'justify-self',
]);
/** `1px 2px 3px 4px` names right before left; with equal sides it says nothing of them. */
const namesFourSides = /^(margin|padding|inset|border-(width|color|style|radius)|scroll-(margin|padding))$/;
const partsOf = (value: string): string[] =>
  value.match(/(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+/g) ?? [];
const isLopsided = ({ property, value }: Declaration): boolean => {
  const [, right, , left] = partsOf(value);
  return namesFourSides.test(property) && left !== undefined && left !== right;
};
/** Drawn, and then turned: a tick is the same tick in every script. */
const tick = 'border-width: 0 2px 2px 0';
const isPhysical = (declaration: Declaration): boolean =>
  side.test(declaration.property) ||
  physicalSize.test(declaration.property) ||
  (takesSide.has(declaration.property) && /\b(left|right)\b/.test(declaration.value)) ||
  isLopsided(declaration);

const notation = /#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|light-dark)\(/i;
/** CSS Color 4, 6.1: names that are nobody's class or keyword here; `grey` and its kin by their ending. */
const named =
  /\b(\w*(white|black|red|green|blue|yellow|orange|purple|pink|brown|gr[ae]y|cyan|magenta|violet|gold|salmon|khaki|orchid|coral|turquoise|lavender)|aqua|azure|beige|bisque|chocolate|crimson|fuchsia|gainsboro|indigo|ivory|lime|linen|maroon|navy|olive|peru|plum|sienna|silver|snow|tan|teal|thistle|tomato|wheat)\b/i;
const isColoured = ({ property, value }: Declaration): boolean => {
  const own = value.replaceAll(/var\([^)]*\)/g, '');
  return notation.test(own) || (!property.startsWith('grid') && named.test(own));
};

/** Set by a page on one element: how long a bar is. */
const pages = join(folder, '..');
const fromPages = readdirSync(pages, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  .flatMap((file) =>
    [...readFileSync(join(pages, file), 'utf8').matchAll(/'(--[\w-]+)':/g)].map(([, name]) => name),
  );

describe('the style sheets', () => {
  it('are read: every sheet has declarations', () => {
    expect(sheets.map(({ file }) => file)).toEqual(['console.css', 'sign-in.css', 'tokens.css']);
    for (const { css } of sheets) expect(declarationsOf(css).length).toBeGreaterThan(20);
  });

  it('name no side of the screen', () => {
    expect(found(sheets, isPhysical)).toEqual([expect.stringContaining(tick)]);
  });

  it('know no colour outside the tokens', () => {
    expect(
      found(
        sheets.filter(({ file }) => file !== 'tokens.css'),
        isColoured,
      ),
    ).toEqual([]);
  });

  it('use only tokens that there are', () => {
    const own = new Set([
      ...sheets.flatMap(({ css }) => declarationsOf(css).map(({ property }) => property)),
      ...fromPages,
    ]);
    const used = sheets.flatMap(({ file, css }) =>
      [...css.matchAll(/var\((--[\w-]+)/g)].map(([, token = '']) => ({ file, token })),
    );
    expect(used.filter(({ token }) => !own.has(token))).toEqual([]);
  });

  it.each(
    Object.entries({
      'margin-left: 1px': isPhysical,
      'border-top-left-radius: 1px': isPhysical,
      'inset: 0 auto 0 1px': isPhysical,
      'text-align: right': isPhysical,
      'max-width: 4rem': isPhysical,
      'color: #fff': isColoured,
      'box-shadow: 0 0 1px rgb(0 0 0 / 10%)': isColoured,
      'background: darkslategray': isColoured,
    }),
  )('would be found wanting for %s', (declaration, isWrong) => {
    const all = declarationsOf(`a { ${declaration}; }`);
    expect(all.filter(isWrong)).toHaveLength(1);
  });
});

type Scheme = 'light' | 'dark';
type Pair = readonly [front: string, ground: string, least: number];
const states = ['safety', 'late', 'stalled', 'done', 'accent'];
const pairs: readonly Pair[] = [
  ...['ink', 'ink-2', ...states].flatMap((text) =>
    ['page', 'sheet', 'sunk'].map((ground): Pair => [text, ground, 4.5]),
  ),
  ...states.flatMap((state) => [state, 'ink', 'ink-2'].map((text): Pair => [text, `${state}-soft`, 4.5])),
  ['accent-ink', 'accent', 4.5],
  ['safety-ink', 'safety', 4.5],
  ['edge', 'page', 3],
  ['edge', 'sheet', 3],
];
type Tokens = ReadonlyMap<string, Readonly<Record<Scheme, string>>>;
const tokensIn = (css: string): Tokens =>
  new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(
      ([, name = '', light = '', dark = '']) => [name, { light, dark }],
    ),
  );
/** WCAG 2.2, “relative luminance”. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
const css = sheets.find(({ file }) => file === 'tokens.css')!.css;
const [usual = '', more = ''] = css.split('@media (prefers-contrast: more)');
const tokens = tokensIn(usual);

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe.each([
  ['as usual', tokens],
  ['where more contrast is asked for', new Map([...tokens, ...tokensIn(more)])],
])('contrast %s', (_, set) => {
  it.each(pairs)('%s on %s is %d : 1 or more', (front, ground, least) => {
    for (const scheme of ['light', 'dark'] as const)
      expect(contrast(set.get(front)![scheme], set.get(ground)![scheme])).toBeGreaterThanOrEqual(least);
  });
});
