// A draft until it is decided on: edit it, ask for another, go back, say no, say yes.

import type { Page } from '@playwright/test';

import type { Studio } from '../support/studio.ts';
import { expect, live, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const TEXT = 'Give three uses for the following item: {item}';

/** A prompt with an output to say something about. */
async function ran(page: Page, studio: Studio): Promise<Workbench> {
  const path = await studio.create({
    title: 'Creative uses',
    prompt: { text: TEXT },
    values: { item: 'scissors' },
  });
  const bench = await Workbench.open(page, path);
  await bench.run();
  return bench;
}

test('it is edited by hand, survives a reload, and becomes the version as edited', async ({
  page,
  studio,
}) => {
  const bench = await ran(page, studio);
  await bench.draftFrom('Say it in one sentence each.');
  await bench.draft.getByRole('button', { name: 'Edit draft' }).click();
  const text = bench.draft.getByRole('textbox', { name: 'Draft text' });
  await expect(text).toHaveValue(/\{item\}/);
  await text.fill('Give five uses for the following item: {item}');
  await bench.draft.getByRole('button', { name: 'Show diff' }).click();
  await expect(bench.draft.locator('ins')).toHaveText('five');
  await expect(bench.draft.locator('del')).toHaveText('three');

  await page.reload();
  await bench.isDrafted();
  await expect(bench.draft.locator('ins')).toHaveText('five');
  await bench.acceptAndRun(2);
  await expect(bench.prompt).toHaveValue('Give five uses for the following item: {item}');
});

test('what is typed into it right before a reload is kept', async ({ page, studio }) => {
  const bench = await ran(page, studio);
  await bench.draftFrom('Say it in one sentence each.');
  await bench.draft.getByRole('button', { name: 'Edit draft' }).click();
  const text = bench.draft.getByRole('textbox', { name: 'Draft text' });
  await text.fill('Give five uses for the following item: {item}');
  await page.reload();
  await live(page);
  await expect(text).toHaveValue('Give five uses for the following item: {item}');
  await bench.isSaved();
  await page.reload();
  await bench.isDrafted();
  await expect(bench.draft.locator('ins')).toHaveText('five');
});

test('the proposal is one click away from an edit', async ({ page, studio }) => {
  const bench = await ran(page, studio);
  await bench.draftFrom('Say it in one sentence each.');
  const proposed = await bench.draft.locator('ins').allInnerTexts();
  const edit = bench.draft.getByRole('button', { name: 'Edit draft' });
  await edit.click();
  await bench.draft.getByRole('textbox', { name: 'Draft text' }).fill('Only {item}.');
  await bench.draft.getByRole('button', { name: 'Show diff' }).click();
  await expect(bench.draft.locator('ins').first()).toHaveText(/Only/);
  await edit.click();
  await bench.draft.getByRole('button', { name: 'Back to the proposal' }).click();
  await expect.poll(() => bench.draft.locator('ins').allInnerTexts()).toEqual(proposed);
});

test('its diagnosis is folded beside it', async ({ page, studio }) => {
  const bench = await ran(page, studio);
  await bench.draftFrom('Say it in one sentence each.');
  const wish = bench.draft.getByText('Wish: ');
  await expect(wish).toBeHidden();
  await bench.draft.getByText('Diagnosis', { exact: true }).click();
  await expect(wish).toContainText('F1');
});

test('changed feedback gives another draft, and the earlier one can still be taken', async ({
  page,
  studio,
}) => {
  const bench = await ran(page, studio);
  await bench.draftFrom('Say it in one sentence each.');
  const first = await bench.draft.locator('ins').allInnerTexts();
  await expect(bench.draftButton).toHaveText('Redraft');

  await bench.feedback.fill('Write for experienced makers.');
  await bench.draftButton.click();
  await expect(bench.draft.getByRole('heading', { name: 'Draft 2' })).toBeVisible();
  await bench.isDrafted();
  expect(await bench.draft.locator('ins').allInnerTexts()).not.toEqual(first);

  await expect(bench.candidates).toHaveText(['Draft 1 on v1', 'Draft 2 on v1']);
  await bench.candidates.first().click();
  await expect(bench.candidates.first()).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => bench.draft.locator('ins').allInnerTexts()).toEqual(first);
  await bench.accept.click();
  await expect(page.getByText('v2 · accepted draft')).toBeVisible();
  for (const added of first) expect(await bench.prompt.inputValue()).toContain(added.trim());
});

test('a rejected one changes nothing and stays in the history of its version', async ({ page, studio }) => {
  const bench = await ran(page, studio);
  await bench.draftFrom('Say it in one sentence each.');
  await bench.reject.click();
  await expect(bench.candidates).toHaveText(['Draft 1 on v1 (rejected)']);
  await expect(bench.accept).toBeHidden();
  await expect(bench.prompt).toHaveValue(TEXT);
  await expect(bench.feedback).toHaveValue('Say it in one sentence each.');

  await bench.candidates.first().click();
  await expect(bench.draft).toContainText('Rejected.');
  await page.goto(`${new URL(page.url()).pathname}/versions/1`);
  const kept = page.getByRole('article').filter({ hasText: 'Draft 1' });
  await expect(kept).toContainText('rejected');
  await expect(kept.getByRole('list', { name: 'Feedback' })).toHaveText('Say it in one sentence each.');
});

test('typed text that is not saved becomes a version of its own before a draft is accepted', async ({
  page,
  studio,
}) => {
  const bench = await ran(page, studio);
  await bench.draftFrom('Say it in one sentence each.');
  await bench.prompt.fill('Something else entirely about {item}.');
  await bench.isSaved();
  await bench.accept.click();
  await expect(page.getByText('v3 · accepted draft')).toBeVisible();
  await expect(bench.prompt).toHaveValue(/Give three uses/);
  await bench.openHistory();
  await expect(bench.versions).toHaveCount(3);
  await expect(bench.version(2)).toContainText('typed');
  await bench.version(2).getByRole('button', { name: 'View' }).click();
  await expect(page.getByRole('group', { name: 'Prompt' })).toHaveText(
    'Something else entirely about {item}.',
  );
});

test('words typed after a draft was asked for stay when it is accepted', async ({ page, studio }) => {
  const bench = await ran(page, studio);
  await bench.draftFrom('Say it in one sentence each.');
  await bench.feedback.fill('Say it in one sentence each. And name a price.');
  await bench.isSaved();
  await bench.accept.click();
  await expect(page.getByText('v2 · accepted draft')).toBeVisible();
  await expect(bench.feedback).toHaveValue('Say it in one sentence each. And name a price.');
  await page.reload();
  await expect(bench.feedback).toHaveValue('Say it in one sentence each. And name a price.');
});

test.describe('on a wide screen', () => {
  test.use({ viewport: { width: 1920, height: 1080 } });

  test('its changes are shown inline or side by side', async ({ page, studio }) => {
    const bench = await ran(page, studio);
    await bench.draftFrom('Say it in one sentence each.');
    await bench.draft.getByRole('radio', { name: 'Side by side' }).check();
    const before = bench.draft.locator('.diff').first();
    const after = bench.draft.locator('.diff').last();
    await expect(before.locator('ins')).toHaveCount(0);
    await expect(before).toContainText(TEXT);
    await expect(after.locator('ins').first()).toBeVisible();
    const [left, right] = [await before.boundingBox(), await after.boundingBox()];
    expect(right?.x ?? 0).toBeGreaterThanOrEqual((left?.x ?? 0) + (left?.width ?? 0));
  });
});

test.describe('that takes long', () => {
  test.use({ demoDelayMs: 80 });

  test('is shown while it is written, can be stopped, and asked for again', async ({ page, studio }) => {
    const bench = await ran(page, studio);
    await bench.feedback.fill('Say it in one sentence each.');
    await bench.draftButton.click();
    const stop = page.getByRole('button', { name: 'Stop drafting' });
    await expect(bench.draft.getByRole('status')).toHaveText(/^(Reading|Writing)$/);
    await expect(bench.draft.getByText('Wish:')).toBeVisible();
    expect(await bench.draft.innerText()).not.toContain('<');
    await expect(bench.draft.locator('.streaming')).not.toBeEmpty();
    await expect(bench.draft.getByText('Wish:')).toBeHidden();
    expect(await bench.draft.innerText()).not.toContain('<');
    await stop.click();
    await expect(bench.alert('You stopped this draft.')).toBeVisible();
    await bench.draft.getByText('Show reply').click();
    await expect(bench.draft.locator('details pre')).not.toBeEmpty();
    await bench.draftButton.click();
    await bench.isDrafted();
  });
});

test.describe('that loses a variable', () => {
  // The server answers 409 to ask for a confirmation, and the browser says so in its console.
  test.use({ expectedErrors: /status of 409/ });

  test('is accepted only after the person confirmed it', async ({ page, studio }) => {
    const bench = await ran(page, studio);
    await bench.draftFrom('Say it in one sentence each.');
    await bench.draft.getByRole('button', { name: 'Edit draft' }).click();
    const text = bench.draft.getByRole('textbox', { name: 'Draft text' });
    await expect(bench.acceptAndRerun).toHaveClass(/primary/);
    await text.fill('Give three uses for scissors.');
    await expect(bench.draft.getByText('The variable {item} is gone.')).toBeVisible();
    await expect(bench.acceptAndRerun).not.toHaveClass(/primary/);
    await bench.accept.click();
    const question = page.getByRole('dialog', { name: 'Accept this draft anyway?' });
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expect(question.getByText('The variable {item} is gone.')).toBeVisible();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toBeHidden();
    await expect(page.getByText('v1 · typed')).toBeVisible();

    await bench.acceptAndRerun.click();
    await question.getByRole('button', { name: 'Accept anyway' }).click();
    await expect(question).toBeHidden();
    await expect(bench.status).toContainText('v2');
    await bench.isDone();
    await expect(bench.prompt).toHaveValue('Give three uses for scissors.');
    await expect(bench.variable('item')).toHaveCount(0);
  });
});
