/** One return under way: what the workflow knows of its case, and what acts on it. */
import { CaseState } from './case-state';
import { Clock } from './clock';
import { Effects } from './effects';
import { OperatorView } from './operator-view';

export class CaseProcess extends CaseState {
  readonly clock = new Clock(this);
  readonly effects = new Effects(this);
  readonly view = new OperatorView(this);
}
