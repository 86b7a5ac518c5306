// The Prompts page: find, start, rename, tag, copy, delete and bring back.

import type { Page } from '@playwright/test';

import { expect, live, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const rows = (page: Page) => page.getByRole('list', { name: 'Prompts' }).locator('> li');
const titles = (page: Page) => rows(page).locator('.prompt-title');

test('the first visit offers examples, and one press makes one ready to run', async ({ page }) => {
  await open(page, '/');
  await expect(page.getByRole('heading', { name: 'Prompts', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: /^Creative uses/ }).click();
  await expect(page).toHaveURL(/\/prompts\/\d+$/);
  const bench = new Workbench(page);
  await expect(bench.title).toHaveValue('Creative uses');
  await expect(bench.variable('item')).toHaveValue('scissors');
  await bench.run();
  await expect(bench.output).not.toBeEmpty();
});

test('every example runs as it is', async ({ page }) => {
  await open(page, '/');
  const count = await page.locator('.example').count();
  expect(count).toBeGreaterThanOrEqual(5);
  for (let index = 0; index < count; index++) {
    await open(page, '/');
    if (index > 0) await page.getByText('Start from an example').click();
    await page.locator('.example').nth(index).click();
    await expect(page).toHaveURL(/\/prompts\/\d+$/);
    await new Workbench(page).run();
  }
  await open(page, '/');
  await expect(rows(page)).toHaveCount(count);
});

test('search finds titles, texts and tags while one types', async ({ page, studio }) => {
  await studio.create({ title: 'Order form', prompt: { text: 'Extract {email}.' }, tags: ['json'] });
  await studio.create({ title: 'Poem', prompt: { text: 'Ein Gedicht über den Größenwahn.' } });
  await studio.create({ title: 'Review', prompt: { text: 'Review {diff}.' }, tags: ['code'] });
  await open(page, '/');
  await expect(rows(page)).toHaveCount(3);
  const search = page.getByRole('searchbox', { name: 'Search prompts' });
  for (const [words, title] of [
    ['poe', 'Poem'],
    ['extract', 'Order form'],
    ['code', 'Review'],
    ['größenw', 'Poem'],
  ] as const) {
    await search.fill(words);
    await expect(titles(page)).toHaveText([title]);
  }
  await expect(page).toHaveURL(/\?q=/);

  // Whatever is typed is words to look for, never syntax.
  for (const words of ['"', 'a AND (', '*', "' OR 1=1 --", 'nothing like it', '{}']) {
    await search.fill(words);
    await expect(page.getByText(`No prompt matches “${words}”.`).or(rows(page).first())).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
  }
  await search.fill('nothing like it');
  await page.getByRole('link', { name: 'Show all prompts' }).click();
  await expect(search).toHaveValue('');
  await expect(rows(page)).toHaveCount(3);
});

test('a search can be linked and left with the Back button', async ({ page, studio }) => {
  await studio.create({ title: 'Order form' });
  await studio.create({ title: 'Poem' });
  await open(page, '/?q=poem');
  await expect(page.getByRole('searchbox')).toHaveValue('poem');
  await expect(titles(page)).toHaveText(['Poem']);
  await titles(page).first().click();
  await expect(new Workbench(page).title).toHaveValue('Poem');
  await page.goBack();
  await expect(titles(page)).toHaveText(['Poem']);
  await expect(page.getByRole('searchbox')).toHaveValue('poem');
});

test('tags are edited and narrow the list', async ({ page, studio }) => {
  await studio.create({ title: 'Order form', tags: ['json'] });
  await studio.create({ title: 'Poem' });
  await open(page, '/');
  await page.getByRole('button', { name: 'Edit tags “Poem”' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit the tags of “Poem”' });
  const box = dialog.getByRole('textbox', { name: 'Tags, separated by commas' });
  await expect(box).toBeFocused();
  await box.fill('verse, #two words, verse');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const tags = page.getByRole('navigation', { name: 'Tags' });
  await tags.getByRole('link', { name: /^two words/ }).click();
  await expect(titles(page)).toHaveText(['Poem']);
  await tags.getByRole('link', { name: 'All' }).click();
  await expect(rows(page)).toHaveCount(2);
  await rows(page).filter({ hasText: 'Order form' }).getByRole('link', { name: 'json' }).click();
  await expect(titles(page)).toHaveText(['Order form']);
});

test('rename, duplicate, delete and undo', async ({ page, studio }) => {
  await studio.create({ title: 'Pome', prompt: { text: 'Write about {thing}.' } });
  await open(page, '/');
  await page.getByRole('button', { name: 'Rename “Pome”' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rename “Pome”' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Poem');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(titles(page)).toHaveText(['Poem']);

  await page.getByRole('button', { name: 'Duplicate “Poem”' }).click();
  await expect(rows(page)).toHaveCount(2);
  const said = page.getByRole('status').filter({ hasText: 'Copied to' });
  await said.getByRole('link').click();
  await expect(new Workbench(page).prompt).toHaveValue('Write about {thing}.');
  await page.goBack();

  await rows(page)
    .nth(1)
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(page.getByRole('status').filter({ hasText: 'Deleted “Poem”.' })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(2);
});

test('a page that is open hears that its prompt was deleted', async ({ page, studio, context }) => {
  const path = await studio.create({ title: 'Poem', prompt: { text: 'Write.' } });
  const bench = await Workbench.open(page, path);
  const list = await context.newPage();
  await open(list, '/');
  await list.getByRole('button', { name: 'Delete “Poem”' }).click();
  const notice = bench.page.getByRole('note').filter({ hasText: 'was deleted' });
  await expect(notice).toBeVisible();
  await list.close();
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(notice).toBeHidden();
  await open(page, '/');
  await expect(titles(page)).toHaveText(['Poem']);
});

test('duplicate and search take what is typed and not saved', async ({ page, studio }) => {
  const path = await studio.create({ title: 'Poem', prompt: { text: 'Write a poem.' } });
  const bench = await Workbench.open(page, path);
  await bench.prompt.fill('Write a limerick.');
  await page.getByRole('link', { name: 'Prompts', exact: true }).click();
  const search = page.getByRole('searchbox', { name: 'Search prompts' });
  await search.fill('limerick');
  await expect(titles(page)).toHaveText(['Poem']);
  await page.getByRole('button', { name: 'Duplicate “Poem”' }).click();
  await page.getByRole('status').filter({ hasText: 'Copied to' }).getByRole('link').click();
  await expect(bench.title).toHaveValue('Poem (copy)');
  await expect(bench.prompt).toHaveValue('Write a limerick.');
});

test.describe('a title that is typed just before leaving', () => {
  const WAYS = {
    'by a link': (page: Page) => page.getByRole('link', { name: 'Prompts', exact: true }).click(),
    'with the Back button': (page: Page) => page.goBack(),
    'by the address': (page: Page) => page.goto('/'),
  };
  for (const [way, leave] of Object.entries(WAYS)) {
    test(`is in the list: ${way}`, async ({ page, studio }) => {
      await studio.create({ title: 'Pome', prompt: { text: 'Write.' } });
      await open(page, '/');
      await titles(page).first().click();
      const bench = new Workbench(page);
      await live(page);
      await bench.title.fill('Poem');
      await leave(page);
      await expect(titles(page)).toHaveText(['Poem']);
      await page.reload();
      await expect(titles(page)).toHaveText(['Poem']);
    });
  }
});

test('many prompts come in pages', async ({ page, studio }) => {
  for (let number = 1; number <= 53; number++) {
    await studio.create({ title: `Prompt ${number}` });
  }
  await open(page, '/');
  await expect(page.getByText('53 prompts', { exact: true })).toBeVisible();
  await expect(rows(page)).toHaveCount(50);
  await expect(titles(page).first()).toHaveText('Prompt 53');
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(titles(page)).toHaveText(['Prompt 3', 'Prompt 2', 'Prompt 1']);
  await expect(page).toHaveURL(/\?page=2$/);
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(rows(page)).toHaveCount(50);
});
