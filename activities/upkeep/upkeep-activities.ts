/**
 * Keeps record and processes together, whatever was terminated, reset or missed. The record says what must run;
 * everything here finds its own work, is bounded, and is safe to repeat.
 */
import { Context } from '@temporalio/activity';
import type { ActivityDeps } from '../deps';
import type { NotificationActivities } from '../notifications/flush-outbox';
import { noteAddresses } from './addresses';
import type { AddressesNoted } from './addresses';
import { checkRecord } from './check-record';
import type { RecordChecked } from './check-record';
import { noteComingOfAge } from './coming-of-age';
import { noteAbsencesAndSuccessors, noteClosings, noteLinks } from './note-in-cases';
import type { Noted } from './note-in-cases';
import { reconcile } from './reconcile';
import type { Reconciliation } from './reconcile';
import { lookForStuck } from './stuck';
import type { StuckLook } from './stuck';

export type { Reconciliation } from './reconcile';
export interface UpkeepActivities extends NotificationActivities {
  /** Starts what should run, tells what has not heard, sends again what was not answered, notes who comes of age and what closes. */
  reconcile(): Promise<Reconciliation & { cameOfAge: number; closings: number }>;
  /** Notes cases whose workflow tasks fail, and rebuilds each once. */
  lookForStuck(): Promise<StuckLook>;
  /** Notes in cases who is away or has left, as far as it matters there. */
  noteOfficials(): Promise<Noted>;
  /** Tells cases of links that only their other end knows of. */
  noteLinks(): Promise<{ links: number; refused: number }>;
  /** Raises addresses that can't be reached, in one case each, and clears those that were mended. */
  noteAddresses(): Promise<AddressesNoted>;
  /** Looks whether what is stored is what was recorded, so many cases a round that each has its turn within a day. */
  checkRecord(): Promise<RecordChecked>;
  /** Removes what nobody took up and nobody will look at, and adds up what is counted. */
  tidyUp(): Promise<{ upkeepRuns: number; stagedDossiers: number }>;
}

/** Revisions laid ready hold personal data; whoever still wants theirs sends it again. */
const stagedKeptMs = 86_400_000;
/** The upkeep's own finished runs; a case's history stays for its full time. */
const upkeepRunsKeptMs = 86_400_000;
const restartsKeptMs = 365 * 86_400_000;

export function createUpkeepActivities(
  deps: ActivityDeps,
): Omit<UpkeepActivities, keyof NotificationActivities> {
  return {
    async reconcile() {
      const counts = await reconcile(deps, beat);
      const cameOfAge = await noteComingOfAge(deps, beat);
      // Before that every child who came of age; a look left over waits for a crash or an upgrade only.
      await deps.record.likelyDuplicates.lookAtRest();
      return { ...counts, cameOfAge, closings: await noteClosings(deps, beat) };
    },
    lookForStuck: () => lookForStuck(deps, beat),
    noteOfficials: () => noteAbsencesAndSuccessors(deps, beat),
    checkRecord: () => checkRecord(deps, beat),
    noteLinks: () => noteLinks(deps, beat),
    noteAddresses: () => noteAddresses(deps, beat),
    async tidyUp() {
      const [upkeepRuns, stagedDossiers] = await Promise.all([
        deps.processes.forgetUpkeepRuns(upkeepRunsKeptMs),
        deps.record.forgetStagedDossiers(stagedKeptMs),
        deps.record.operations.forgetRestarts(restartsKeptMs),
        deps.record.addUpTallies(),
      ]);
      return { upkeepRuns, stagedDossiers };
    },
  };
}

/** Ends a round whose worker is to stop; the next round finds what is left. */
function beat(done: number): void {
  const { cancellationSignal, heartbeat } = Context.current();
  cancellationSignal.throwIfAborted();
  heartbeat(done);
}
