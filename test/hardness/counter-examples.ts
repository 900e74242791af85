/** Scripts that once broke a never-rule, shrunk; each stays mended. Those here are of rules broken on purpose. */
import type { Script } from './group-script';

export const counterExamples: Readonly<Record<string, Script>> = {
  'a sibling was linked to one who had been refused': {
    from: 4,
    acts: [
      ['group', 'southDecider', 'refuseMember', 599180091],
      ['link', 0, 2],
      ['group', 'lead', 'departGroup', 64788906],
    ],
  },
  'a term was disputed after everything was confirmed, and go said all the same': {
    from: 4,
    acts: [
      ['group', 'southDecider', 'disputeTerms', 771645059],
      ['group', 'southDecider', 'sayGo', 541183507],
      ['group', 'lead', 'departGroup', 546078353],
    ],
  },
  'one escort set out with four, one of whom needs an escort of its own': {
    from: 4,
    acts: [
      ['child', 'dispatcher', 0, 'confirmCrew', 677748275],
      ['child', 'clinician', 0, 'clearMedically', 1033957931],
      ['group', 'lead', 'departGroup', 225650512],
    ],
  },
};
