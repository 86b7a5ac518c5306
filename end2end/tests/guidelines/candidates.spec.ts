// Three drafts at once.

import { guided } from '../../support/guided.ts';
import { expect, test } from '../../support/test.ts';

test('three drafts are tabs with arrow keys', async ({ page, studio }) => {
  const guidelines = ['Give exactly five uses.', 'Write whole sentences.'];
  const bench = await guided(page, studio, { guidelines });
  await bench.draft3.click();
  await expect(bench.candidates).toHaveText(['Draft 1 on v1', 'Draft 2 on v1', 'Draft 3 on v1']);
  await bench.candidates.first().click();
  const seen = new Set<string>();
  for (const [place, number] of [1, 2, 3].entries()) {
    await expect(bench.candidates.nth(place)).toBeFocused();
    await expect(bench.candidates.nth(place)).toHaveAttribute('aria-selected', 'true');
    await expect(bench.draft.getByRole('heading', { name: `Draft ${number}`, exact: true })).toBeVisible();
    seen.add((await bench.draft.locator('ins').allInnerTexts()).join('|'));
    await page.keyboard.press('ArrowRight');
  }
  expect(seen.size).toBe(3);
  await expect(bench.candidates.first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(bench.candidates.last()).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(bench.draft.getByRole('heading', { name: 'Draft 2', exact: true })).toBeVisible();
  const text = await bench.draft.locator('ins').allInnerTexts();
  await bench.accept.click();
  await expect(page.getByText('v2 · accepted draft')).toBeVisible();
  for (const added of text) expect(await bench.prompt.inputValue()).toContain(added.trim());
});

test.describe('three drafts that take long', () => {
  test.use({ demoDelayMs: 40 });

  test('keep the focus on their tab when they are complete', async ({ page, studio }) => {
    const bench = await guided(page, studio, {
      guidelines: ['Give exactly five uses.', 'Write whole sentences.'],
    });
    await bench.draft3.click();
    await expect(bench.candidates).toHaveText([/writing/, /writing/, /writing/]);
    await bench.candidates.nth(1).click();
    await expect(bench.candidates).toHaveText([/on v1$/, /on v1$/, /on v1$/]);
    await bench.isDrafted();
    await expect(bench.candidates.nth(1)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(bench.draft.getByRole('heading', { name: 'Draft 3', exact: true })).toBeVisible();
  });
});

test.describe('three drafts of the direct workflow', () => {
  test('are tabs, too', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await page.getByRole('radio', { name: 'Direct', exact: true }).check();
    await bench.run();
    await bench.feedback.fill('Surprise me, in one sentence each, without mentioning paper.');
    await bench.draft3.click();
    await expect(bench.candidates).toHaveText(['Draft 1 on v1', 'Draft 2 on v1', 'Draft 3 on v1']);
    await expect(bench.hunk(1)).toHaveAccessibleName(/F1 “Surprise me/);
  });
});

test.describe('three drafts that are nearly the same', () => {
  test.use({ providers: ['openai'] });

  test('are marked so', async ({ page, studio }) => {
    const bench = await guided(page, studio, { alignmentModel: 'openai/echo', guidelines: ['Be kind.'] });
    await bench.draft3.click();
    await expect(bench.candidates).toHaveText([
      'Draft 1 on v1',
      'Draft 2 on v1 (nearly the same as draft 1)',
      'Draft 3 on v1 (nearly the same as draft 1)',
    ]);
  });
});
