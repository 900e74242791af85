/**
 * What the border file finds wanting: `holds` and `needed` of a finding are days, counted as the advice says.
 * `domain/facts/border.ts` finds it; a crossing’s papers are the mechanism’s.
 */
import { borderCodes } from '../../domain/model/border';
import type { BorderCode } from '../../domain/model/border';

const advice = {
  'border-crossing-closed':
    'The crossing is closed from a day within the plan’s dates on. Plan another way, or an earlier one.',
  'border-paper-late':
    'The paper takes longer to get than the plan has time. Have it issued sooner, or move the window.',
  'border-paper-used':
    'The paper is good for one crossing, and the child has crossed with it. Have another issued.',
  'border-paper-ended': 'The paper ends before the first day of the plan’s window. Have another issued.',
  'border-paper-missing':
    'The crossing asks for a paper of this kind, and the dossier lists none of this traveller.',
  'border-paper-short':
    'The paper ends before the crossing’s last possible day; days count from its issue. Renew it, or shorten the window.',
  'border-paper-undated': 'Nobody knows until when the paper holds. Find out, and list it.',
  'border-window-long':
    'A paper of this kind holds for fewer days than the plan’s window has. Have it issued late, or shorten the window.',
  'border-entry-short':
    'From the crossing on the way takes longer than the paper then holds. Plan fewer days.',
} as const satisfies Record<BorderCode, string>;

const codeOf = <Code extends BorderCode>(code: Code) => ({
  severity: borderCodes[code],
  advice: advice[code],
});
const codes = Object.keys(borderCodes) as BorderCode[];
export const borderCheckCodes = Object.fromEntries(codes.map((code) => [code, codeOf(code)])) as {
  readonly [Code in BorderCode]: ReturnType<typeof codeOf<Code>>;
};
