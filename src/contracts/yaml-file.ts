/**
 * Reads a YAML file against a Zod schema so that every fault is named with the line a person has to mend. Syntax
 * first; when the text reads as YAML, everything the schema says, in one go.
 */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import type { z } from 'zod';
import { lostLetters, replacement } from './utf8';

export interface FileFault {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** Where in the structure, e.g. `officials[3].email`; empty for the text as a whole. */
  readonly path: string;
  readonly message: string;
}
export type FaultAt = (path: readonly PropertyKey[], message: string) => FileFault;
export type YamlText =
  | { readonly value: unknown; readonly faultAt: FaultAt; readonly repeatedKeys: readonly FileFault[] }
  | { readonly faults: readonly FileFault[] };

/** Larger than any real file, small enough that nobody can tie up a process with one. */
const longest = 1_000_000;

/** The value of a YAML text, with a way to say on which line a path into it stands. */
export function readYaml(text: string): YamlText {
  if (text.length > longest)
    return { faults: [{ line: 1, column: 1, path: '', message: `longer than ${longest} characters` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placed = (offset: number, path: string, message: string): FileFault => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), path, message };
  };
  const lost = text.indexOf(replacement);
  if (lost >= 0) return { faults: [placed(lost, '', lostLetters)] };
  const errors = document.errors.map(({ code, pos, message }) => ({
    code,
    // The library words it for programmers; everything else it says can be read by anybody.
    fault: placed(pos[0], '', code === 'DUPLICATE_KEY' ? 'this key stands here twice' : message),
  }));
  const repeatedKeys = errors.filter(({ code }) => code === 'DUPLICATE_KEY').map(({ fault }) => fault);
  if (errors.length > repeatedKeys.length) return { faults: inOrder(errors.map(({ fault }) => fault)) };

  const dangling: FileFault[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (!alias.resolve(document))
        dangling.push(
          placed(startOf(alias), '', `*${alias.source} stands for nothing: there is no &${alias.source}`),
        );
    },
  });
  if (dangling.length > 0) return { faults: dangling };

  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Aliases that expand without end.
    return { faults: [placed(0, '', error instanceof Error ? error.message : 'cannot be read')] };
  }
  return {
    value,
    repeatedKeys,
    faultAt: (path, message) => placed(offsetOf(document, path), pathText(path), message),
  };
}

export const inOrder = (faults: readonly FileFault[]): FileFault[] =>
  [...faults].sort((a, b) => a.line - b.line || a.column - b.column || (a.path < b.path ? -1 : 1));

/** A schema's issues as faults of the file; an unknown key is named where it stands. */
export const faultsOf = (issues: readonly z.core.$ZodIssue[], faultAt: FaultAt): FileFault[] =>
  issues.flatMap((issue) => {
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => faultAt([...issue.path, key], 'is not known here'));
      case 'invalid_type':
        return [
          faultAt(
            issue.path,
            issue.message.endsWith('received undefined') ? 'is missing' : wordedAs(issue.message),
          ),
        ];
      case 'too_small':
        return [faultAt(issue.path, `must ${boundText(issue.origin)} at least ${issue.minimum}`)];
      case 'too_big':
        return [faultAt(issue.path, `must ${boundText(issue.origin)} at most ${issue.maximum}`)];
      case 'invalid_union':
        return [faultAt(issue.path, unionText(issue))];
      default:
        return [faultAt(issue.path, wordedAs(issue.message))];
    }
  });

const boundText = (origin: string): string =>
  ({ string: 'have a length of', array: 'have a number of entries of' })[origin] ?? 'be';
const wordedAs = (message: string): string => message.replace(/^Invalid (input|option): /, '');
const unionText = ({ errors }: z.core.$ZodIssueInvalidUnion): string =>
  `fits none of its forms: ${errors
    .map((issues) =>
      issues.map(({ path, message }) => `${pathText(path)} ${wordedAs(message)}`.trim()).join(', '),
    )
    .join('; or ')}`;

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`,
    '',
  );

/** Where a path stands: its key, or its entry in a list; for what is not there, the nearest thing around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = isNode(document.contents) ? startOf(document.contents) : 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (!pair) break;
      if (isNode(pair.key)) offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item: unknown = node.items[step];
      if (isNode(item)) offset = startOf(item);
      node = isPair(item) ? item.value : item;
    } else break;
  }
  return offset;
}
const startOf = (node: Node): number => node.range?.[0] ?? 0;
