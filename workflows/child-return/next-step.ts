/** One thing at a time: commands sent by hand first, then what the record has taken, then time. */
import { log } from '@temporalio/workflow';
import type { CaseProcess } from './case-process';
import type { WaitingCommand } from './case-state';
import { faultOf, record } from './record';

/** Waits for the next thing to happen in the case, and does it. */
export async function takeNextStep(caseProcess: CaseProcess): Promise<void> {
  const due = caseProcess.clock.dueAt();
  const isDue = due !== undefined && due <= Date.now();
  if (!isDue) {
    if (due !== undefined) caseProcess.alarm.wakeBy(due);
    await caseProcess.untilWork();
  }
  caseProcess.clearWakeups();
  const command = caseProcess.waiting[0];
  if (command) await bringToRecord(caseProcess, command);
  else if (caseProcess.setAside.length > 0) await writeDownSetAside(caseProcess);
  else if (caseProcess.nudged) await catchUp(caseProcess);
  else if (isDue) await caseProcess.clock.observe();
}

/** The command stays first in line until its outcome is known, so that a new run would bring it again. */
export async function bringToRecord(caseProcess: CaseProcess, command: WaitingCommand): Promise<void> {
  const { envelope } = command;
  const knownVersion = caseProcess.case.version;
  const summary = 'party' in envelope.actor ? `${envelope.command.type} by ${envelope.actor.party}` : '';
  try {
    const result = await record.submitCommand.executeWithOptions({ summary }, [{ envelope, knownVersion }]);
    caseProcess.follow(result);
    caseProcess.succeeded('record');
    command.outcome = { result };
  } catch (error) {
    const fault = faultOf(error);
    caseProcess.failed('record', 'submitCommand', fault);
    log.error('Command not recorded', { command: envelope.id, fault });
    command.outcome = { fault };
  }
  caseProcess.waiting.shift();
}

async function writeDownSetAside(caseProcess: CaseProcess): Promise<void> {
  const reasons = caseProcess.setAside.splice(0);
  try {
    await record.noteSetAside({ case: caseProcess.id, reasons });
  } catch (error) {
    log.error('Messages set aside were not written down', { reasons, fault: faultOf(error) });
  }
}

async function catchUp(caseProcess: CaseProcess): Promise<void> {
  caseProcess.nudged = false;
  const summary = caseProcess.takeNewsNamed();
  try {
    const known = { case: caseProcess.id, knownVersion: caseProcess.case.version };
    caseProcess.follow(await record.catchUp.executeWithOptions({ summary }, [known]));
    // Runs before view 3 went on showing it.
    if (caseProcess.isOfView3) caseProcess.succeeded('record');
  } catch (error) {
    // The next command or the next look at the clock brings the same events.
    caseProcess.failed('record', 'catchUp', faultOf(error));
    log.error('The record could not be read', { fault: faultOf(error) });
  }
}
