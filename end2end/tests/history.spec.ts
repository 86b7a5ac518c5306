// The history: every version can be seen, compared, linked and brought back.

import type { Page } from '@playwright/test';

import { expect, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

/** A prompt with three typed versions. */
async function three(page: Page, path: string): Promise<Workbench> {
  const bench = await Workbench.open(page, path);
  for (const [number, text] of [
    [2, 'Name two birds of {place}.'],
    [3, 'Name two fish of {place}.'],
  ] as const) {
    await bench.prompt.fill(text);
    await bench.saveButton.click();
    await expect(page.getByText(`v${number} · typed`)).toBeVisible();
  }
  return bench;
}

const PROMPT = {
  title: 'Animals',
  prompt: { text: 'Name one bird of {place}.' },
  values: { place: 'Iceland' },
};

test('saving without a change makes no version', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  await bench.saveButton.click();
  await expect(page.getByText('Nothing changed since v1.').first()).toBeVisible();
  await bench.openHistory();
  await expect(bench.versions).toHaveCount(1);
});

test('versions are listed newest first with origin, author and note', async ({ page, studio }) => {
  const bench = await three(page, await studio.create(PROMPT));
  await bench.run();
  await bench.draftFrom('Say it in one sentence each.');
  await bench.acceptAndRun(4);
  await bench.openHistory();
  await expect(bench.versions).toContainText(['v4', 'v3', 'v2', 'v1']);
  await expect(bench.version(4)).toContainText('accepted draft');
  await expect(bench.version(4)).toContainText('you');
  await expect(bench.version(4).locator('.version-note')).not.toBeEmpty();
  await expect(bench.version(1)).toContainText('typed');
});

test('restoring makes a new version and keeps what was typed meanwhile', async ({ page, studio }) => {
  const bench = await three(page, await studio.create(PROMPT));
  await bench.prompt.fill('Half a thought about {place}');
  await bench.openHistory();
  await expect(bench.version(3).getByRole('button', { name: 'Restore' })).toBeDisabled();
  await bench.version(1).getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('v5 · restored')).toBeVisible();
  await expect(bench.prompt).toHaveValue('Name one bird of {place}.');
  await bench.openHistory();
  await expect(bench.versions).toHaveCount(5);
  await expect(bench.version(4)).toContainText('typed');
  await bench.version(4).getByRole('button', { name: 'View' }).click();
  await expect(page.getByRole('group', { name: 'Prompt' })).toHaveText('Half a thought about {place}');
});

test('any two versions are compared at an address of their own', async ({ page, studio }) => {
  const bench = await three(page, await studio.create(PROMPT));
  await bench.openHistory();
  await bench.version(1).getByRole('button', { name: 'Compare' }).click();
  await expect(page).toHaveURL(/\/versions\/1\?compare=3$/);
  await expect(page.getByRole('heading', { name: 'From v1 to v3' })).toBeVisible();
  const changes = page.getByRole('region', { name: 'Changes' });
  const diff = async () => [
    (await changes.locator('del').allInnerTexts()).join(' '),
    (await changes.locator('ins').allInnerTexts()).join(' '),
  ];
  await expect.poll(diff).toEqual(['one bird', 'two fish']);

  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('2');
  await expect(page).toHaveURL(/\?compare=2$/);
  await expect(page.getByRole('heading', { name: 'From v1 to v2' })).toBeVisible();
  await expect.poll(diff).toEqual(['one bird', 'two birds']);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'From v1 to v3' })).toBeVisible();
});

test('a version has a page with its text and origin, and is restored from there', async ({
  page,
  studio,
}) => {
  const path = await studio.create(PROMPT);
  await (await three(page, path)).isSaved();
  await page.goto(`${path}/versions/2`);
  await expect(page).toHaveTitle('v2 of Animals · Attune');
  await expect(page.getByRole('heading', { name: 'Version 2', level: 1 })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Prompt' })).toHaveText('Name two birds of {place}.');
  await expect(page.getByRole('main')).toContainText('made from v1');
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(page).toHaveURL(/\/prompts\/\d+$/);
  await expect(page.getByText('v4 · restored')).toBeVisible();
  await expect(new Workbench(page).prompt).toHaveValue('Name two birds of {place}.');
});

test.describe('an address that leads nowhere', () => {
  test.use({ expectedErrors: /status of 404/ });

  for (const path of ['/prompts/77', '/prompts/77/versions/1', '/prompts/x', '/nowhere']) {
    test(`${path} says so and leads back`, async ({ page }) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.getByRole('link', { name: 'All prompts', exact: true }).last().click();
      await expect(page.getByRole('heading', { name: 'Prompts', exact: true })).toBeVisible();
    });
  }
});
