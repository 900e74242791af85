/** A test of the rules that asks for a server must fail also when the servers happen to be there. */
import { brokerVariable } from './ask-broker';

Reflect.deleteProperty(process.env, brokerVariable);
