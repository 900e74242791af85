/**
 * Builds the console into dist/console: hashed files under assets/, and beside them what has a fixed address
 * (index.html, sign-in.css, sw.js). Whatever compresses lies there as .br and .gz, too; `src/http/console.ts` serves it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { fontsCut } from './fonts.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const outDir = join(root, '../dist/console');
/** A service worker's address must stay the same, as must that of a sheet which pages of the API name. */
const fixedNames = new Set(['sw', 'sign-in']);
const serviceWorker = join(root, 'src/road/sw.ts');

export default defineConfig({
  root,
  build: {
    outDir,
    emptyOutDir: true,
    target: 'baseline-widely-available',
    // The policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Directives of libraries for frameworks that render on a server; there is none here.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
      input: {
        index: join(root, 'index.html'),
        'sign-in': join(root, 'src/design/sign-in.css'),
        ...(existsSync(serviceWorker) && { sw: serviceWorker }),
      },
      output: {
        entryFileNames: ({ name }) => (fixedNames.has(name) ? `${name}.js` : 'assets/[name]-[hash].js'),
        assetFileNames: ({ names: [name = ''] }) =>
          fixedNames.has(name.replace(/\.css$/, '')) ? '[name][extname]' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  plugins: [fontsCut(), compressed()],
});

/** Once here, so that no request waits for it. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    writeBundle({ dir }) {
      for (const entry of readdirSync(dir ?? outDir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(html|js|css|svg|json|webmanifest)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const content = readFileSync(file);
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
