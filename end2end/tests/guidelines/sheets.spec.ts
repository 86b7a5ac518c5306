// The sheets behind the list: guideline sets, and every change of the guidelines.

import { guided } from '../../support/guided.ts';
import { keepsFocus } from '../../support/keyboard.ts';
import { expect, live, test } from '../../support/test.ts';
import { Workbench } from '../../support/workbench.ts';

/** What the open sheet of sets tells to everybody. */
function told(bench: Workbench, words: string) {
  return bench.sets.getByRole('status').filter({ hasText: words });
}

test.describe('a set', () => {
  test('is saved, applied to another prompt, and shows where it is used', async ({ page, studio }) => {
    const guidelines = ['Name your sources.', 'Write whole sentences.'];
    const bench = await guided(page, studio, { title: 'Essay', guidelines });
    await bench.openSets();
    const name = bench.sets.getByRole('textbox', { name: 'Set name' });
    await name.fill('House style');
    await name.press('Enter');
    await expect(bench.set('House style')).toContainText('2 guidelines');
    await expect(told(bench, 'The set “House style” is saved.')).toBeVisible();
    await bench.close();

    await page.goto(await studio.create({ title: 'Report', guidelines: ['Be brief.'] }));
    await live(page);
    await bench.guide();
    await bench.openSets();
    await bench.set('House style').getByText('Guidelines in it').click();
    for (const text of guidelines) await expect(bench.set('House style')).toContainText(text);
    await expect(bench.set('House style').getByRole('link', { name: 'Report' })).toHaveCount(0);
    await bench.set('House style').getByRole('button', { name: 'Apply to this prompt' }).click();
    await expect(bench.set('House style').getByRole('link', { name: 'Report' })).toBeVisible();
    await expect(told(bench, 'The set “House style” is applied.')).toBeVisible();
    await bench.close();
    await expect(bench.guidelines.locator('label')).toHaveText(['Be brief.', ...guidelines]);
    await bench.guidelines.last().getByText('Origin').click();
    await expect(bench.guidelines.last()).toContainText('From the set “House style”');

    await bench.openSets();
    const ask = bench.set('House style').getByRole('button', { name: 'Delete set' });
    const answers = bench.set('House style').getByRole('group', { name: 'Delete this set?' });
    await ask.click();
    await answers.getByRole('button', { name: 'Keep' }).click();
    await expect(answers).toBeHidden();
    await ask.click();
    await bench.close();
    await bench.openSets();
    await expect(answers).toBeHidden();
    await ask.click();
    await answers.getByRole('button', { name: 'Delete for good' }).click();
    await expect(bench.sets).toContainText('No set yet.');
    await expect(told(bench, 'The set “House style” is deleted.')).toBeVisible();
    await bench.close();
    await expect(bench.guidelines).toHaveCount(3);
  });

  test.describe('under a name that is taken', () => {
    test.use({ expectedErrors: /status of 409/ });

    test('replaces the other only when that is asked for', async ({ page, studio }) => {
      const bench = await guided(page, studio, { guidelines: ['Name your sources.'] });
      const name = bench.sets.getByRole('textbox', { name: 'Set name' });
      const save = bench.sets.getByRole('button', { name: 'Save set' });
      await bench.openSets();
      await name.fill('House style');
      await save.click();
      await expect(bench.set('House style')).toContainText(/1 guideline(?!s)/);
      await bench.close();
      await bench.newGuideline.fill('Be brief.');
      await bench.addGuideline.click();
      await expect(bench.guidelines).toHaveCount(2);
      await bench.openSets();
      await name.fill('House style');
      await save.click();
      await expect(bench.sets.getByRole('alert')).toBeVisible();
      await bench.sets.getByRole('button', { name: 'Replace set' }).click();
      await expect(bench.set('House style')).toContainText('2 guidelines');
      await expect(bench.sets.getByRole('alert')).toBeHidden();
      await expect(name).toHaveValue('');
    });
  });

  test('and the list are copied as Markdown and as JSON', async ({ page, studio, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: studio.url });
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    const guidelines = ['Name your sources.', 'Say "why".'];
    const bench = await guided(page, studio, { title: 'Essay', guidelines });
    await bench.openSets();
    await bench.sets.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect.poll(clipboard).toBe('# Essay\n\n- Name your sources.\n- Say "why".\n');
    await expect(told(bench, 'Guidelines copied.')).toBeVisible();
    await bench.sets.getByRole('button', { name: 'Copy as JSON' }).click();
    await expect.poll(async () => JSON.parse(await clipboard())).toEqual({ name: 'Essay', guidelines });

    await bench.sets.getByRole('textbox', { name: 'Set name' }).fill('House style');
    await bench.sets.getByRole('button', { name: 'Save set' }).click();
    await bench.set('House style').getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect.poll(clipboard).toContain('# House style\n');
  });
});

test('the sheets keep the focus, whatever a press takes away', async ({ page, studio }) => {
  const path = await studio.create({ title: 'Essay', guidelines: ['Name your sources.'] });
  const bench = await Workbench.open(page, path);
  await bench.guide();
  const press = async (name: string, then: () => Promise<void>) => {
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).first().focus();
    await page.keyboard.press('Enter');
    await then();
    await keepsFocus(page, name);
  };
  await bench.openSets();
  await bench.sets.getByRole('textbox', { name: 'Set name' }).fill('House style');
  await press('Save set', () => expect(bench.set('House style')).toBeVisible());
  await bench.close();

  await page.goto(await studio.create({ title: 'Report' }));
  await live(page);
  await bench.guide();
  await bench.openSets();
  await press('Apply to this prompt', () =>
    expect(bench.set('House style').getByRole('link', { name: 'Report' })).toBeVisible(),
  );
  const forGood = bench.sets.getByRole('button', { name: 'Delete for good' });
  await press('Delete set', () => expect(forGood).toBeVisible());
  await press('Delete for good', () => expect(bench.set('House style')).toHaveCount(0));
  await bench.close();
  await bench.openChanges();
  await press('Undo', () => expect(bench.changes.getByText('undone')).toBeVisible());
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('nothing in a sheet covers its Close button', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: [...'ABCDEFGH'].map((name) => `${name}.`) });
    for (const [open, sheet, first] of [
      [() => bench.openSets(), bench.sets, bench.sets.getByText('Keep the guidelines')],
      [() => bench.openChanges(), bench.changes, bench.changes.getByText('Added', { exact: true }).first()],
    ] as const) {
      await open();
      await expect(first).toBeVisible();
      const close = await sheet.getByRole('button', { name: 'Close' }).boundingBox();
      const below = await first.boundingBox();
      const end = (close?.y ?? 0) + (close?.height ?? 0);
      expect.soft(below?.y, (await sheet.getAttribute('aria-label')) ?? '').toBeGreaterThanOrEqual(end);
      await bench.close();
    }
  });
});
