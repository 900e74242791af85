/** Settings for a stack of a test's own, in a fresh folder on free ports. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../src/stack/process/ports';
import { silentProgress, type Progress } from '../../src/stack/process/progress';
import { startStack, type Stack, type StackSettings } from '../../src/stack/stack';

export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'homeward-stack-'));
}

export async function freshSettings(dataFolder = freshFolder()): Promise<StackSettings> {
  return {
    dataFolder,
    postgres: {},
    temporal: { port: await findFreePort(), uiPort: await findFreePort(), namespace: 'default' },
    mail: { port: 0 },
  };
}

/** Postgres and the mail sink alone: Temporal's address is given but nobody asks it. */
export function withoutTemporal(dataFolder = freshFolder()): StackSettings {
  return {
    dataFolder,
    postgres: {},
    temporal: { address: '127.0.0.1:1', namespace: 'default' },
    mail: { port: 0 },
  };
}

const started: Stack[] = [];

/** A stack inside the test's own process; `stopTestStacks` after each test ends it even if the test failed. */
export async function startTestStack(
  settings: StackSettings,
  progress: Progress = silentProgress,
): Promise<Stack> {
  const stack = await startStack(settings, progress);
  started.push(stack);
  return stack;
}

export async function stopTestStacks(): Promise<void> {
  await Promise.all(started.splice(0).map((stack) => stack.stop()));
}
