/**
 * Homeward from the client's side, as its API does it without HTTP: every command is sealed and goes to the record, which
 * answers; then the case's process is told.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import pino from 'pino';
import { findOfficial, rulesOf, type Mechanism } from '../../src/contracts/mechanism/mechanism';
import { canonicalHash, sealEnvelope } from '../../src/contracts/seal';
import type { Command, CommandEnvelope } from '../../src/domain/model/commands';
import { workflowIdOf } from '../../src/domain/model/ids';
import type { OfficialActor } from '../../src/domain/model/parties';
import { createPool } from '../../src/record/postgres/database';
import { createRecord } from '../../src/record/record';
import type { Submitted } from '../../src/record/store/submission';
import { createProcessNotifier } from '../../src/temporal/tell-process';
import type { ClientSurroundings, OpenedReturn, Step, Way } from '../way';
import { inventedDossier } from './dossier';
import { returnSteps } from './return-steps';

export function createHomewardWay(surroundings: ClientSurroundings, mechanism: Mechanism): Promise<Way> {
  const { address, namespace, taskQueue, sealKey, databaseUrl } = surroundings;
  const pool: Pool = createPool({ connectionString: databaseUrl });
  const record = createRecord({ pool, sealKey });
  const notifier = createProcessNotifier({ address, namespace, taskQueue, logger: pino({ level: 'warn' }) });
  const tell = ({ news, found }: Submitted): void => {
    if (news && found) notifier.notify(news, found.state.stage !== 'closed');
  };
  const rules = rulesOf(mechanism);
  const ref = { id: mechanism.id, version: mechanism.version };
  const dossier = { version: 1, hash: canonicalHash(inventedDossier) };

  const actorOf = (id: string): OfficialActor => {
    const official = findOfficial(mechanism, id);
    if (!official) throw new Error(`the mechanism has no official ${id}`);
    return { official: official.id, party: official.party, roles: official.roles };
  };
  const envelopeOf = (by: string, caseId: string, command: Command): CommandEnvelope =>
    sealEnvelope({ id: `${by}:${randomUUID()}`, case: caseId, actor: actorOf(by), command }, sealKey);

  const way: Way = {
    name: 'homeward',
    async open(): Promise<OpenedReturn> {
      const id = `${digits()}-${digits()}`;
      const envelope = envelopeOf('ua-official-1', id, {
        type: 'openCase',
        requestingParty: 'ukraine',
        holdingParty: 'russia',
        dossier,
        recipient: 'recipient-1',
        whereaboutsKnown: true,
        medicallyUrgent: false,
        siblings: [],
      });
      const opened = await record.openCase({
        envelope,
        dossier: inventedDossier,
        notes: [],
        mechanism: ref,
      });
      if (opened.rejection) throw new Error(`the opening was refused: ${opened.rejection.code}`);
      tell(opened);
      const steps = returnSteps({ case: id, rules, dossier, now: new Date() });
      return {
        id: workflowIdOf(id),
        steps: steps.map(({ by, command }): Step => ({
          name: command.type,
          async send() {
            const actor = actorOf(by);
            const asker = { mechanism: mechanism.id, party: actor.party };
            const taken = await record.take(envelopeOf(by, id, command), { asker });
            if (taken.rejection) throw new Refused(taken.rejection.code);
            tell(taken);
          },
          isTooEarly: (error) => error instanceof Refused && error.code === 'no-place-asked',
        })),
      };
    },
    async close() {
      await notifier.close();
      await pool.end();
    },
  };
  return Promise.resolve(way);
}

class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Four of Crockford's base 32, as a case reference has them. */
const digits = (): string =>
  Array.from(randomBytes(4), (byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 32]).join('');
