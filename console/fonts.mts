/**
 * The fonts of the console, cut to what a page of ours says, so that a first load in any of the four languages stays
 * below its 200 KB. A rarer letter (a é in a name, a Persian گ) is taken from the whole font, when it first appears.
 * Two weights are all the design has.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);
const weights = [400, 600] as const;
const punctuation = 'U+2010-2015, U+2018-201E, U+2022, U+2026, U+2190-2193, U+2212, U+2713';

interface Font {
  readonly family: 'Plex' | 'Plex Arabic';
  readonly file: `${string}/${string}/files/${string}`;
  /** Written as `unicode-range` of the cut font. */
  readonly daily: string;
  /** What the whole font is fetched for. */
  readonly rare: string;
}
const fonts: readonly Font[] = [
  {
    family: 'Plex',
    file: '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin',
    daily: `U+0020-007E, U+00A0, U+00AB, U+00AD, U+00B7, U+00BB, U+00D7, U+02BC, ${punctuation}`,
    rare: `U+00A1-00AA, U+00AC, U+00AE-00B6, U+00B8-00BA, U+00BC-00D6, U+00D8-00FF, U+0131, U+0152-0153, U+02C6,
      U+02DA, U+02DC, U+20AC, U+2122`,
  },
  {
    family: 'Plex',
    file: '@fontsource/ibm-plex-sans/files/ibm-plex-sans-cyrillic',
    daily: 'U+0401, U+0404, U+0406-0407, U+0410-044F, U+0451, U+0454, U+0456-0457, U+0490-0491, U+2116',
    rare: `U+0301, U+0400, U+0402-0403, U+0405, U+0408-040F, U+0450, U+0452-0453, U+0455, U+0458-045F,
      U+04B0-04B1`,
  },
  {
    family: 'Plex Arabic',
    file: '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic',
    daily: 'U+060C, U+061B, U+061F, U+0621-063A, U+0640-0652, U+0660-066C',
    rare: `U+0600-060B, U+060D-061A, U+061C-061E, U+0620, U+063B-063F, U+0653-065F, U+066D-06FF, U+0750-077F,
      U+08A0-08FF, U+200C-200E, U+FB50-FDFF, U+FE70-FEFC`,
  },
];

/** `import 'homeward:fonts.css'` */
export function fontsCut(): Plugin {
  const folder = join(import.meta.dirname, '../node_modules/.cache/homeward-fonts');
  const sheet = join(folder, 'fonts.css');
  return {
    name: 'fonts-cut',
    async buildStart() {
      mkdirSync(folder, { recursive: true });
      const faces = await Promise.all(
        fonts.flatMap((font) =>
          weights.map(async (weight) => {
            const source = require.resolve(`${font.file}-${weight}-normal.woff2`);
            const whole = readFileSync(source);
            const cut = await subsetFont(whole, lettersOf(font.daily), { targetFormat: 'woff2' });
            const name = basename(source).replace('-normal', '');
            writeFileSync(join(folder, `daily-${name}`), cut);
            writeFileSync(join(folder, name), whole);
            return face(font, weight, name, font.rare) + face(font, weight, `daily-${name}`, font.daily);
          }),
        ),
      );
      writeFileSync(sheet, faces.join(''));
    },
    resolveId: (id) => (id === 'homeward:fonts.css' ? sheet : undefined),
  };
}

const face = ({ family }: Font, weight: number, name: string, range: string) => `@font-face {
  font-family: '${family}';
  src: url('./${name}') format('woff2');
  font-weight: ${weight};
  font-display: swap;
  unicode-range: ${range};
}
`;

function lettersOf(range: string): string {
  return range
    .replaceAll('U+', '')
    .split(/,\s*/)
    .map((part) => {
      const [first = 0, last = first] = part.split('-').map((code) => parseInt(code, 16));
      return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, at) => first + at));
    })
    .join('');
}
