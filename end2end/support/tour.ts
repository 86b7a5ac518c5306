// A walk through every page and its main states, for whoever wants to look at all of them.

import { expect, type Page } from '@playwright/test';

import type { Studio } from './studio.ts';
import { open } from './test.ts';
import { Workbench } from './workbench.ts';

/** What the browser writes to its console on the way, on purpose. */
export const TOUR_ERRORS = /status of (404|409)/;

/** A state worth looking at. */
type Look = (state: string) => Promise<void>;

/** Walks through the pages of an empty studio and calls `look` in each state. */
export async function tour(page: Page, studio: Studio, look: Look): Promise<void> {
  const path = await workbench(page, look);
  await guidelines(page, studio, look);
  await around(page, path, look);
  await list(page, studio, look);
}

async function workbench(page: Page, look: Look): Promise<string> {
  await open(page, '/');
  await look('prompts-first-visit');
  const bench = await Workbench.create(page, '');
  await look('workbench-empty');
  await bench.title.fill('Creative uses');
  await bench.system.fill("You are a helpful assistant for a makers' magazine.");
  await bench.prompt.fill('Give three uses for the following item: {item}');
  await bench.variable('item').fill('scissors');
  await bench.run();
  await look('workbench-output');

  await bench.feedback.fill('None of the uses are creative.');
  await page.getByRole('button', { name: 'Add another' }).click();
  await expect(bench.pieces).toHaveCount(1);
  await bench.select('scissors');
  await page.getByRole('button', { name: 'Comment on selection' }).click();
  await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Which kind?');
  await look('workbench-comment');
  await page.getByRole('button', { name: 'Add comment' }).click();
  await expect(bench.pieces).toHaveCount(2);
  await bench.draftFrom('Surprise a maker, and leave out the closing line.');
  await look('workbench-draft');
  await bench.draft.getByRole('radio', { name: 'Side by side' }).check();
  await look('workbench-draft-side-by-side');
  await bench.draft.getByRole('button', { name: 'Edit draft' }).click();
  const text = bench.draft.getByRole('textbox', { name: 'Draft text' });
  const proposed = await text.inputValue();
  await text.fill('Give three uses for scissors.');
  await look('workbench-draft-edit');
  await bench.accept.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('workbench-confirm');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await text.fill(proposed);
  await bench.acceptAndRun(2);
  await page.getByRole('button', { name: 'Compare with v1' }).click();
  await look('workbench-compare');
  await bench.openHistory();
  await look('workbench-history');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await look('workbench-shortcuts');
  await page.keyboard.press('Escape');
  await bench.choose('Model', 'lab/writer-1');
  await bench.runButton.click();
  await expect(bench.alert('is not connected')).toBeVisible();
  await look('workbench-failed');
  return new URL(page.url()).pathname;
}

async function guidelines(page: Page, studio: Studio, look: Look): Promise<void> {
  const path = await studio.create({
    title: 'Uses',
    prompt: { text: 'Give three uses for the following item: {item}' },
    values: { item: 'scissors' },
    guidelines: ['Give exactly four uses.', 'Write whole sentences.'],
  });
  await open(page, path);
  const bench = new Workbench(page);
  await bench.guide();
  await look('guidelines-no-output');
  await bench.run();
  await page.getByRole('button', { name: 'Suggest critiques' }).click();
  await bench.suggested('critiques').first().click();
  await page.getByRole('button', { name: 'Edit output' }).click();
  await bench.corrected.fill('- Cut paper.');
  await page.getByText('Difference to the output').click();
  await look('guidelines-given');
  await page.getByRole('button', { name: 'Discard edit' }).click();
  await page.getByRole('button', { name: 'Dismiss suggestions' }).click();
  await bench.feedback.fill('I want five instead');
  await bench.critique.click();
  await expect(bench.proposal('edit')).toBeVisible();
  await bench.guidelines.first().getByText('Origin').click();
  await bench.guideline('Write whole sentences.').uncheck();
  await page.getByRole('button', { name: 'Edit guideline 2' }).click();
  await look('guidelines-proposal');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Edit guideline 1' }).click();
  await page.getByRole('textbox', { name: 'Guideline text' }).fill('Give four uses, or five.');
  await bench.proposal('edit').getByRole('button', { name: 'Accept proposal' }).click();
  await expect(page.getByText('It was changed meanwhile')).toBeVisible();
  await look('guidelines-changed-meanwhile');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await bench.guideline('Write whole sentences.').check();
  await expect(page.getByText('2 guidelines are on', { exact: true })).toBeVisible();
  await bench.draft3.click();
  await expect(bench.candidates).toHaveText([/1 on v1$/, /2 on v1$/, /3 on v1$/]);
  await bench.hunk(1).click();
  await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'false');
  await bench.hunk(2).focus();
  await look('guidelines-drafts');
  await bench.openSets();
  await bench.sets.getByRole('textbox', { name: 'Set name' }).fill('House style');
  await bench.sets.getByRole('button', { name: 'Save set' }).click();
  await bench.set('House style').getByText('Guidelines in it').click();
  await bench.set('House style').getByRole('button', { name: 'Delete set' }).click();
  await look('guidelines-sets');
  await bench.close();
  await bench.openChanges();
  await expect(bench.changes.getByRole('listitem').first()).toBeVisible();
  await look('guidelines-changes');
  await bench.close();
  for (const text of ['Be brief.', 'Write at least 500 words.']) {
    await bench.newGuideline.fill(text);
    await bench.addGuideline.click();
    await expect(bench.guideline(text)).toBeVisible();
    await expect(bench.newGuideline).toHaveValue('');
  }
  await bench.rewriteButton.click();
  await expect(bench.conflicts).toHaveCount(1);
  await look('guidelines-conflict');
}

async function around(page: Page, path: string, look: Look): Promise<void> {
  await open(page, `${path}/versions/2`);
  await expect(page.getByRole('heading', { name: 'From v1 to v2' })).toBeVisible();
  await look('version');
  await open(page, `${path}/versions/1`);
  await page.getByText(/^Show its changes/).click();
  await look('version-drafts');
  await open(page, '/settings');
  await look('settings');
  await page.goto('/nowhere');
  await look('not-found');
}

async function list(page: Page, studio: Studio, look: Look): Promise<void> {
  await studio.create({
    title: 'Extract an order as JSON',
    prompt: { text: 'Extract the order from the e-mail below.\n{email}' },
    tags: ['extraction', 'json'],
  });
  await open(page, '/');
  await look('prompts');
  await page.getByRole('button', { name: 'Rename “Creative uses”' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('prompts-rename');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete “Creative uses”' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await look('prompts-undo');
  await page.getByRole('searchbox').fill('zebra');
  await expect(page.getByText('No prompt matches “zebra”.')).toBeVisible();
  await look('prompts-nothing-found');
}
