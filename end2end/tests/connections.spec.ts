// Settings → Models: a real connection is added, tested, used, changed and removed on the page.

import type { Page } from '@playwright/test';

import { expect, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const KEY = 'test-key-0123456789';

const form = (page: Page) => page.getByRole('form');

/** Fills the form of a new connection to a server that speaks OpenAI's protocol. */
async function fill(page: Page, baseUrl: string, key: string) {
  await page.getByRole('button', { name: 'Add connection' }).click();
  const provider = form(page).getByRole('combobox', { name: 'Provider' });
  await provider.selectOption({ label: 'OpenAI-compatible server' });
  await form(page).getByRole('textbox', { name: 'Name' }).fill('Lab cluster');
  await form(page).getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
  await form(page).getByRole('textbox', { name: 'API key' }).fill(key);
}

test.describe('a refused input', () => {
  test.use({ expectedErrors: /status of 422/ });

  test('a connection is added, tested, used, changed and removed', async ({ page, studio, loopback }) => {
    await open(page, '/settings');
    await expect(page.getByRole('note')).toContainText('No language model is connected yet.');
    await fill(page, loopback.url, 'wrong-key');
    await form(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(form(page).getByRole('status')).toContainText('it does not accept the key');
    await form(page).getByRole('textbox', { name: 'API key' }).fill(KEY);
    await form(page).getByRole('button', { name: 'Test connection' }).click();
    await expect(form(page).getByRole('status')).toContainText('It works: 3 models listed');
    await form(page).getByRole('button', { name: 'Save' }).click();

    const card = page.getByRole('article', { name: 'Lab cluster' });
    await expect(card).toContainText('Key …6789');
    await expect(card).toContainText('3 models');
    expect(await page.content()).not.toContain(KEY);

    const used = { title: 'Used', prompt: { text: 'Hello.' }, model: 'lab-cluster/echo' };
    const path = await studio.create(used);
    const bench = await Workbench.open(page, path);
    await bench.runButton.click();
    await expect(page.getByRole('region', { name: 'Output' })).toContainText('Hello.');

    await open(page, '/settings');
    await card.getByRole('button', { name: 'Edit' }).click();
    await form(page).getByRole('textbox', { name: 'Base URL' }).fill('http://127.0.0.1:9/v1');
    await expect(form(page)).toContainText('enter the key again');
    await form(page).getByRole('button', { name: 'Save' }).click();
    await expect(form(page).getByRole('alert')).toContainText('entered for another address');
    await form(page).getByRole('textbox', { name: 'API key' }).fill(KEY);
    await form(page).getByRole('button', { name: 'Save' }).click();
    await expect(card).toContainText('cannot be reached');
    await expect(card.getByRole('button', { name: 'Try again' })).toBeVisible();

    await card.getByRole('button', { name: 'Remove' }).click();
    await card.getByRole('button', { name: 'Remove for good' }).click();
    await expect(card).toHaveCount(0);
    await expect(page.getByRole('note')).toContainText('No language model is connected yet.');
  });
});
