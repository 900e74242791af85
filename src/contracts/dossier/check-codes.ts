/**
 * What the automated checks of a dossier may report: stable codes, how grave, and what a person is asked to look
 * at. Nothing here decides; `blocking` means that a careful official would not confirm the facet as things stand.
 * docs/verification-checks.md is this table for reading.
 */
import type { CheckFinding } from '../../domain/model/commands';
import type { Facet } from '../../domain/model/verification';
import { borderCheckCodes } from './border-codes';
import { descriptionCodes } from './description-codes';

export interface CheckCode {
  readonly severity: CheckFinding['severity'];
  /** The facet it speaks to; none for what concerns the file as a whole. */
  readonly facet?: Facet;
  /** What a person should look at, free of personal data. */
  readonly advice: string;
}

export const checkCodes = {
  'recipient-unlisted': {
    severity: 'blocking',
    facet: 'kinship',
    advice: 'This version of the dossier does not list the recipient. Revise it, or nominate another.',
  },
  'recipient-unavailable': {
    severity: 'blocking',
    facet: 'willingness',
    advice: 'The dossier says the recipient is not available. Ask them, or nominate an alternate.',
  },

  'alternate-unverified': {
    severity: 'warning',
    advice:
      'The plan names this person in the recipient’s place, and not everything is found of them. Verify them like the first.',
  },

  'document-expired': {
    severity: 'warning',
    advice: 'The document is past its last day, and no other of its kind replaces it.',
  },
  'document-expires-in-window': {
    severity: 'warning',
    advice: 'The document ends before the last day of the plan’s window. Have it renewed.',
  },
  'document-issued-before-birth': {
    severity: 'blocking',
    facet: 'identity',
    advice:
      'The document is older than its holder. One of the two dates is wrong, or it is another person’s.',
  },
  'document-number-shared': {
    severity: 'warning',
    facet: 'identity',
    advice: 'Two documents of one kind bear the same number. One is listed twice or miscopied.',
  },

  'mrz-unreadable': {
    severity: 'warning',
    facet: 'identity',
    advice: 'The lines fit no known machine-readable zone. Copy them again, every < included.',
  },
  'mrz-layout-unknown': {
    severity: 'info',
    facet: 'identity',
    advice:
      'The machine-readable zone is of a layout not known here. Nothing in it was compared: do so by eye.',
  },
  'mrz-misread': {
    severity: 'warning',
    facet: 'identity',
    advice:
      'A check digit fails, but reading 0 for O, 1 for I or the like would mend it. Compare the original.',
  },
  'mrz-check-digit': {
    severity: 'blocking',
    facet: 'identity',
    advice:
      'A check digit fails and no usual misreading explains it: a typing error, or an altered document.',
  },
  'mrz-field-invalid': {
    severity: 'warning',
    facet: 'identity',
    advice: 'A field of the machine-readable zone holds what it can’t, e.g. a thirteenth month.',
  },
  'mrz-number-differs': {
    severity: 'warning',
    facet: 'identity',
    advice: 'The number in the machine-readable zone is not the number listed.',
  },
  'mrz-birth-date-differs': {
    severity: 'blocking',
    facet: 'identity',
    advice: 'The birth date in the machine-readable zone is not the holder’s in the dossier.',
  },
  'mrz-expiry-differs': {
    severity: 'warning',
    facet: 'identity',
    advice: 'The last day in the machine-readable zone is not the one listed.',
  },
  'mrz-sex-differs': {
    severity: 'warning',
    facet: 'identity',
    advice: 'The sex in the machine-readable zone is not the child’s in the dossier.',
  },
  'mrz-name-differs': {
    severity: 'warning',
    facet: 'identity',
    advice: 'No Latin form of the name in the dossier is the one in the machine-readable zone.',
  },

  'name-one-script': {
    severity: 'info',
    facet: 'identity',
    advice: 'The child’s name is written in one script only. Lists of the other side may not find it.',
  },
  'name-mixed-script': {
    severity: 'warning',
    facet: 'identity',
    advice:
      'A word of a name mixes letters of two scripts that look alike. Mark the form as in error, add it rightly.',
  },
  'name-wrong-script': {
    severity: 'warning',
    facet: 'identity',
    advice:
      'A name is listed under a script it is not written in. Mark the form as in error, add it rightly.',
  },
  'name-garbled': {
    severity: 'warning',
    facet: 'identity',
    advice: 'A name was garbled by a wrong encoding. Mark the form as in error, add it rightly.',
  },
  'name-single': {
    severity: 'info',
    facet: 'identity',
    advice: 'A name has one part only. If the person has another, add a form with both.',
  },
  'name-without-document': {
    severity: 'info',
    facet: 'identity',
    advice: 'No written form of the child’s name was copied from a document.',
  },

  'birth-date-estimated': {
    severity: 'info',
    facet: 'identity',
    advice: 'The child’s birth date is an estimate. Look for a birth certificate or a register entry.',
  },
  ...descriptionCodes,
  'child-of-age': {
    severity: 'warning',
    facet: 'custody',
    advice: 'By its birth date the child is 18 or older: own consent takes the guardian’s place.',
  },
  'child-of-age-in-window': {
    severity: 'warning',
    facet: 'custody',
    advice: 'The child turns 18 before the last day of the plan’s window. Ask for own consent in time.',
  },
  'recipient-minor': {
    severity: 'blocking',
    facet: 'custody',
    advice: 'By their birth date the recipient is younger than 18.',
  },
  'recipient-birth-date-missing': {
    severity: 'info',
    facet: 'kinship',
    advice: 'Without the recipient’s birth date their age can’t be weighed against the relation.',
  },
  'parent-too-young': {
    severity: 'blocking',
    facet: 'kinship',
    advice: 'The recipient would have been younger than 12 at the birth of their own child.',
  },
  'mother-too-old': {
    severity: 'warning',
    facet: 'kinship',
    advice: 'The recipient would have been older than 55 at the birth of her own child.',
  },
  'grandparent-too-young': {
    severity: 'warning',
    facet: 'kinship',
    advice: 'The recipient is less than 24 years older than their grandchild.',
  },

  'kinship-unevidenced': {
    severity: 'blocking',
    facet: 'kinship',
    advice: 'No document is named for the relation.',
  },
  'kinship-evidence-unfit': {
    severity: 'warning',
    facet: 'kinship',
    advice: 'None of the documents named is of a kind that shows this relation.',
  },
  'kinship-chain-short': {
    severity: 'info',
    facet: 'kinship',
    advice: 'A relation through the parents takes two birth certificates: the child’s and the relative’s.',
  },

  'custody-missing': {
    severity: 'blocking',
    facet: 'custody',
    advice: 'The dossier names no custody basis for the recipient.',
  },
  'custody-unevidenced': {
    severity: 'blocking',
    facet: 'custody',
    advice: 'No document is named for the custody basis.',
  },
  'custody-evidence-unfit': {
    severity: 'warning',
    facet: 'custody',
    advice: 'None of the documents named is of the kind that this custody basis rests on.',
  },
  'custody-of-another': {
    severity: 'blocking',
    facet: 'custody',
    advice: 'The paper of the custody basis is held by another recipient.',
  },
  'custody-relation-differs': {
    severity: 'warning',
    facet: 'custody',
    advice: 'The custody paper names another relation than the dossier does.',
  },
  'custody-right-not-parental': {
    severity: 'blocking',
    facet: 'custody',
    advice: 'A parental right is claimed by somebody who is not listed as mother, father or adoptive parent.',
  },
  'custody-not-yet-valid': {
    severity: 'warning',
    facet: 'custody',
    advice: 'No custody basis is valid yet on the first day it is needed.',
  },
  'custody-expired': {
    severity: 'blocking',
    facet: 'custody',
    advice: 'Every custody basis, or the paper it rests on, is past its last day. Have it renewed.',
  },
  'custody-expires-in-window': {
    severity: 'blocking',
    facet: 'custody',
    advice: 'The custody basis, or the paper it rests on, ends before the last day of the plan’s window.',
  },

  'whereabouts-unknown': {
    severity: 'warning',
    facet: 'whereabouts',
    advice: 'There is a plan, but the dossier still says the whereabouts are not known.',
  },
  'whereabouts-before-birth': {
    severity: 'warning',
    facet: 'whereabouts',
    advice: 'The child is said to be there since before its birth.',
  },
  'childs-view-missing': {
    severity: 'info',
    facet: 'childs-view',
    advice: 'Nothing is recorded of what the child says, who is old enough to be asked.',
  },
  'childs-view-old': {
    severity: 'info',
    facet: 'childs-view',
    advice: 'The child was last heard more than 180 days ago.',
  },
  ...borderCheckCodes,
  'example-data': {
    severity: 'info',
    advice: 'Parts of this dossier are marked as invented or assumed. It is no real child’s.',
  },
} as const satisfies Record<string, CheckCode>;
export type CheckCodeName = keyof typeof checkCodes;
