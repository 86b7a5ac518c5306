// The refine loop, end to end: run, say what should change, see a rewrite, accept it, run again.

import { expect, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const MODELS = [
  { name: 'the demo model', providers: [], model: undefined },
  { name: 'an OpenAI-compatible server', providers: ['openai'], model: 'openai/echo' },
  { name: 'Gemini', providers: ['gemini'], model: 'gemini/echo' },
] as const;

for (const { name, providers, model } of MODELS) {
  test.describe(`on ${name}`, () => {
    test.use({ providers: [...providers] });

    test('from a new prompt to an accepted rewrite and a second run', async ({ page }) => {
      const bench = await Workbench.create(page, 'Give three uses for the following item: {item}', {
        item: 'scissors',
      });
      await bench.title.fill('Creative uses');
      await bench.title.press('Enter');
      if (model) {
        await bench.choose('Model', model);
        await bench.choose('Alignment model', model);
      }

      await bench.run();
      await expect(bench.status).toContainText('tokens');
      const before = await bench.output.innerText();
      expect(before.trim().length).toBeGreaterThan(20);

      await bench.draftFrom('None of the uses are creative. I want ones that surprise a maker.');
      await expect(bench.draft.locator('ins').first()).toBeVisible();
      await expect(bench.draft.locator('.rationale')).not.toBeEmpty();
      await expect(bench.draft.getByRole('list', { name: 'Findings' })).toBeHidden();
      await expect(bench.draft.getByRole('list', { name: 'Checked' })).toContainText('Variables');

      await bench.acceptAndRun(2);
      await expect(bench.prompt).not.toHaveValue('Give three uses for the following item: {item}');
      await expect(bench.prompt).toHaveValue(/\{item\}/);
      await expect(bench.feedback).toHaveValue('');
      await expect(page).toHaveTitle('Creative uses · Attune');

      await page.getByRole('button', { name: 'Compare with v1' }).click();
      const earlier = page.getByRole('group', { name: 'Output before, version 1' });
      await expect(earlier).toHaveText(before, { useInnerText: true });
      await expect(bench.output).not.toHaveText(before, { useInnerText: true });

      await bench.openHistory();
      await expect(bench.versions).toContainText([/v2.*accepted draft/s, /v1.*typed/s]);
    });
  });
}
