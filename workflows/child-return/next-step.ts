/** One thing at a time: commands sent by hand first, then what the record has taken, then time. */
import { log } from '@temporalio/workflow';
import type { Journey, WaitingCommand } from './journey';
import { faultOf, record } from './record';

/** Waits for the next thing to happen in the case, and does it. */
export async function takeNextStep(journey: Journey): Promise<void> {
  const due = journey.clock.dueAt();
  const isDue = due !== undefined && due <= Date.now();
  if (!isDue) {
    if (due !== undefined) journey.alarm.wakeBy(due);
    await journey.untilNews();
  }
  journey.takeNote();
  const command = journey.waiting[0];
  if (command) await bringToRecord(journey, command);
  else if (journey.setAside.length > 0) await writeDownSetAside(journey);
  else if (journey.nudged) await catchUp(journey);
  else if (isDue) await journey.clock.observe();
}

/** The command stays first in line until its outcome is known, so that a new run would bring it again. */
export async function bringToRecord(journey: Journey, command: WaitingCommand): Promise<void> {
  const { envelope } = command;
  const knownVersion = journey.case.version;
  const summary = 'party' in envelope.actor ? `${envelope.command.type} by ${envelope.actor.party}` : '';
  try {
    const result = await record.submitCommand.executeWithOptions({ summary }, [{ envelope, knownVersion }]);
    journey.follow(result);
    journey.succeeded('record');
    command.outcome = { result };
  } catch (error) {
    const fault = faultOf(error);
    journey.failed('record', 'submitCommand', fault);
    log.error('Command not recorded', { command: envelope.id, fault });
    command.outcome = { fault };
  }
  journey.waiting.shift();
}

async function writeDownSetAside(journey: Journey): Promise<void> {
  const reasons = journey.setAside.splice(0);
  try {
    await record.noteSetAside({ case: journey.id, reasons });
  } catch (error) {
    log.error('Messages set aside were not written down', { reasons, fault: faultOf(error) });
  }
}

async function catchUp(journey: Journey): Promise<void> {
  journey.nudged = false;
  const summary = journey.takeNewsNamed();
  try {
    const known = { case: journey.id, knownVersion: journey.case.version };
    journey.follow(await record.catchUp.executeWithOptions({ summary }, [known]));
    // Runs before view 3 went on showing it.
    if (journey.isOfView3) journey.succeeded('record');
  } catch (error) {
    // The next command or the next look at the clock brings the same events.
    journey.failed('record', 'catchUp', faultOf(error));
    log.error('The record could not be read', { fault: faultOf(error) });
  }
}
