// Prompts in the guideline workflow.

import type { Page } from '@playwright/test';

import type { NewPrompt, Studio } from './studio.ts';
import { Workbench } from './workbench.ts';

export const USES = 'Give three uses for the following item: {item}';

/** A prompt in the guideline workflow, not run yet. */
export async function guided(page: Page, studio: Studio, more: Partial<NewPrompt> = {}): Promise<Workbench> {
  const prompt = { title: 'Creative uses', prompt: { text: USES }, values: { item: 'scissors' } };
  const bench = await Workbench.open(page, await studio.create({ ...prompt, ...more }));
  await bench.guide();
  return bench;
}

/** A draft that follows two guidelines, each with a change of its own. */
export async function drafted(page: Page, studio: Studio): Promise<Workbench> {
  const guidelines = ['Give exactly five uses.', 'Write whole sentences.'];
  const bench = await guided(page, studio, { guidelines });
  await bench.rewrite();
  return bench;
}
