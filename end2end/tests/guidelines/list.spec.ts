// The list of guidelines: written by hand, put in order, and still there while the server is away.

import { guided } from '../../support/guided.ts';
import { keepsFocus, tabTo } from '../../support/keyboard.ts';
import { expect, live, test } from '../../support/test.ts';

test.describe('the list', () => {
  test('is written by hand: add, edit, switch, delete, and undo in Changes', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await expect(bench.rewriteButton).toBeDisabled();
    for (const text of ['Name your sources.', 'Write whole sentences.']) {
      await bench.newGuideline.fill(text);
      await bench.addGuideline.click();
      await expect(bench.guideline(text)).toBeChecked();
      await expect(bench.newGuideline).toHaveValue('');
    }

    await page.getByRole('button', { name: 'Edit guideline 1' }).click();
    const text = page.getByRole('textbox', { name: 'Guideline text' });
    await expect(text).toBeFocused();
    await text.fill('Name two sources.');
    await page.getByRole('button', { name: 'Save guideline' }).click();
    await expect(bench.guideline('Name two sources.')).toBeVisible();
    // What was saved is no longer being typed, however soon the page is loaded again.
    await page.reload();
    await live(page);
    await expect(bench.guideline('Name two sources.')).toBeVisible();

    await bench.guideline('Write whole sentences.').uncheck();
    await expect(page.getByText('1 guideline is on', { exact: true })).toBeVisible();
    await page.reload();
    await live(page);
    await expect(bench.guideline('Write whole sentences.')).not.toBeChecked();
    await expect(bench.guideline('Name two sources.')).toBeChecked();

    await page.getByRole('button', { name: 'Delete guideline 1' }).click();
    await expect(bench.guidelines).toHaveCount(1);

    await bench.openChanges();
    const entries = bench.changes.getByRole('list', { name: 'Changes' }).getByRole('listitem');
    await expect(entries).toContainText([/^Removed/, /^Switched off/, /^Edited/, /^Added/, /^Added/]);
    // What was edited is gone, so undoing that could do nothing.
    await expect(entries.nth(2).getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await entries.first().getByRole('button', { name: 'Undo' }).click();
    await expect(entries).toContainText([
      /^Undid/,
      /^Removed\s*undone/,
      /^Switched/,
      /^Edited/,
      /^Added/,
      /^Added/,
    ]);
    await entries.nth(3).getByRole('button', { name: 'Undo' }).click();
    await expect(entries).toHaveCount(7);
    await bench.close();
    await expect(bench.guidelines.locator('label')).toHaveText([
      'Name your sources.',
      'Write whole sentences.',
    ]);
    await expect(bench.guideline('Write whole sentences.')).not.toBeChecked();
  });

  test('is put in order with the keyboard, and the focus stays on the button', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['One.', 'Two.', 'Three.'] });
    const labels = bench.guidelines.locator('label');
    await tabTo(page, page.getByRole('button', { name: 'Move guideline 1 down' }));
    await page.keyboard.press('Enter');
    await expect(labels).toHaveText(['Two.', 'One.', 'Three.']);
    await expect(page.getByRole('button', { name: 'Move guideline 2 down' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(labels).toHaveText(['Two.', 'Three.', 'One.']);
    await expect(page.getByRole('button', { name: 'Move guideline 3 down' })).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Move guideline 3 up' }));
    await page.keyboard.press('Enter');
    await expect(labels).toHaveText(['Two.', 'One.', 'Three.']);
    await expect(page.getByRole('button', { name: 'Move guideline 2 up' })).toBeFocused();
    await page.reload();
    await expect(labels).toHaveText(['Two.', 'One.', 'Three.']);
  });

  test('loses one guideline to a double click', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['One.', 'Two.', 'Three.'] });
    const box = await page.getByRole('button', { name: 'Delete guideline 1' }).boundingBox();
    const [x, y] = [(box?.x ?? 0) + 5, (box?.y ?? 0) + 5];
    await page.mouse.click(x, y);
    await expect(bench.guidelines).toHaveCount(2);
    await page.mouse.click(x, y);
    await bench.guideline('Two.').uncheck();
    await expect(bench.guidelines.locator('label')).toHaveText(['Two.', 'Three.']);
  });

  test('keeps the focus near what a press takes away', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['One.', 'Two.', 'Three.'] });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await button('Edit guideline 2').press('Enter');
    await expect(page.getByRole('textbox', { name: 'Guideline text' })).toBeFocused();
    await button('Cancel').press('Enter');
    await expect(button('Edit guideline 2')).toBeFocused();
    await button('Delete guideline 2').press('Enter');
    await expect(bench.guidelines).toHaveCount(2);
    await expect(button('Delete guideline 2')).toBeFocused();
  });

  test('is put in order by dragging', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['One.', 'Two.', 'Three.'] });
    await bench.guidelines.first().dragTo(bench.guidelines.last());
    await expect(bench.guidelines.locator('label')).toHaveText(['Two.', 'Three.', 'One.']);
  });

  test('keeps the focus somewhere, whatever a press takes away', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['One.', 'Two.'] });
    await bench.run();
    const press = async (name: string, then: () => Promise<void>) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      await then();
      await keepsFocus(page, name);
    };
    const text = page.getByRole('textbox', { name: 'Guideline text' });
    await press('Edit guideline 1', () => expect(text).toBeVisible());
    await press('Cancel', () => expect(text).toBeHidden());
    await press('Edit guideline 1', () => expect(text).toBeVisible());
    await text.fill('First.');
    await press('Save guideline', () => expect(bench.guideline('First.')).toBeVisible());
    await press('Delete guideline 1', () => expect(bench.guidelines).toHaveCount(1));
    await bench.newGuideline.fill('Three.');
    await press('Add guideline', () => expect(bench.guidelines).toHaveCount(2));
    await press('Edit output', () => expect(bench.corrected).toBeVisible());
    await press('Discard edit', () => expect(bench.corrected).toBeHidden());
    await press('Suggest critiques', () => expect(bench.suggested('critiques')).toHaveCount(3));
    await press('Dismiss suggestions', () => expect(bench.suggested('critiques')).toHaveCount(0));
    await bench.feedback.fill('Leave out the closing line.');
    await press('Critique', () => expect(bench.guidelines).toHaveCount(3));
    await press('Draft 3', () => expect(bench.candidates).toHaveCount(3));
    await press('Reject', () => expect(bench.candidates.getByText('(rejected)')).toHaveCount(1));
  });
});

test.describe('while the server is away', () => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED/ });

  test('the list stays as the server has it, and says nothing else', async ({ page, studio, context }) => {
    const bench = await guided(page, studio, { guidelines: ['Name your sources.'] });
    const away = bench.alert('The Attune server does not answer.');
    await context.setOffline(true);
    // Not uncheck(): the switch is to be on again right after it.
    await bench.switches.click();
    await expect(away).toBeVisible();
    await expect.soft(bench.switches, 'the switch is back where it was').toBeChecked();
    await away.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Delete guideline 1' }).click();
    await expect(away).toBeVisible();
    await expect(bench.guidelines).toHaveCount(1);
    await expect.soft(page.getByText('Guideline removed.')).toHaveCount(0);
    await bench.newGuideline.fill('Be brief.');
    await bench.addGuideline.click();
    await expect(bench.newGuideline).toHaveValue('Be brief.');
    await context.setOffline(false);
    await bench.isSaved();
    await bench.addGuideline.click();
    await expect(bench.guideline('Be brief.')).toBeChecked();
  });
});
