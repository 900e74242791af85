/**
 * What can be asked in a form. Each builder says of which type its answer is, so that the table of forms and the
 * commands’ own schema are held together by the compiler. How a field looks is `command-field.tsx`’s.
 */
import type { ListName, Lists } from '#words/vocabulary';
import type { CaseView, MechanismView, Session } from '../api/types';
import type { Names } from '../case/use-case';
import type { Words } from '../words/words';

export interface TaskContext {
  readonly id: string;
  readonly view: CaseView;
  readonly mechanism: MechanismView;
  readonly me: Session;
  readonly words: Words;
  readonly names: Names;
  /** Of the obligation that the form was opened for: a facet, a hold, a visit. */
  readonly subject?: string;
  /** The reader’s own day, `2026-12-04`. */
  readonly today: string;
  /** What `offers` says this command can be about now; absent where it says nothing. */
  readonly subjects?: readonly string[];
  /** Whether the reader may send it now, as far as the rules can say before it is filled in. */
  readonly isOffered: boolean;
}
export interface FormContext extends TaskContext {
  /** A new id, unique in the case and the same for every repeat of this form. */
  readonly newId: (prefix: string) => string;
}
export interface Option<Value> {
  readonly value: Value;
  readonly label: string;
}

declare const answer: unique symbol;
/** `Value`: what the field contributes to the command. */
export type Field<Value> = FieldKind & { readonly [answer]?: (value: Value) => Value };
/** The label, where the same field asks for another thing here than in other commands. */
type Asks = keyof Words['fields'];
export type FieldKind = AnyField & { readonly only?: OnlyWhen };
/** Asked only while another question of the form has one of these answers. */
export interface OnlyWhen {
  readonly name: string;
  readonly is: readonly string[];
}
type AnyField =
  | {
      readonly kind: 'text';
      readonly required: boolean;
      readonly rows: number;
      readonly asks?: Asks | undefined;
    }
  | {
      readonly kind: 'choice';
      readonly list: ListName;
      readonly options: readonly string[];
      readonly required: boolean;
      readonly asks?: Asks | undefined;
    }
  | { readonly kind: 'yes-no'; readonly required: boolean; readonly asks?: Asks | undefined }
  | { readonly kind: 'date'; readonly required: boolean; readonly suggest: readonly number[] }
  | { readonly kind: 'instant'; readonly required: boolean; readonly suggest: readonly number[] }
  /** Times of day, in one line. */
  | { readonly kind: 'times'; readonly required: boolean }
  | {
      readonly kind: 'pick';
      readonly from: (context: FormContext) => readonly Option<unknown>[];
      readonly many: boolean;
      readonly required: boolean;
      /** A case that is not listed can be named by its reference. */
      readonly open?: boolean;
    }
  | { readonly kind: 'number'; readonly required: boolean; readonly most: number }
  | { readonly kind: 'file-hash' }
  | { readonly kind: 'given'; readonly by: (context: FormContext) => unknown };

/** Free text, kept apart from the events; who reads it is said below the field. */
export const note = (asks?: Asks): Field<string | undefined> => ({
  ...{ kind: 'text', required: false, rows: 4, asks },
});
export const requiredNote = (asks?: Asks): Field<string> => ({ kind: 'text', required: true, rows: 4, asks });
/** One value of a closed list, said in the words of that list. */
export const choice = <List extends ListName, Value extends Lists[List] & string>(
  list: List,
  options: readonly Value[],
  asks?: Asks,
): Field<Value> => ({ kind: 'choice', list, options, required: true, asks });
export const optionalChoice = <List extends ListName, Value extends Lists[List] & string>(
  list: List,
  options: readonly Value[],
): Field<Value | undefined> => ({ kind: 'choice', list, options, required: false });
export const yesNo = (asks?: Asks): Field<boolean> => ({ kind: 'yes-no', required: true, asks });
export const optionalYesNo = (): Field<boolean | undefined> => ({ kind: 'yes-no', required: false });
/** `suggest`: days from today, offered as buttons before a date has to be written. */
export const date = (...suggest: number[]): Field<string> => ({ kind: 'date', required: true, suggest });
export const optionalDate = (...suggest: number[]): Field<string | undefined> => ({
  ...{ kind: 'date', required: false, suggest },
});
export const instant = (...suggest: number[]): Field<string> => ({
  ...{ kind: 'instant', required: true, suggest },
});
export const optionalInstant = (): Field<string | undefined> => ({
  ...{ kind: 'instant', required: false, suggest: [] },
});
export const times = (): Field<string[]> => ({ kind: 'times', required: true });
export const pick = <Value>(from: (context: FormContext) => readonly Option<Value>[]): Field<Value> => ({
  ...{ kind: 'pick', from, many: false, required: true },
});
export const optionalPick = <Value>(
  from: (context: FormContext) => readonly Option<Value>[],
): Field<Value | undefined> => ({ ...{ kind: 'pick', from, many: false, required: false } });
/** Any number of them; the command says also that there is none. */
export const pickMany = <Value>(
  from: (context: FormContext) => readonly Option<Value>[],
): Field<Value[]> => ({ kind: 'pick', from, many: true, required: true });
/** The same, left out of the command where none is chosen. */
export const pickSome = <Value>(
  from: (context: FormContext) => readonly Option<Value>[],
): Field<Value[] | undefined> => ({ kind: 'pick', from, many: true, required: false });
/** One case or several: those that are known here, or any other by its reference. */
export const pickCase = (from: (context: FormContext) => readonly Option<string>[]): Field<string> => ({
  ...{ kind: 'pick', from, many: false, required: true, open: true },
});
export const pickCases = (from: (context: FormContext) => readonly Option<string>[]): Field<string[]> => ({
  ...{ kind: 'pick', from, many: true, required: true, open: true },
});
/** A count, from one on. */
export const number = (most: number): Field<number> => ({ kind: 'number', required: true, most });
/** Of a file that is looked at here and never sent: its SHA-256. */
export const fileHash = (): Field<string> => ({ kind: 'file-hash' });
/** A question that another answer raises; not asked, and not sent, without it. */
export const onlyWhen = <Value>(
  name: string,
  is: readonly string[],
  field: Field<Value>,
): Field<Value | undefined> => ({ ...(field as FieldKind), only: { name, is } });
/** Not asked: it follows from the case, or from what the form was opened for. */
export const given = <Value>(by: (context: FormContext) => Value): Field<Value> => ({ kind: 'given', by });
