// What the scripts hand to `cargo xtask bench`.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { pathFrom } from '../support/program.ts';

/** Writes a figure where `cargo xtask bench` looks for it. */
export async function report(name: string, value: number, note: string): Promise<void> {
  const file = join(pathFrom('ATTUNE_BENCH_OUT'), `${name}.json`);
  await writeFile(file, JSON.stringify({ value, note }));
}

/** The value in the middle, by the nearest rank. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.ceil(sorted.length / 2) - 1];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

/** Milliseconds for people. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
