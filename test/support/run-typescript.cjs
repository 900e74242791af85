/**
 * `node -r` this to run our TypeScript sources as they are, for tests that need a process of their own. What it made
 * of a source is kept: a command line started eighty times must not compile the same three hundred files each time.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '../../node_modules/.cache/run-typescript');
const swc = require('@swc/core/package.json').version;

require.extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update([swc, filename, source].join('\0')).digest('hex');
  module._compile(kept(join(folder, `${key}.js`)) ?? made(source, filename, key), filename);
};

function kept(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function made(source, filename, key) {
  const { code } = require('@swc/core').transformSync(source, {
    filename,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  try {
    mkdirSync(folder, { recursive: true });
    const unfinished = join(folder, `${key}.${process.pid}`);
    writeFileSync(unfinished, code);
    renameSync(unfinished, join(folder, `${key}.js`));
  } catch {
    // Some tests run as a user who may not write here.
  }
  return code;
}
