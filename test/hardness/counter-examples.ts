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
};
