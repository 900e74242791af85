/**
 * What was typed and not yet sent, and the key under which it will be: kept for this tab until it is sent or the
 * reader signs out, so that neither a refusal nor a reload loses it, and a repeat is the same command.
 */
import { useEffect, useRef, useState } from 'react';
import { useMe } from './use-session';
import { open, seal } from './sealed-text';

export type Typed = Readonly<Record<string, readonly string[]>>;
export interface Draft {
  /** The Idempotency-Key. */
  readonly key: string;
  readonly typed: Typed;
}
export interface DraftDesk {
  readonly draft: Draft;
  readonly keep: (typed: Typed) => void;
  /** After a refusal: the same text under a new key, for the record may keep the refusal under the old one. */
  readonly renewKey: () => void;
  readonly drop: () => void;
}
const prefix = 'draft:';
const fresh = (typed: Typed = {}): Draft => ({ key: crypto.randomUUID(), typed });
const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'key' in value && 'typed' in value;

/** Undefined until it is known whether something is kept. */
export function useDraft(name: string): DraftDesk | undefined {
  const { draftKey } = useMe();
  const [draft, setDraft] = useState<Draft>();
  const newest = useRef<Draft>(undefined);
  // One write after another, or an older one could win.
  const writing = useRef(Promise.resolve());
  const place = prefix + name;
  const set = (next: Draft, isKept: boolean) => {
    newest.current = next;
    setDraft(next);
    const write = async () => {
      if (newest.current !== next) return;
      if (isKept) sessionStorage.setItem(place, await seal(draftKey, next));
      else sessionStorage.removeItem(place);
    };
    // Also after one that failed.
    writing.current = writing.current.then(write, write);
  };
  useEffect(() => {
    let current = true;
    const kept = sessionStorage.getItem(place);
    void (kept === null ? Promise.resolve(undefined) : open(draftKey, kept)).then((found) => {
      if (!current) return;
      newest.current = isDraft(found) ? found : fresh();
      setDraft(newest.current);
    });
    return () => {
      current = false;
    };
  }, [place, draftKey]);
  if (!draft) return undefined;
  return {
    draft,
    keep: (typed) => set({ key: newest.current?.key ?? draft.key, typed }, true),
    renewKey: () => set(fresh(newest.current?.typed), true),
    drop: () => set(fresh(), false),
  };
}
export const hasDrafts = (): boolean => Object.keys(sessionStorage).some((place) => place.startsWith(prefix));

export function typedIn(form: HTMLFormElement): Typed {
  const data = new FormData(form);
  return Object.fromEntries(
    [...new Set(data.keys())].map((name) => [
      name,
      data.getAll(name).filter((value) => typeof value === 'string'),
    ]),
  );
}
