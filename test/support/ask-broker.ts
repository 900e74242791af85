/** How a test asks for what the suites of one Jest run share; `stack-broker` answers, in a process of its own. */

/** What a test learns of the servers. */
export interface BrokerAnswers {
  postgres: { superuserUrl: string };
  temporal: { address: string; namespace: string; uiUrl: string };
  /** The workflows' code, where a worker can read it. */
  bundle: { codePath: string };
}

/** The variable that tells the workers where the broker answers. */
export const brokerVariable = 'TEST_STACK_BROKER';

/** From inside a test: the answer of the broker, starting the server if it is the first to ask. */
export async function askBroker<Need extends keyof BrokerAnswers>(need: Need): Promise<BrokerAnswers[Need]> {
  const url = process.env[brokerVariable];
  if (url === undefined)
    throw new Error(
      `${brokerVariable} is not set: only suites of Jest may ask, and none of the project “rules”`,
    );
  const response = await fetch(`${url}/${need}`);
  const body = await response.text();
  if (!response.ok) throw new Error(`the test ${need} server did not start: ${body}`);
  return JSON.parse(body) as BrokerAnswers[Need];
}
