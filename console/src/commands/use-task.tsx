/**
 * A form that sends one command of a case, or of a group. What is typed is kept; the version is the one that was read when the typing
 * began; what is grave is sent only with the end of the reference; after a refusal because somebody else acted, what
 * is new has been shown, and sending again means having read it.
 */
import { useState } from 'react';
import type { ReactNode, Ref, SubmitEventHandler, InputEventHandler } from 'react';
import { Link } from 'wouter';
import { http } from '../api/client';
import type { Problem } from '../api/client';
import { isGroupId } from '#domain/group/group';
import type { CommandAnswer } from '../api/types';
import { paths } from '../paths';
import { typedIn, useDraft } from '../session/draft';
import type { Typed } from '../session/draft';
import { useWords } from '../words/use-words';
import { cleanText } from './clean-text';
import type { Weight } from './command-forms';
import { ConfirmSuffix, isSuffix } from './confirm-suffix';
import { faultText } from './faults';
import type { SentCommand } from './read-command';
import { SendMessage } from './send-message';
import { isStale, useSend } from './use-send';
import type { SendHeader, Sent } from './use-send';

/** Makes an id that is unique in the case, and the same for every repeat of the form. */
export type NewId = (prefix: string) => string;

/** What the command is of, as it was read. */
export interface TaskOf {
  readonly id: string;
  readonly version: number;
}
export interface TaskTerms {
  readonly weight: Weight | ((typed: Typed) => Weight);
  readonly read: (typed: Typed, newId: NewId) => SentCommand;
  /** What the browser can’t check: whether everything is there without which the API would not take it. */
  readonly isComplete?: (command: SentCommand, typed: Typed) => boolean;
  /** What stands in the form before anything is typed. */
  readonly start?: Typed;
  /** Instead of the one route for the commands of a case or a group. */
  readonly post?: (header: SendHeader, command: SentCommand) => Promise<Sent>;
  /** The page shows the case as it is now, and what it shows is what was read. */
  readonly isLive?: boolean;
}
export interface Task<Answer = CommandAnswer> {
  readonly id: string;
  readonly typed: Typed;
  readonly before: (input: string) => string | undefined;
  readonly newId: NewId;
  readonly weight: Weight;
  /** What would be sent, once it is whole. */
  readonly command: SentCommand | undefined;
  readonly fault: (field: string) => string | undefined;
  readonly isSending: boolean;
  readonly answer: Answer | undefined;
  readonly message: ReactNode;
  /** Why it was refused. */
  readonly problem: Problem | undefined;
  readonly form: {
    readonly ref: Ref<HTMLFormElement>;
    readonly onSubmit: SubmitEventHandler<HTMLFormElement>;
    readonly onInput: InputEventHandler<HTMLFormElement>;
  };
}

/** `name`: of the draft, one per form that may be open in a case. Undefined until it is known what is kept. */
export function useTask<Answer = CommandAnswer>(
  view: TaskOf,
  name: string,
  terms: TaskTerms,
): Task<Answer> | undefined {
  const words = useWords();
  const { id } = view;
  const desk = useDraft(`${id}:${name}`);
  const { state, send } = useSend<Answer>(desk);
  const [now, setNow] = useState<Typed>();
  const [isValid, setValid] = useState(false);
  const [readVersion, setReadVersion] = useState<number>();
  const [isMismatch, setMismatch] = useState(false);
  if (!desk) return undefined;

  const { key, typed: kept } = desk.draft;
  const typed = now ?? (Object.keys(kept).length > 0 ? kept : (terms.start ?? {}));
  const newId = (prefix: string) => `${prefix}-${key.slice(0, 8)}`;
  const weightOf = (what: Typed) => (typeof terms.weight === 'function' ? terms.weight(what) : terms.weight);
  const readFrom = (what: Typed) => terms.read(cleaned(what), newId);
  const problem = state.is === 'refused' ? state.problem : undefined;
  const seen = terms.isLive ? view.version : (readVersion ?? view.version);
  const foreseen = readFrom(typed);

  function submit(form: HTMLFormElement): void {
    const what = typedIn(form);
    const weight = weightOf(what);
    if (weight === 'grave' && !isSuffix(id, what.suffix?.[0])) {
      setMismatch(true);
      return;
    }
    desk?.keep(what);
    const expected = problem && isStale(problem) ? view.version : seen;
    setReadVersion(expected);
    const body = readFrom(what) as never;
    void send(
      (header) => (terms.post ? terms.post(header, body) : post(id, header, body)),
      weight === 'light' ? undefined : expected,
    );
  }
  return {
    ...{ id, typed, newId, problem, weight: weightOf(typed) },
    before: (input) => typed[input]?.[0],
    command: isValid && (terms.isComplete?.(foreseen, typed) ?? true) ? foreseen : undefined,
    fault: (field) => faultText(words, problem, field),
    isSending: state.is === 'sending',
    answer: state.is === 'recorded' ? state.answer : undefined,
    message: <SendMessage {...{ id, state, isMismatch }} seen={readVersion ?? view.version} />,
    form: {
      ref: (form) => {
        if (form) setValid(isWhole(form));
      },
      onSubmit: (event) => {
        event.preventDefault();
        submit(event.currentTarget);
      },
      onInput: (event) => {
        setReadVersion(seen);
        setMismatch(false);
        setNow(typedIn(event.currentTarget));
        desk.keep(typedIn(event.currentTarget));
      },
    },
  };
}

const post = (id: string, header: SendHeader, body: never) => {
  const params = { path: { id }, header };
  return isGroupId(id)
    ? http.POST('/v1/groups/{id}/commands', { params, body })
    : http.POST('/v1/cases/{id}/commands', { params, body });
};

const cleaned = (typed: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).map(([name, texts]) => [name, texts.map(cleanText)]));

/** The end of the reference is typed last; what follows is shown before. */
const isWhole = (form: HTMLFormElement): boolean =>
  [...form.elements].every(
    (field) =>
      !(
        field instanceof HTMLInputElement ||
        field instanceof HTMLSelectElement ||
        field instanceof HTMLTextAreaElement
      ) ||
      field.name === 'suffix' ||
      field.validity.valid,
  );

/** The end of every form: the last four characters where it is grave, one button that says what it does, a way back. */
export function TaskEnd({
  task,
  act,
  isStop = false,
  isOff = false,
  why,
  back,
}: {
  readonly task: Task<unknown>;
  readonly act: string;
  readonly isStop?: boolean;
  /** It can’t be sent now; what stands beside says why. */
  readonly isOff?: boolean;
  /** Instead of the sentence for what one person can’t undo. */
  readonly why?: string;
  /** Instead of the way back to the case or the group. */
  readonly back?: ReactNode;
}) {
  const { form } = useWords();
  return (
    <>
      {task.weight === 'grave' && !isOff && (
        <ConfirmSuffix id={task.id} {...(why !== undefined && { why })} />
      )}
      <div className="row">
        <button
          className="act"
          data-rank={isStop ? 'stop' : 'first'}
          aria-disabled={isOff || task.isSending}
          disabled={isOff}
        >
          {act}
          {/* It must not shrink: a second click would meet what moved into its place. */}
          {task.isSending && <span role="status"> · {form.sending}</span>}
        </button>
        {back ?? (
          <Link className="act" href={isGroupId(task.id) ? paths.group(task.id) : paths.case(task.id)}>
            {form.back}
          </Link>
        )}
      </div>
    </>
  );
}
