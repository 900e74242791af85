/** The file of a child who does not exist: as long as a short real one, so that its checks have something to read. */
import type { Dossier } from '../../src/contracts/dossier/dossier';
import { canonicalHash } from '../../src/contracts/seal';

export const inventedDossier: Dossier = {
  child: {
    names: [
      {
        script: 'cyrillic',
        given: 'Мирна',
        family: 'Прикладна',
        patronymic: 'Вигадівна',
        recordedOn: '2024-01-10',
      },
      {
        script: 'latin',
        given: 'Myrna',
        family: 'Prykladna',
        sourceDocument: 'doc-1',
        recordedOn: '2024-01-10',
      },
    ],
    birthDate: { exact: '2014-05-05' },
    sex: 'female',
    languages: ['uk'],
    whereabouts: {
      known: true,
      place: 'A town that does not exist',
      since: '2023-01-01',
      source: 'invented',
    },
    healthNeeds: [{ need: 'Asthma', support: 'Inhaler' }],
    view: { text: 'I want to go to my aunt.', recordedOn: '2024-01-12', heardBy: 'An interviewer' },
  },
  documents: [
    {
      id: 'doc-1',
      kind: 'birth-certificate',
      holder: 'child',
      number: 'I-AA 000000',
      issuedBy: 'Nobody',
      issuedOn: '2014-05-20',
    },
    { id: 'doc-2', kind: 'court-order', holder: 'recipient-1', issuedBy: 'No court', issuedOn: '2024-01-05' },
    { id: 'doc-3', kind: 'travel-document', holder: 'child', issuedBy: 'Nobody', expiresOn: '2045-01-05' },
    {
      id: 'doc-4',
      kind: 'id-card',
      holder: 'recipient-1',
      issuedBy: 'Nobody',
      sha256: canonicalHash('id-card'),
    },
  ],
  recipients: [
    {
      id: 'recipient-1',
      names: [{ script: 'cyrillic', given: 'Вигадана', family: 'Прикладна', recordedOn: '2024-01-10' }],
      birthDate: { exact: '1980-02-02' },
      kinship: { relation: 'aunt', evidence: ['doc-1'] },
      custody: [{ basis: 'court-order', relation: 'aunt', validFrom: '2024-01-05', evidence: ['doc-2'] }],
    },
  ],
  sourceNote: 'Invented for the benchmark.',
};
