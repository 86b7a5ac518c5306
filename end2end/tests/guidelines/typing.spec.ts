// What is typed for guidelines, on one page and on two.

import { guided } from '../../support/guided.ts';
import { hold } from '../../support/hold.ts';
import { expect, live, test } from '../../support/test.ts';
import { Workbench } from '../../support/workbench.ts';

test('what is typed and not sent survives a reload', async ({ page, studio }) => {
  const bench = await guided(page, studio);
  await bench.run();
  await page.getByRole('button', { name: 'Edit output' }).click();
  await bench.corrected.fill('My own three uses.');
  await bench.newGuideline.fill('Name your sources.');
  await bench.feedback.fill('Too long.');
  await page.reload();
  await live(page);
  await expect(bench.corrected).toHaveValue('My own three uses.');
  await expect(bench.newGuideline).toHaveValue('Name your sources.');
  await expect(bench.feedback).toHaveValue('Too long.');
  await bench.isSaved();

  // The server has it: another browser shows it, too.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await live(page);
  await bench.guide();
  await expect(bench.corrected).toHaveValue('My own three uses.');
  await expect(bench.newGuideline).toHaveValue('Name your sources.');
});

test('two pages see the same guidelines, proposals and drafts', async ({ page, studio }) => {
  const one = await guided(page, studio, { guidelines: ['Give exactly four uses.'] });
  const other = await Workbench.open(await page.context().newPage(), new URL(page.url()).pathname);
  await other.guide();
  await one.newGuideline.fill('Write whole sentences.');
  await expect(other.newGuideline).toHaveValue('Write whole sentences.');
  await one.addGuideline.click();
  await expect(other.guideline('Write whole sentences.')).toBeChecked();
  await expect(other.newGuideline).toHaveValue('');
  await other.guideline('Write whole sentences.').uncheck();
  await expect(one.guideline('Write whole sentences.')).not.toBeChecked();
  await other.page.getByRole('button', { name: 'Move guideline 2 up' }).click();
  await expect(one.guidelines.locator('label')).toHaveText([
    'Write whole sentences.',
    'Give exactly four uses.',
  ]);

  await one.run();
  await other.isDone();
  await one.feedback.fill('I want five instead');
  await one.critique.click();
  await other.proposal('edit').getByRole('button', { name: 'Accept proposal' }).click();
  for (const bench of [one, other]) {
    await expect(bench.guideline('Give exactly five uses.')).toBeVisible();
    await expect(bench.proposal('edit')).toBeHidden();
  }

  await other.rewrite();
  await one.isDrafted();
  expect(await one.draft.locator('ins').allInnerTexts()).toEqual(
    await other.draft.locator('ins').allInnerTexts(),
  );
  await one.hunk(1).click();
  await expect(other.hunk(1)).toHaveAttribute('aria-pressed', 'false');
  await one.hunk(1).click();
  await expect(other.hunk(1)).toHaveAttribute('aria-pressed', 'true');
  await one.accept.click();
  await expect(other.page.getByText('v2 · accepted draft')).toBeVisible();
  await expect(other.prompt).toHaveValue(/Give five uses/);
});

test.describe('other words for what is kept', () => {
  test('survive a reload, and follow to another page without taking its focus', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Be brief.'] });
    const text = page.getByRole('textbox', { name: 'Guideline text' });
    await bench.run();
    await page.getByRole('radio', { name: 'Direct', exact: true }).check();
    await bench.feedback.fill('Too long.');
    await page.getByRole('button', { name: 'Add another' }).click();
    await bench.guide();
    await bench.pieces.getByRole('button', { name: 'Edit feedback' }).click();
    const change = bench.pieces.getByRole('textbox', { name: 'Change feedback' });
    await expect(change).toBeFocused();
    await change.fill('Far too long.');
    await page.getByRole('button', { name: 'Edit guideline 1' }).click();
    await expect(text).toBeFocused();
    await text.fill('Be very brief.');

    await page.reload();
    await live(page);
    await expect(text).toHaveValue('Be very brief.');
    await expect(text).not.toBeFocused();
    await expect(change).toHaveValue('Far too long.');
    await bench.isSaved();

    const other = await Workbench.open(await page.context().newPage(), new URL(page.url()).pathname);
    await other.guide();
    const theirs = other.page.getByRole('textbox', { name: 'Guideline text' });
    await expect(theirs).toHaveValue('Be very brief.');
    await expect(theirs).not.toBeFocused();
    await other.page.getByRole('button', { name: 'Save guideline' }).click();
    await expect(bench.guideline('Be very brief.')).toBeVisible();
    await expect(text).toBeHidden();
    await page.getByRole('button', { name: 'Save feedback' }).click();
    await expect(other.pieces).toContainText('Far too long.');
    await expect(other.pieces.getByRole('textbox')).toHaveCount(0);
  });

  test('are never written over what changed meanwhile unseen', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Be brief.'] });
    const edit = page.getByRole('button', { name: 'Edit guideline 1' });
    const text = page.getByRole('textbox', { name: 'Guideline text' });
    const save = page.getByRole('button', { name: 'Save guideline' });
    await edit.click();
    await text.fill('Be kind.');
    await save.click();
    await expect(bench.guideline('Be kind.')).toBeVisible();
    await edit.click();
    await text.fill('Be kind and honest.');
    await bench.openChanges();
    await bench.changes.getByRole('button', { name: 'Undo' }).first().click();
    await expect(bench.changes.getByText('undone')).toBeVisible();
    await bench.close();
    await expect(bench.guidelines).toContainText(
      'It was changed meanwhile. Saving replaces what it says now: “Be brief.”',
    );
    await expect(text).toHaveValue('Be kind and honest.');
    await save.click();
    await expect(bench.guideline('Be kind and honest.')).toBeVisible();
  });

  test('are not lost when another page cancels them', async ({ page, studio }) => {
    await guided(page, studio, { guidelines: ['Be brief.'] });
    const text = page.getByRole('textbox', { name: 'Guideline text' });
    await page.getByRole('button', { name: 'Edit guideline 1' }).click();
    await text.fill('Be kind.');
    const other = await Workbench.open(await page.context().newPage(), new URL(page.url()).pathname);
    await other.guide();
    await expect(other.page.getByRole('textbox', { name: 'Guideline text' })).toHaveValue('Be kind.');
    await other.page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const notice = page.getByRole('note').filter({ hasText: 'was put away on another page' });
    await expect(notice).toContainText('“Be kind.”');
    await notice.getByRole('button', { name: 'Go on with it' }).click();
    await expect(notice).toBeHidden();
    await expect(text).toHaveValue('Be kind.');
    await page.getByRole('button', { name: 'Save guideline' }).click();
    await expect(other.guideline('Be kind.')).toBeVisible();
  });

  test('are not lost with the guideline', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Be brief.', 'Say why.'] });
    await page.getByRole('button', { name: 'Edit guideline 1' }).click();
    await page.getByRole('textbox', { name: 'Guideline text' }).fill('Be kind.');
    const other = await Workbench.open(await page.context().newPage(), new URL(page.url()).pathname);
    await other.guide();
    await other.openChanges();
    await other.changes.getByRole('button', { name: 'Undo' }).last().click();
    await expect(bench.guidelines.last()).toContainText('It was removed meanwhile.');
    await page.getByRole('button', { name: 'Add as a guideline' }).click();
    await expect(bench.guidelines.locator('label')).toHaveText(['Say why.', 'Be kind.']);
    await other.close();
    await expect(other.guidelines.locator('label')).toHaveText(['Say why.', 'Be kind.']);
  });

  test('are not lost with the feedback that a draft answered', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await page.getByRole('radio', { name: 'Direct', exact: true }).check();
    await bench.run();
    await bench.feedback.fill('Surprise me.');
    await page.getByRole('button', { name: 'Add another' }).click();
    await bench.draftFrom('Say it in one sentence each.');
    await bench.pieces.getByRole('button', { name: 'Edit feedback' }).click();
    // Accepted right away: what was typed is not on the server yet.
    await bench.pieces.getByRole('textbox', { name: 'Change feedback' }).fill('Surprise a maker.');
    await bench.accept.click();
    await expect(page.getByText('v2 · accepted draft')).toBeVisible();
    await expect(bench.pieces).toContainText('It was removed meanwhile.');
    await bench.pieces.getByRole('button', { name: 'Keep as feedback' }).click();
    await expect(bench.pieces.getByText('Surprise a maker.')).toBeVisible();
    await expect(bench.pieces).toHaveCount(1);
  });

  test.describe('when another page saved its own', () => {
    test.use({ expectedErrors: /status of 409/ });

    test('are refused, and that is said', async ({ page, studio }) => {
      const bench = await guided(page, studio, { guidelines: ['Be brief.'] });
      const text = page.getByRole('textbox', { name: 'Guideline text' });
      await page.getByRole('button', { name: 'Edit guideline 1' }).click();
      await text.fill('Words of the first page.');
      const save = await hold(page, '**/api/guidelines/edit');
      await page.getByRole('button', { name: 'Save guideline' }).click();
      await save.arrived;
      const other = await Workbench.open(await page.context().newPage(), new URL(page.url()).pathname);
      await other.guide();
      const theirs = other.page.getByRole('textbox', { name: 'Guideline text' });
      await theirs.fill('Words of the second page.');
      await other.page.getByRole('button', { name: 'Save guideline' }).click();
      await expect(other.guideline('Words of the second page.')).toBeVisible();
      save.release();
      await expect(bench.alert('This was given other words on another page meanwhile.')).toBeVisible();
      await expect(bench.guideline('Words of the second page.')).toBeVisible();
    });
  });
});
