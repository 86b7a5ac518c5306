// What is said about an output: critiques, praise and corrected outputs become guidelines or proposals.

import { guided } from '../../support/guided.ts';
import { expect, live, test } from '../../support/test.ts';

test.describe('what is said about an output', () => {
  test('praise becomes a guideline that keeps what is good', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await bench.run();
    await bench.suggest('kudos', 'short title');
    await bench.kudos.click();
    await expect(bench.guidelines.locator('label')).toHaveText(/short title/);
    await bench.guidelines.getByText('Origin').click();
    await expect(bench.guidelines).toContainText('Distilled from kudos');
  });

  test('an edited output shows its difference and becomes a guideline', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await bench.run();
    const edit = page.getByRole('button', { name: 'Edit output' });
    const learn = page.getByRole('button', { name: 'Learn from edit' });
    await edit.click();
    await expect(bench.corrected).toBeFocused();
    await expect(learn).toBeDisabled();
    await page.getByRole('button', { name: 'Discard edit' }).click();
    await expect(bench.corrected).toBeHidden();

    await edit.click();
    const closing = "Let me know if you'd like more!";
    const output = await bench.corrected.inputValue();
    expect(output).toContain(closing);
    await bench.corrected.fill(output.replace(closing, '').trim());
    const difference = page.getByRole('group').filter({ hasText: 'Difference to the output' });
    await difference.getByText('Difference to the output').click();
    await expect(difference.locator('del')).toHaveText(closing);
    await expect(difference.locator('ins')).toHaveCount(0);
    await learn.click();
    await expect(bench.guidelines.locator('label')).toHaveText(/without a closing line/);
    await expect(bench.corrected).toBeHidden();
    await bench.guidelines.getByText('Origin').click();
    await expect(bench.guidelines).toContainText('Distilled from a corrected output');
  });

  test('what a guideline says already changes none', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Give exactly five uses.'] });
    await bench.run();
    await bench.feedback.fill('I want five instead');
    await bench.critique.click();
    await expect(page.getByText('No guideline changes.')).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss notice' }).click();
    await expect(page.getByText('No guideline changes.')).toBeHidden();
    await expect(bench.guideline('Give exactly five uses.')).toBeVisible();
  });

  test('a proposed edit is a card, and changes nothing before it is accepted', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Give exactly four uses.'] });
    await bench.run();
    const ask = async () => {
      await bench.feedback.fill('I want five instead');
      await bench.critique.click();
      await expect(bench.proposal('edit').locator('del')).toHaveText('four');
      await expect(bench.proposal('edit').locator('ins')).toHaveText('five');
      await expect(bench.guideline('Give exactly four uses.')).toBeVisible();
    };
    await ask();
    await bench.proposal('edit').getByRole('button', { name: 'Dismiss' }).click();
    await expect(bench.proposal('edit')).toBeHidden();
    await expect(bench.guideline('Give exactly four uses.')).toBeVisible();

    await ask();
    await page.reload();
    await live(page);
    await bench.proposal('edit').getByRole('button', { name: 'Accept proposal' }).click();
    await expect(bench.guideline('Give exactly five uses.')).toBeVisible();
    await expect(bench.proposal('edit')).toBeHidden();
    await expect(bench.guidelines).toHaveCount(1);

    await bench.openChanges();
    const entries = bench.changes.getByRole('list', { name: 'Changes' }).getByRole('listitem');
    await expect(entries).toContainText([
      /^Edited/,
      /^Edit proposed/,
      /^Edit proposed\s*dismissed/,
      /^Added/,
    ]);
    // What was accepted is undone by undoing the edit; the proposal itself has nothing to undo.
    await expect(entries.nth(1).getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await entries.first().getByRole('button', { name: 'Undo' }).click();
    await bench.close();
    await expect(bench.guideline('Give exactly four uses.')).toBeVisible();
  });

  test('a proposal about words that are others by now cannot be accepted', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Give exactly four uses.'] });
    await bench.run();
    await bench.feedback.fill('I want five instead');
    await bench.critique.click();
    await expect(bench.proposal('edit')).toBeVisible();
    await page.getByRole('button', { name: 'Edit guideline 1' }).click();
    await page.getByRole('textbox', { name: 'Guideline text' }).fill('Give exactly six uses.');
    await page.getByRole('button', { name: 'Save guideline' }).click();
    await expect(bench.proposal('edit')).toContainText('This guideline was edited meanwhile.');
    await expect(bench.proposal('edit').getByRole('button', { name: 'Accept proposal' })).toBeDisabled();
    await bench.proposal('edit').getByRole('button', { name: 'Dismiss' }).click();
    await expect(bench.guideline('Give exactly six uses.')).toBeVisible();
  });

  test('so is a proposed removal', async ({ page, studio }) => {
    const text = 'Put a fitting emoji before each use.';
    const bench = await guided(page, studio, { guidelines: ['Give exactly five uses.', text] });
    await bench.run();
    const ask = async () => {
      await bench.feedback.fill('No need for emoji.');
      await bench.critique.click();
      await expect(bench.proposal('removal').locator('del')).toHaveText(text);
      await expect(bench.guideline(text)).toBeVisible();
    };
    await ask();
    await bench.proposal('removal').getByRole('button', { name: 'Dismiss' }).click();
    await expect(bench.proposal('removal')).toBeHidden();
    await expect(bench.guidelines).toHaveCount(2);

    await ask();
    await bench.proposal('removal').getByRole('button', { name: 'Accept proposal' }).click();
    await expect(bench.guideline(text)).toHaveCount(0);
    await expect(bench.guideline('Give exactly five uses.')).toBeVisible();
    await expect(bench.proposal('removal')).toBeHidden();
  });
});
