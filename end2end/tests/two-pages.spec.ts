// Two pages on one prompt: what one does, both see; nobody's words are overwritten in silence.

import type { Page } from '@playwright/test';

import { hold } from '../support/hold.ts';
import { expect, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const PROMPT = { text: 'Give three uses for the following item: {item}' };

/** Two pages of one browser on the same new prompt. */
async function two(page: Page, create: () => Promise<string>): Promise<[Workbench, Workbench]> {
  const path = await create();
  const one = await Workbench.open(page, path);
  return [one, await Workbench.open(await page.context().newPage(), path)];
}

test('both see the run, the feedback, the draft and the version', async ({ page, studio }) => {
  const [one, other] = await two(page, () =>
    studio.create({ title: 'Shared', prompt: PROMPT, values: { item: 'scissors' } }),
  );

  await one.run();
  await other.isDone();
  await expect(other.output).toHaveText(await one.output.innerText(), { useInnerText: true });

  await other.feedback.fill('Say it in one sentence each.');
  await expect(one.feedback).toHaveValue('Say it in one sentence each.');

  await other.draftButton.click();
  await other.isDrafted();
  await one.isDrafted();
  const changes = await other.draft.locator('ins').allInnerTexts();
  expect(changes.length).toBeGreaterThan(0);
  expect(await one.draft.locator('ins').allInnerTexts()).toEqual(changes);

  await one.accept.click();
  await expect(other.page.getByText('v2 · accepted draft')).toBeVisible();
  await expect(other.draft.getByText('Accepted as v2.')).toBeHidden();
  await expect(other.feedback).toHaveValue('');
  const prompts = async () => [await one.prompt.inputValue(), await other.prompt.inputValue()];
  await expect.poll(async () => new Set(await prompts()).size).toBe(1);
});

test('a draft whose version is no longer the newest says so and is made again', async ({ page, studio }) => {
  const [one, other] = await two(page, () =>
    studio.create({ title: 'Stale', prompt: PROMPT, values: { item: 'scissors' } }),
  );
  await one.run();
  await one.draftFrom('Say it in one sentence each.');
  await other.isDrafted();

  await other.prompt.fill('Give four uses for the following item: {item}');
  await other.saveButton.click();
  await expect(other.page.getByText('v2 · typed')).toBeVisible();

  await expect(one.draft).toContainText('v2 was saved after this draft was made on v1');
  await expect(one.accept).toBeDisabled();
  await expect(one.acceptAndRerun).toBeDisabled();
  await one.draft.getByText('What changed from v1 to v2').click();
  await expect(one.draft.locator('details ins')).toHaveText('four');
  await expect(one.draft.locator('details del')).toHaveText('three');

  await one.draftButton.click();
  await expect(one.draft).toContainText('on v2');
  await one.isDrafted();
  await one.accept.click();
  await expect(one.page.getByText('v3 · accepted draft')).toBeVisible();
  await expect(one.prompt).toHaveValue(/Give four uses/);
});

test.describe('a draft that is edited on both', () => {
  test.use({ expectedErrors: /status of 409/ });

  const text = (bench: Workbench) => bench.draft.getByRole('textbox', { name: 'Draft text' });

  /** Two pages that edit the same draft. */
  async function editing(page: Page, create: () => Promise<string>): Promise<[Workbench, Workbench]> {
    const [one, other] = await two(page, create);
    await one.run();
    await one.draftFrom('Say it in one sentence each.');
    await other.isDrafted();
    for (const bench of [one, other]) {
      await bench.draft.getByRole('button', { name: 'Edit draft' }).click();
      await expect(text(bench)).toHaveValue(/\{item\}/);
    }
    return [one, other];
  }

  test('says the same on both', async ({ page, studio }) => {
    const [one, other] = await editing(page, () =>
      studio.create({ title: 'Edited', prompt: PROMPT, values: { item: 'scissors' } }),
    );
    await text(one).fill('Give five uses for: {item}');
    await expect(text(other)).toHaveValue('Give five uses for: {item}');
    await text(other).fill('Give six uses for: {item}');
    await expect(text(one)).toHaveValue('Give six uses for: {item}');
    await one.draft.getByRole('button', { name: 'Show diff' }).click();
    await text(other).fill('Give seven uses for: {item}');
    await expect(one.draft.locator('ins').first()).toContainText('seven');
    await one.accept.click();
    await expect(one.prompt).toHaveValue('Give seven uses for: {item}');
    await expect(text(other)).toBeHidden();
    await expect(other.page.getByText('What you typed is kept here')).toHaveCount(0);
  });

  for (const choice of ['Keep what is here', 'Take the other text'] as const) {
    test(`at once asks: ${choice}`, async ({ page, studio }) => {
      const [one, other] = await editing(page, () =>
        studio.create({ title: 'Edited', prompt: PROMPT, values: { item: 'scissors' } }),
      );
      const edit = await hold(page, '**/api/drafts/edit');
      await text(one).fill('Give five uses for: {item}');
      await edit.arrived;
      const saved = other.page.waitForResponse('**/api/drafts/edit');
      await text(other).fill('Give six uses for: {item}');
      await saved;
      edit.release();
      const notice = one.page.getByRole('note').filter({ hasText: 'also edited on another page' });
      await expect(notice).toContainText('Give six uses for: {item}');
      await expect(text(one)).toHaveValue('Give five uses for: {item}');
      await notice.getByRole('button', { name: choice }).click();
      await expect(notice).toBeHidden();
      const words = `Give ${choice === 'Keep what is here' ? 'five' : 'six'} uses for: {item}`;
      for (const bench of [one, other]) await expect(text(bench)).toHaveValue(words);
      await other.accept.click();
      await expect(one.prompt).toHaveValue(words);
    });
  }

  test('keeps what is typed into it while the other accepts it', async ({ page, studio }) => {
    const [one, other] = await editing(page, () =>
      studio.create({ title: 'Edited', prompt: PROMPT, values: { item: 'scissors' } }),
    );
    await text(other).fill('Give six uses for: {item}');
    await expect(text(one)).toHaveValue('Give six uses for: {item}');
    const edit = await hold(page, '**/api/drafts/edit');
    await text(one).fill('Give five uses for: {item}');
    await edit.arrived;
    await other.accept.click();
    await expect(other.page.getByText('v2 · accepted draft')).toBeVisible();
    edit.release();
    const kept = one.page.getByRole('note').filter({ hasText: 'What you typed is kept here' });
    await expect(kept).toContainText('Give five uses for: {item}');
    await page.reload();
    await expect(kept).toContainText('Give five uses for: {item}');
    await kept.getByRole('button', { name: 'Put it into the prompt' }).click();
    await expect(kept).toBeHidden();
    await expect(one.prompt).toHaveValue('Give five uses for: {item}');
    await one.isSaved();
  });
});

for (const choice of ['Keep what is here', 'Take the other text'] as const) {
  test.describe(choice, () => {
    test.use({ expectedErrors: /status of 409/ });

    test('typing on both pages at once asks which text to go on with', async ({ page, studio }) => {
      const [one, other] = await two(page, () => studio.create({ title: 'Typed twice' }));

      // The first page's save is held back until the second page saved.
      const save = await hold(page, '**/api/workbench/type');
      await one.prompt.fill('Words of the first page.');
      await save.arrived;
      const saved = other.page.waitForResponse('**/api/workbench/type');
      await other.prompt.fill('Words of the second page.');
      await saved;
      save.release();

      const notice = one.page.getByRole('note').filter({ hasText: 'typed in on another page' });
      await expect(notice).toBeVisible();
      await expect(one.prompt).toHaveValue('Words of the first page.');
      await notice.getByText('Compare').click();
      await expect(notice.locator('del')).toHaveText('second');
      await expect(notice.locator('ins')).toHaveText('first');
      await notice.getByRole('button', { name: choice }).click();

      const words = choice === 'Keep what is here' ? 'Words of the first page.' : 'Words of the second page.';
      await expect(notice).toBeHidden();
      await expect(one.page.locator('.notice-line')).toHaveText(
        'The text that was not chosen is kept as v1.',
      );
      await expect(one.prompt).toHaveValue(words);
      await expect(other.prompt).toHaveValue(words);
      await page.reload();
      await expect(one.prompt).toHaveValue(words);
    });
  });
}

test.describe('typing in different boxes', () => {
  test.use({ expectedErrors: /status of 409/ });

  test('on both pages at once asks nothing, and loses nothing', async ({ page, studio }) => {
    const [one, other] = await two(page, () => studio.create({ title: 'Typed twice', prompt: PROMPT }));
    const save = await hold(page, '**/api/workbench/type');
    await one.prompt.fill('Words of the first page.');
    await save.arrived;
    const saved = other.page.waitForResponse('**/api/workbench/type');
    await other.feedback.fill('Words of the second page.');
    await saved;
    save.release();
    for (const bench of [one, other]) {
      await expect(bench.prompt).toHaveValue('Words of the first page.');
      await expect(bench.feedback).toHaveValue('Words of the second page.');
      await expect(bench.page.getByRole('note').filter({ hasText: 'typed in on another page' })).toHaveCount(
        0,
      );
    }
    await one.isSaved();
    await page.reload();
    await expect(one.prompt).toHaveValue('Words of the first page.');
    await expect(one.feedback).toHaveValue('Words of the second page.');
  });
});

for (const way of ['accepting a draft', 'restoring a version'] as const) {
  test(`${way} keeps what the other page saved and this one has not heard of`, async ({ page, studio }) => {
    const [one, other] = await two(page, () =>
      studio.create({ title: 'Unheard', prompt: PROMPT, values: { item: 'scissors' } }),
    );
    if (way === 'accepting a draft') {
      await one.run();
      await one.draftFrom('Say it in one sentence each.');
    } else {
      await one.prompt.fill('Give two uses for the following item: {item}');
      await one.saveButton.click();
      await expect(other.prompt).toHaveValue(/two uses/);
      await one.openHistory();
    }
    const load = await hold(page, '**/api/workbench/typed');
    await other.prompt.fill('Words of the other page about {item}.');
    await load.arrived;
    if (way === 'accepting a draft') {
      await one.accept.click();
      await expect(one.page.locator('.notice-line')).toContainText('What you had typed is kept as v2.');
    } else {
      await one.version(1).getByRole('button', { name: 'Restore' }).click();
    }
    load.release();
    const kept = way === 'accepting a draft' ? 2 : 3;
    await expect(one.page.getByText(`v${kept + 1} · `)).toBeVisible();
    await one.openHistory();
    await one.version(kept).getByRole('button', { name: 'View' }).click();
    await expect(page.getByRole('group', { name: 'Prompt' })).toHaveText(
      'Words of the other page about {item}.',
    );
  });
}

test('the caret stays where it is while the other page types', async ({ page, studio }) => {
  const [one, other] = await two(page, () => studio.create({ title: 'Caret', prompt: PROMPT }));
  await one.prompt.focus();
  await one.prompt.evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(5, 10));
  const selected = () =>
    one.prompt.evaluate((box: HTMLTextAreaElement) => box.value.slice(box.selectionStart, box.selectionEnd));
  for (const text of ['Give three good uses for: {item}', 'Now: Give three good uses for: {item}']) {
    await other.prompt.fill(text);
    await expect(one.prompt).toHaveValue(text);
    expect(await selected()).toBe('three');
  }
  await expect(one.prompt).toBeFocused();
});
