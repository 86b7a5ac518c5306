// Alignment models that fail or take long.

import { guided } from '../../support/guided.ts';
import { expect, live, test } from '../../support/test.ts';

test.describe('an alignment model that fails', () => {
  test.use({ providers: ['openai'], env: { ATTUNE_RETRY_LIMIT: '1' } });

  for (const [model, says] of [
    ['openai/error-429-after-32', /rate limit reached/],
    ['openai/empty', /\S/],
    ['openai/cut', /broke off/],
  ] as const) {
    test(`on ${model} says so, keeps what was given, and can be asked again`, async ({ page, studio }) => {
      const bench = await guided(page, studio, { model: 'openai/echo', alignmentModel: model });
      await bench.run();
      await bench.feedback.fill('Name the bird in Latin.');
      await bench.critique.click();
      const alert = bench.alert('You gave: “Name the bird in Latin.”');
      await expect(alert).toContainText(says);
      await expect(bench.guidelines).toHaveCount(0);
      await page.reload();
      await live(page);
      await expect(alert).toContainText(says);

      await bench.choose('Alignment model', 'openai/echo');
      await alert.getByRole('button', { name: 'Ask again' }).click();
      await expect(bench.guideline('Name the bird in Latin.')).toBeChecked();
      await expect(alert).toBeHidden();
    });
  }

  test('has suggestions to give, and fails', async ({ page, studio }) => {
    const bench = await guided(page, studio, {
      model: 'openai/echo',
      alignmentModel: 'openai/error-429-after-32',
    });
    await bench.run();
    await page.getByRole('button', { name: 'Suggest critiques' }).click();
    await expect(bench.alert('rate limit reached')).toBeVisible();
    await bench.choose('Alignment model', 'openai/echo');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect(bench.suggested('critiques')).toHaveCount(3);
    await expect(bench.alert('rate limit reached')).toBeHidden();
  });

  test('fails a rewrite, and the next one follows the guidelines', async ({ page, studio }) => {
    const bench = await guided(page, studio, {
      alignmentModel: 'openai/error-429-after-32',
      guidelines: ['Be kind.'],
    });
    await bench.rewriteButton.click();
    await expect(bench.draft.getByRole('alert').filter({ hasText: 'rate limit reached' })).toBeVisible();
    await bench.choose('Alignment model', 'openai/echo');
    await bench.rewrite();
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(/Be kind\.$/);
  });
});

test.describe('an alignment model that takes long', () => {
  test.use({ providers: ['openai'] });

  test('is stopped, and asked again', async ({ page, studio }) => {
    const bench = await guided(page, studio, { model: 'openai/echo', alignmentModel: 'openai/slow' });
    await bench.run();
    await bench.feedback.fill('Name the bird in Latin.');
    await bench.critique.click();
    await page.getByRole('button', { name: 'Stop distilling' }).click();
    await expect(bench.alert('You stopped distilling.')).toContainText('You gave: “Name the bird in Latin.”');
    await bench.choose('Alignment model', 'openai/echo');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect(bench.guideline('Name the bird in Latin.')).toBeChecked();
    await expect(bench.alert('You stopped distilling.')).toBeHidden();
  });
});
