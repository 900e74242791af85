/** Homeward as officials meet it: every request over HTTP, with a token, to an API in the measuring process. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pino from 'pino';
import { startApi } from '../../src/api';
import { rulesOf, type Mechanism } from '../../src/contracts/mechanism/mechanism';
import type { EdgeCommand } from '../../src/contracts/commands';
import { workflowIdOf } from '../../src/domain/model/ids';
import { createOfficials } from '../../src/simulation/officials';
import { Refusal } from '../../src/simulation/http-official';
import type { OpenedReturn, Step, Surroundings, Way } from '../way';
import { inventedDossier } from './dossier';
import { rateLimits } from './rate-limits';
import { returnSteps } from './return-steps';

export async function createHttpWay(
  surroundings: Surroundings,
  mechanism: Mechanism,
  dataFolder: string,
): Promise<Way> {
  const { address, namespace, databaseUrl, sealKey, taskQueue } = surroundings;
  const api = await startApi({
    host: '127.0.0.1',
    port: 0,
    databaseUrl,
    sealKey,
    temporal: { address, namespace },
    taskQueue,
    mechanism: mechanism.id,
    issuerFolder: join(dataFolder, 'issuer'),
    rateLimits,
    logger: pino({ level: 'warn' }),
  });
  const officials = createOfficials(mechanism, {
    apiUrl: () => api.url,
    issueSignInLink: (official) => api.issueSignInLink(official),
  });
  const rules = rulesOf(mechanism);
  const opening = {
    requestingParty: 'ukraine',
    holdingParty: 'russia',
    dossier: inventedDossier,
    recipient: 'recipient-1',
    medicallyUrgent: false,
    siblings: [],
  };
  return {
    name: 'http',
    async open(): Promise<OpenedReturn> {
      const opener = officials.official('ua-official-1');
      const { case: id } = await opener.write('POST', '/v1/cases', opening, randomUUID());
      // Salted: only who may read the whole dossier learns its hash.
      const { dossierHash } = await opener.get<{ dossierHash: string }>(`/v1/cases/${id}`);
      const dossier = { version: 1, hash: dossierHash };
      return {
        id: workflowIdOf(id),
        steps: returnSteps({ case: id, rules, dossier, now: new Date() }).map(({ by, command }): Step => ({
          name: command.type,
          async send() {
            // None of these carries a note, the one thing in which the edge's commands differ.
            await officials.official(by).command(id, command as EdgeCommand, randomUUID());
          },
          isTooEarly: (error) => error instanceof Refusal && error.code === 'no-place-asked',
        })),
      };
    },
    close: () => api.stop(),
  };
}
