// The Settings page: what is connected, how to connect more, and the theme.

import type { Page } from '@playwright/test';

import { expect, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('with nothing connected, it says so and how to connect a model', async ({ page }) => {
  await open(page, '/settings');
  await expect(page.getByRole('note')).toContainText('No language model is connected yet.');
  await expect(page.getByRole('heading', { name: 'Demo model – not a language model' })).toBeVisible();
  const ways = page.getByRole('table');
  for (const name of ['GEMINI_API_KEY', 'OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'OLLAMA_HOST']) {
    await expect(ways).toContainText(name);
  }
});

test('a chosen theme shows at once, everywhere, and from the first paint', async ({ page }) => {
  await open(page, '/settings');
  const light = await background(page);
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(() => background(page)).not.toBe(light);
  const dark = await background(page);

  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => background(page)).toBe(dark);
  await open(page, '/settings');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await page.getByRole('radio', { name: 'System' }).check();
  await expect.poll(() => background(page)).toBe(light);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'System' })).toBeChecked();
});

test('models and settings are remembered per prompt', async ({ page, studio }) => {
  const path = await studio.create({ title: 'Set', prompt: { text: 'Name {n} birds.' }, values: { n: '3' } });
  const bench = await Workbench.open(page, path);
  const temperature = page.getByRole('spinbutton', { name: 'Temperature' });
  const tokens = page.getByRole('spinbutton', { name: 'Max output tokens' });
  const saved = () => page.waitForResponse('**/api/prompts/models');
  for (const [field, value] of [
    [temperature, '0.3'],
    [tokens, '5'],
  ] as const) {
    const response = saved();
    await field.fill(value);
    await field.blur();
    await response;
  }
  const chosen = saved();
  await bench.choose('Alignment model', 'lab/writer-1');
  await chosen;
  await page.reload();
  await expect(temperature).toHaveValue('0.3');
  await expect(tokens).toHaveValue('5');
  await expect(page.getByRole('combobox', { name: 'Alignment model' })).toHaveValue('lab/writer-1');
  await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toHaveValue(/^demo\//);

  await bench.runButton.click();
  await expect(bench.alert('The answer was cut at the limit of 5 output tokens.')).toBeVisible();
});

test('a model that is not connected is named with the next step', async ({ page, studio }) => {
  const path = await studio.create({ title: 'Set', prompt: { text: 'Hello.' }, model: 'lab/writer-1' });
  const bench = await Workbench.open(page, path);
  await bench.runButton.click();
  await expect(bench.alert('“lab” is not connected.')).toContainText('Choose another model');
});
