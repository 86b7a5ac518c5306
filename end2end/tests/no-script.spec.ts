// Without JavaScript the pages are complete to read, say what is missing, and their forms work.

import { expect, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const PROMPT = {
  title: 'Creative uses',
  prompt: { text: 'Give three uses for the following item: {item}', system_instructions: 'Be brief.' },
  values: { item: 'scissors' },
};

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every page shows its content and says what is missing', async ({ page, studio, browser }) => {
    const path = await studio.create(PROMPT);
    const scripted = await browser.newContext({ javaScriptEnabled: true });
    const bench = await Workbench.open(await scripted.newPage(), studio.url + path);
    await bench.run();
    const output = await bench.output.innerText();
    await bench.draftFrom('Say it in one sentence each.');
    const added = await bench.draft.locator('ins').first().innerText();
    await bench.isSaved();
    await scripted.close();

    const note = page.getByRole('note').filter({ hasText: 'needs JavaScript' });
    await page.goto(path);
    await expect(note).toBeVisible();
    const read = new Workbench(page);
    await expect(read.prompt).toHaveValue(PROMPT.prompt.text);
    await expect(read.system).toHaveValue('Be brief.');
    await expect(read.variable('item')).toHaveValue('scissors');
    await expect(read.feedback).toHaveValue('Say it in one sentence each.');
    await expect(read.output).toHaveText(output, { useInnerText: true });
    await expect(read.draft.locator('ins').first()).toHaveText(added);
    await expect(read.runButton).toBeDisabled();
    await expect(read.accept).toBeDisabled();

    await page.goto(`${path}/versions/1`);
    await expect(note).toBeVisible();
    await expect(page.getByRole('group', { name: 'Prompt' })).toHaveText(PROMPT.prompt.text);
    await page.goto('/settings');
    await expect(note).toBeVisible();
    await expect(page.getByRole('main')).toContainText('GEMINI_API_KEY');
  });

  test('prompts are found with a plain form', async ({ page, studio }) => {
    await studio.create(PROMPT);
    await studio.create({ title: 'Poem' });
    await page.goto('/');
    await expect(page.getByRole('list', { name: 'Prompts' }).locator('> li')).toHaveCount(2);
    await page.getByRole('searchbox', { name: 'Search prompts' }).fill('uses');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'Creative uses' }).click();
    await expect(page.getByRole('heading', { name: 'Creative uses', level: 1 })).toBeAttached();
  });
});

test('the content is there before the wasm', async ({ page, studio }) => {
  const path = await studio.create(PROMPT);
  await page.route('**/*.wasm', () => {});
  await page.goto(path, { waitUntil: 'commit' });
  const bench = new Workbench(page);
  await expect(bench.prompt).toHaveValue(PROMPT.prompt.text);
  await expect(bench.runButton).toBeVisible();
  await expect(bench.runButton).toBeDisabled();
  await expect(page.getByText('needs JavaScript')).toBeHidden();
});
