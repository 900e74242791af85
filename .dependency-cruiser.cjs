/** Who may import whom: docs/architecture.md as rules that a build can check. */

/** From `from` only to `allowed` within our own code; packages and Node are ruled separately. */
const onlyTo = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|workflows|activities|bench|console|test)/', pathNot: allowed },
});

/** The rooms of a folder: each may use itself, those named beside it, and the files that stand in no room. */
const roomsOf = (folder, rooms) =>
  Object.entries(rooms).map(([room, others]) => ({
    name: `${folder}/${room}`,
    comment: `${room} → ${others.join(', ') || 'nothing'} of ${folder}`,
    severity: 'error',
    from: { path: `^${folder}/${room}/` },
    to: { path: `^${folder}/`, pathNot: `^${folder}/((${[room, ...others].join('|')})/|[^/]+$)` },
  }));

const type = ['type-only', 'type-import'];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or need a third. Types count as well.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment:
        'An import that leads nowhere fails at run time. homeward: is made by the build (console/fonts.mts).',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^homeward:' },
    },
    {
      name: 'no-dev-packages-in-production',
      comment: 'The image holds no devDependencies. Types vanish when compiled.',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: type, pathNot: '/node_modules/@types/' },
    },
    {
      name: 'domain-imports-nothing',
      comment: 'The rules are pure: no other layer, no package, no Node.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    ...roomsOf('src/domain', {
      calendar: [],
      model: ['calendar'],
      readers: ['model'],
      facts: ['calendar', 'model', 'readers'],
      evolve: ['calendar', 'model', 'readers', 'facts'],
      // The second kind of stream: its departure asks each child's own case.
      group: ['calendar', 'model', 'readers', 'facts', 'obligations', 'decide'],
      obligations: ['calendar', 'model', 'readers', 'facts'],
      decide: ['calendar', 'model', 'readers', 'facts', 'evolve', 'obligations'],
    }),
    onlyTo('contracts', '^src/contracts/', '^src/(contracts|domain)/', 'contracts → domain'),
    ...roomsOf('src/contracts', { dossier: [], mechanism: ['dossier'], http: ['dossier', 'mechanism'] }),
    onlyTo('examples', '^src/examples/', '^src/(examples|domain|contracts)/', 'examples → domain, contracts'),
    onlyTo('record', '^src/record/', '^src/(record|domain|contracts)/', 'record → domain, contracts'),
    ...roomsOf('src/record', {
      postgres: [],
      store: ['postgres'],
      people: ['postgres', 'store'],
      upkeep: ['postgres', 'store'],
      letters: ['postgres', 'store'],
      projections: ['postgres', 'store', 'upkeep'],
      commands: ['postgres', 'store', 'people', 'upkeep', 'projections'],
      reads: ['postgres', 'store', 'letters', 'projections'],
      migrations: ['postgres', 'store', 'projections'],
    }),
    onlyTo('words', '^src/words/', '^src/(words|domain|contracts)/', 'words → domain, contracts'),
    {
      name: 'words-types-only',
      comment: 'The browser loads words: nothing of the server comes with them.',
      severity: 'error',
      from: { path: '^src/words/' },
      to: { pathNot: '^src/words/', dependencyTypesNot: type },
    },
    onlyTo(
      'notify',
      '^src/notify/',
      '^src/(notify|words|domain|contracts)/',
      'notify → words, domain, contracts',
    ),
    ...roomsOf('src/notify', { routing: [], compose: ['routing'], send: ['routing', 'compose'] }),
    onlyTo('auth', '^src/auth/', '^src/(auth|domain|contracts)/', 'auth → domain, contracts'),
    onlyTo(
      'telemetry',
      '^src/telemetry/',
      '^src/(telemetry|domain|contracts|record)/',
      'telemetry → domain, contracts, record: it counts and tells, and decides nothing',
    ),
    onlyTo('stack', '^src/stack/', '^src/stack/', 'The stack knows nothing of cases.'),
    ...roomsOf('src/stack', { process: [], postgres: ['process'], temporal: ['process'] }),
    {
      name: 'workflows-types-only',
      comment: 'workflows → activities, contracts and record by `import type` only.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^(activities/|src/(contracts|record)/)', dependencyTypesNot: type },
    },
    onlyTo(
      'workflows',
      '^workflows/',
      '^(workflows/|activities/|src/(domain|contracts|record)/)',
      'workflows → domain; types of activities and contracts',
    ),
    {
      name: 'workflows-no-node-no-zod',
      comment: 'Zod costs 550 KB for each cached workflow, and Node is not there.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { dependencyTypes: ['core'], dependencyTypesNot: type },
    },
    {
      name: 'workflows-packages',
      comment: 'Only what Temporal makes deterministic may enter a workflow.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        path: 'node_modules/',
        pathNot: 'node_modules/@temporalio/(workflow|common)/',
        dependencyTypesNot: type,
      },
    },
    onlyTo(
      'activities',
      '^activities/',
      '^(activities/|src/(record|notify|domain|contracts|temporal)/)',
      'activities → record, notify, domain; never workflows',
    ),
    onlyTo(
      'http',
      '^src/http/',
      '^(src/(http|domain|contracts|auth|record|temporal|telemetry)/|workflows/.*(messages|definitions)[^/]*$)',
      "http → domain, contracts, auth, record and the workflows' message definitions",
    ),
    ...roomsOf('src/http', {
      session: [],
      views: [],
      middleware: ['session', 'routes'],
      commands: ['middleware'],
      stream: ['middleware', 'views'],
      pages: ['middleware', 'session'],
      routes: ['commands', 'session', 'stream', 'views'],
    }),
    onlyTo(
      'temporal',
      '^src/temporal/',
      '^(src/(temporal|domain|contracts|record|notify|telemetry)/|workflows/|activities/)',
      'temporal assembles workers and connections; it knows nothing of HTTP, sign-in or configuration',
    ),
    onlyTo(
      'console',
      '^console/',
      '^(console/|src/(domain|words|contracts)/)',
      'console → domain, words; types of contracts. All else it hears from the API, as any client.',
    ),
    {
      name: 'console-contracts-types-only',
      comment: 'Zod and the schemas of commands are 28 KB that no page needs: the API judges.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^src/contracts/', dependencyTypesNot: type },
    },
    {
      name: 'console-no-node',
      comment: 'It runs in a browser.',
      severity: 'error',
      from: { path: '^console/src/' },
      to: { dependencyTypes: ['core'], dependencyTypesNot: type },
    },
    {
      name: 'configuration-at-the-entrances',
      comment: 'Only api.ts, worker.ts, main.ts and cli/ read configuration; all else is handed values.',
      severity: 'error',
      from: {
        pathNot: '^(src/((simulation/)?main|api|worker|config[^/]*)\\.ts|src/(cli|simulation)/|bench/|test/)',
      },
      to: { path: '^src/config[^/]*\\.ts$', dependencyTypesNot: type },
    },
    {
      name: 'nobody-imports-an-entrance',
      comment: 'Entrances join parts; only main joins entrances.',
      severity: 'error',
      from: { pathNot: '^(src/(main|api|worker)\\.ts|src/(cli|simulation)/|bench/|test/)' },
      to: { path: '^src/(main|api|worker)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
