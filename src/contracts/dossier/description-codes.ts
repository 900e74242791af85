/**
 * What Additional Protocol I, article 78 (3) asks for and a dossier may lack: one code for each field, and one for a
 * photograph that can't be the child's. A case goes on without them; somebody should know that they are missing.
 */
export const descriptionCodes = {
  'photograph-missing': {
    severity: 'info',
    facet: 'identity',
    advice: 'No photograph of the child is named. Who must recognise the child has none to compare with.',
  },
  'photograph-unfit': {
    severity: 'warning',
    facet: 'identity',
    advice: 'The paper named as the photograph is of another kind, or is not the child’s.',
  },
  'place-of-birth-missing': {
    severity: 'info',
    facet: 'identity',
    advice: 'The child’s place of birth is not recorded.',
  },
  'nationality-missing': {
    severity: 'info',
    facet: 'identity',
    advice: 'The child’s nationality is not recorded.',
  },
  'parents-missing': {
    severity: 'info',
    facet: 'identity',
    advice: 'Neither the mother nor the father of the child is named.',
  },
  'features-missing': {
    severity: 'info',
    facet: 'identity',
    advice: 'No distinguishing features of the child are recorded.',
  },
  'blood-group-missing': {
    severity: 'info',
    advice: 'The child’s blood group is not recorded.',
  },
  'present-carer-missing': {
    severity: 'info',
    facet: 'whereabouts',
    advice: 'Who has the child now, and on what ground, is not recorded.',
  },
} as const;
