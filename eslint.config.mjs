/** Lint rules. What a formatter decides is not here; layers are in .dependency-cruiser.cjs. */
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'coverage/',
      '.homeward*/',
      'examples/**/*.js',
      'console/src/api/schema.d.ts',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals (house style).' },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // Numbers in a sentence are no accident.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A leading underscore says “not used here, on purpose”.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      // `type` and `interface` each have their use; a table of literals often reads better as a type.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // `||` on purpose treats the empty string of an unset variable as missing.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
    },
  },
  {
    // What speaks to a person in a terminal.
    files: [
      'src/cli/**',
      'src/stack/**',
      'src/start.ts',
      'src/main.ts',
      'src/api.ts',
      'src/worker.ts',
      'bench/**',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['console/src/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat['recommended-latest']] },
  {
    // A connection that nobody listens to ends the process when it breaks.
    files: ['src/**/*.ts', 'activities/**/*.ts', 'bench/**/*.ts'],
    ignores: ['src/record/postgres/database.ts', 'src/stack/postgres/postgres.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'pg',
              importNames: ['Pool', 'Client'],
              allowTypeImports: true,
              message: 'Use createPool or createConnection of record/postgres/database.',
            },
          ],
        },
      ],
    },
  },
  {
    // Workflow code must give the same answer at every replay.
    files: ['workflows/**/*.ts', 'src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'No environment in rules or workflows.' },
        { name: 'setTimeout', message: 'Use sleep() of @temporalio/workflow.' },
        { name: 'setInterval', message: 'Use one timer for the next due instant.' },
        { name: 'fetch', message: 'Outside effects are activities.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Ids and chances are given to the rules.' },
      ],
    },
  },
  {
    // Rules are given their clock; in a workflow Date is Temporal's own and safe.
    files: ['src/domain/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals (house style).' },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The clock is an argument.',
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'The clock is an argument.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      // Jest's matchers and mocks are typed with any and unbound methods.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // A step that is awaited and fails by throwing reads best as an async arrow.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { ecmaVersion: 2023 },
    rules: { eqeqeq: ['error', 'always'] },
  },
);
