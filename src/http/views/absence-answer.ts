/** Absences as the API answers them, and refusals of one. */
import { isRunning } from '../../contracts/absence';
import type { Absence, AbsenceFault } from '../../contracts/absence';
import type { AbsenceResult } from '../../record/people/absences';
import { Problem } from '../problem';

export const absenceAnswerOf = (absence: Absence) => ({
  ...absence,
  running: isRunning(absence, new Date().toISOString()),
});

export function absenceProblem(fault: Extract<AbsenceResult, { fault: unknown }>['fault']): Problem {
  const { code, field, roles }: { code: Problem['code'] } & Omit<AbsenceFault, 'code'> = fault;
  return new Problem(code, {
    ...(field !== undefined && { field }),
    ...(roles !== undefined && {
      errors: roles.map((role) => ({
        pointer: '/deputy',
        code: 'role-missing' as const,
        facts: { role },
        message: `does not have the role ${role}, which is not lent`,
      })),
    }),
  });
}
