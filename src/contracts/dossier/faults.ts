/**
 * What must hold between the fields of a dossier: references meet something, nothing lies in the future that
 * can't, nothing ends before it starts. Doubtful but possible facts are no faults: the verification checks
 * report those, as suggestions to people.
 */
import type { LocalDate } from '../../domain/calendar/time';
import type { BirthDate, Dossier, WrittenName } from './dossier';
import type { FieldErrorCode } from '../field-errors';
import { isFiller, standingNames } from './name-faults';

type Path = (string | number)[];
export interface DossierFault {
  readonly path: Path;
  readonly message: string;
  readonly code: FieldErrorCode;
}

/** Every fault of an otherwise well-formed dossier as of `today`. */
export function findDossierFaults(dossier: Dossier, today: LocalDate): DossierFault[] {
  return [
    ...identifierFaults(dossier),
    ...referenceFaults(dossier),
    ...dateFaults(dossier, today),
    ...whereaboutsFaults(dossier),
    ...kinshipFaults(dossier),
    ...markFaults(dossier),
    ...nameFaults(dossier),
  ];
}

function identifierFaults({ documents, recipients }: Dossier): DossierFault[] {
  const repeated = (list: 'documents' | 'recipients', ids: string[]): DossierFault[] =>
    ids.flatMap((id, at): DossierFault[] =>
      ids.indexOf(id) === at
        ? []
        : [{ path: [list, at, 'id'], code: 'duplicate-id', message: `${id} is listed twice` }],
    );
  return [
    ...repeated(
      'documents',
      documents.map(({ id }) => id),
    ),
    ...repeated(
      'recipients',
      recipients.map(({ id }) => id),
    ),
  ];
}

function referenceFaults(dossier: Dossier): DossierFault[] {
  const documents = new Set(dossier.documents.map(({ id }) => id));
  const holders = new Set(['child', ...dossier.recipients.map(({ id }) => id)]);
  const unlisted = (path: Path, refs: readonly string[] = []): DossierFault[] =>
    refs.flatMap((ref, at): DossierFault[] =>
      documents.has(ref)
        ? []
        : [{ path: [...path, at], code: 'unknown-document', message: `${ref} is not among the documents` }],
    );
  const unlistedOne = (path: Path, ref: string | undefined): DossierFault[] =>
    ref === undefined || documents.has(ref)
      ? []
      : [{ path, code: 'unknown-document', message: `${ref} is not among the documents` }];
  const sources = (path: Path, names: readonly WrittenName[]): DossierFault[] =>
    names.flatMap(({ sourceDocument }, at) => unlistedOne([...path, at, 'sourceDocument'], sourceDocument));
  return [
    ...childNames(dossier).flatMap(({ path, names }) => sources(path, names)),
    ...unlistedOne(['child', 'photograph'], dossier.child.photograph),
    ...dossier.child.healthNeeds.flatMap((need, at) =>
      unlisted(['child', 'healthNeeds', at, 'evidence'], need.evidence),
    ),
    ...dossier.documents.flatMap(({ holder }, at): DossierFault[] =>
      holders.has(holder)
        ? []
        : [
            {
              path: ['documents', at, 'holder'],
              code: 'unknown-recipient',
              message: `${holder} is not among the recipients`,
            },
          ],
    ),
    ...dossier.recipients.flatMap((recipient, at) => [
      ...sources(['recipients', at, 'names'], recipient.names),
      ...unlisted(['recipients', at, 'kinship', 'evidence'], recipient.kinship.evidence),
      ...recipient.custody.flatMap((basis, nth) =>
        unlisted(['recipients', at, 'custody', nth, 'evidence'], basis.evidence),
      ),
    ]),
  ];
}

function dateFaults(dossier: Dossier, today: LocalDate): DossierFault[] {
  const faults: DossierFault[] = [];
  const notFuture = (path: Path, date: LocalDate | undefined): void => {
    if (date !== undefined && date > today)
      faults.push({ path, code: 'date-future', message: 'must not lie in the future' });
  };
  const ordered = (path: Path, from: LocalDate | undefined, to: LocalDate | undefined): void => {
    if (from !== undefined && to !== undefined && to < from)
      faults.push({ path, code: 'date-before-start', message: 'must not lie before its start' });
  };
  const born = (path: Path, birth: BirthDate): void => {
    if ('exact' in birth) {
      notFuture([...path, 'exact'], birth.exact);
    } else {
      notFuture([...path, 'estimated', 'to'], birth.estimated.to);
      ordered([...path, 'estimated', 'to'], birth.estimated.from, birth.estimated.to);
    }
  };
  const recorded = (path: Path, names: readonly WrittenName[]): void =>
    names.forEach((name, at) => {
      notFuture([...path, at, 'recordedOn'], name.recordedOn);
      notFuture([...path, at, 'recordedInError', 'on'], name.recordedInError?.on);
    });

  const { child } = dossier;
  childNames(dossier).forEach(({ path, names }) => recorded(path, names));
  born(['child', 'birthDate'], child.birthDate);
  notFuture(['child', 'whereabouts', 'since'], child.whereabouts.since);
  notFuture(['child', 'presentCarer', 'since'], child.presentCarer?.since);
  notFuture(['child', 'view', 'recordedOn'], child.view?.recordedOn);
  dossier.documents.forEach((document, at) => {
    notFuture(['documents', at, 'issuedOn'], document.issuedOn);
    ordered(['documents', at, 'expiresOn'], document.issuedOn, document.expiresOn);
  });
  dossier.recipients.forEach((recipient, at) => {
    const path: Path = ['recipients', at];
    recorded([...path, 'names'], recipient.names);
    if (recipient.birthDate) born([...path, 'birthDate'], recipient.birthDate);
    notFuture([...path, 'unavailable', 'since'], recipient.unavailable?.since);
    recipient.custody.forEach(({ validFrom, validUntil }, nth) =>
      ordered([...path, 'custody', nth, 'validUntil'], validFrom, validUntil),
    );
  });
  return faults;
}

function nameFaults(dossier: Dossier): DossierFault[] {
  const of = (path: Path, names: readonly WrittenName[]): DossierFault[] => [
    ...(names.length > 0 && standingNames(names).length === 0
      ? [
          {
            path,
            code: 'all-names-in-error' as const,
            message: 'must hold a form that is not recorded in error',
          },
        ]
      : []),
    ...names.flatMap(({ given, family, recordedInError }, at): DossierFault[] => {
      if (given === undefined && family === undefined)
        return [{ path: [...path, at], code: 'name-missing', message: 'must have a given or a family name' }];
      if (recordedInError !== undefined) return [];
      return Object.entries({ given, family }).flatMap(([part, text = '']): DossierFault[] =>
        isFiller(text)
          ? [
              {
                path: [...path, at, part],
                code: 'name-is-filler',
                message: 'is no name: leave it out where there is, or is known, only one',
              },
            ]
          : [],
      );
    }),
  ];
  return [
    ...childNames(dossier).flatMap(({ path, names }) => of(path, names)),
    ...dossier.recipients.flatMap(({ names }, at) => of(['recipients', at, 'names'], names)),
  ];
}

/** The child's own names and its parents'. */
const childNames = ({
  child: { names, parents },
}: Dossier): { path: Path; names: readonly WrittenName[] }[] => [
  { path: ['child', 'names'], names },
  ...(['mother', 'father'] as const).flatMap((parent) => {
    const theirs = parents?.[parent]?.names;
    return theirs ? [{ path: ['child', 'parents', parent, 'names'], names: theirs }] : [];
  }),
];

const kinshipFaults = ({ recipients }: Dossier): DossierFault[] =>
  recipients.flatMap(({ kinship: { relation, words } }, at): DossierFault[] =>
    words === undefined || relation === 'other'
      ? []
      : [
          {
            path: ['recipients', at, 'kinship', 'words'],
            code: 'words-without-other',
            message: 'may be given only where the relation is other',
          },
        ],
  );

const whereaboutsFaults = ({ child: { whereabouts } }: Dossier): DossierFault[] =>
  whereabouts.known && whereabouts.place === undefined
    ? [
        {
          path: ['child', 'whereabouts', 'place'],
          code: 'place-missing',
          message: 'must be given when the whereabouts are known',
        },
      ]
    : [];

const markFaults = (dossier: Dossier): DossierFault[] =>
  (['invented', 'assumed'] as const).flatMap((list) =>
    (dossier[list] ?? []).flatMap((mark, at): DossierFault[] =>
      isField(dossier, mark.split('.'))
        ? []
        : [{ path: [list, at], code: 'unknown-mark', message: `${mark} is not a field of this dossier` }],
    ),
  );

/** Whether a path leads somewhere; entries of a list are named by their id. */
function isField(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined;
  if (Array.isArray(value))
    return isField(
      value.find((entry) => (entry as { id?: string }).id === step),
      rest,
    );
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? isField((value as Record<string, unknown>)[step], rest)
    : false;
}
