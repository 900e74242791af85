/**
 * Brings what happened outside of any case into the cases in which it matters: somebody is away, somebody left or lost a role,
 * an address can't be reached, or can be again. Each is a command of the system, with an id that makes a repeat harmless;
 * what a round leaves over the next one takes.
 */
import type { CommandEnvelope } from '../../src/domain/model/commands';
import type { ActivityDeps } from '../deps';
import type { Heartbeat } from './compare';

/** So that a round ends before the next, whatever a holiday season brings. */
const maxNoted = 500;
/** Beside the commands of people, which must not wait. */
const notedAtOnce = 4;

export interface Noted {
  readonly absences: number;
  readonly substitutions: number;
  readonly refused: number;
}

export async function noteAbsencesAndSuccessors(deps: ActivityDeps, beat: Heartbeat): Promise<Noted> {
  const startedAt = Date.now();
  const absences = (await deps.record.absences.listToNote(maxNoted)).map(
    ({ case: id, ...payload }): CommandEnvelope =>
      envelopeOf(id, `absence:${payload.absence}:${id}`, { type: 'noteAbsence', ...payload }),
  );
  const substitutions = (await deps.record.substitutions.listToNote(maxNoted)).map(
    ({ case: id, mechanismVersion, stays, ...payload }): CommandEnvelope =>
      stays
        ? envelopeOf(id, `relieved:${mechanismVersion}:${payload.official}:${id}`, {
            type: 'noteOfficerRelieved',
            official: payload.official,
          })
        : envelopeOf(id, `substitution:${mechanismVersion}:${payload.official}:${id}`, {
            type: 'noteSubstitution',
            ...payload,
          }),
  );
  const refused = await noteAll(deps, [...absences, ...substitutions], beat);
  const counts = { absences: absences.length, substitutions: substitutions.length, refused };
  await deps.record.operations.noteRound('people', Date.now() - startedAt, counts);
  return counts;
}

/** What a newer version of the mechanism closes or opens concerns cases that run under an earlier one as well. */
export async function noteClosings(deps: ActivityDeps, beat: Heartbeat): Promise<number> {
  const untold = (await deps.record.listClosings(maxNoted)).map(
    ({ case: id, mechanismVersion }): CommandEnvelope =>
      envelopeOf(id, `closings:${mechanismVersion}:${id}`, { type: 'noteClosings', mechanismVersion }),
  );
  return untold.length - (await noteAll(deps, untold, beat));
}

/** Links of before both ends were written; nothing is left to do once all are. */
export async function noteLinks(
  deps: ActivityDeps,
  beat: Heartbeat,
): Promise<{ links: number; refused: number }> {
  const oneEnded = await deps.record.listOneEnded(maxNoted);
  return { links: oneEnded.length, refused: await noteAll(deps, oneEnded, beat) };
}

export const envelopeOf = (
  id: CommandEnvelope['case'],
  commandId: string,
  command: CommandEnvelope['command'],
): CommandEnvelope => ({ id: commandId, case: id, actor: { system: 'upkeep' }, command });

/** Gives the number of those that the record refused: the case moved on, and they no longer matter. */
export async function noteAll(
  { record, logger }: ActivityDeps,
  envelopes: readonly CommandEnvelope[],
  beat: Heartbeat,
): Promise<number> {
  let refused = 0;
  for (let next = 0; next < envelopes.length; next += notedAtOnce) {
    const batch = envelopes.slice(next, next + notedAtOnce);
    await Promise.all(
      batch.map(async (envelope) => {
        const { rejection } = await record.submit(envelope, { knownVersion: 0, route: 'upkeep' });
        if (rejection) {
          refused += 1;
          logger.warn({ case: envelope.case, command: envelope.id, code: rejection.code }, 'not noted');
        }
      }),
    );
    beat(next + batch.length);
  }
  return refused;
}
