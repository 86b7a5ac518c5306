// The three stories of the guideline workflow, on the demo model and on recorded answers.

import type { Page } from '@playwright/test';

import { USES } from '../../support/guided.ts';
import { tabTo } from '../../support/keyboard.ts';
import { expect, test } from '../../support/test.ts';
import { Workbench } from '../../support/workbench.ts';

/** What the models answer in the stories. */
const MODELS = [
  {
    name: 'the demo model',
    providers: [],
    model: undefined,
    scampi: {
      guideline: /^Group the ingredients by section of the store\.$/,
      output: 'Fruit and vegetables',
    },
    scissors: [
      { critique: 'surprising', guideline: /surprise/, output: 'Pendulum' },
      { critique: 'one sentence', guideline: /one sentence/, output: 'Pendulum' },
    ],
    lawnmower: {
      feedback: 'Write it as a numbered list, one sentence each.',
      guideline: /tools and materials/,
      output: 'You need',
    },
  },
  {
    name: 'Gemini with recorded answers',
    providers: ['gemini'],
    model: 'gemini/recorded-stories',
    scampi: { guideline: /^Group the ingredients by section of the store, each/, output: 'Seafood counter' },
    scissors: [
      { critique: 'creative ones', guideline: /unexpected/, output: 'Improvised plumb line' },
      { critique: 'one sentence', guideline: /one sentence/, output: 'Squeeze a walnut' },
    ],
    lawnmower: {
      feedback: 'Write it as short numbered steps, without the chatter.',
      guideline: /tools and materials/,
      output: 'You will need',
    },
  },
] as const;

for (const { name, providers, model, scampi, scissors, lawnmower } of MODELS) {
  test.describe(`on ${name}`, () => {
    test.use({ providers: [...providers] });

    /** A new prompt by that model, run once. */
    async function ran(page: Page, text: string, values = {}): Promise<Workbench> {
      const bench = await Workbench.create(page, text, values);
      if (model) {
        await bench.choose('Model', model);
        await bench.choose('Alignment model', model);
      }
      await bench.run();
      return bench;
    }

    test('a suggested critique becomes a guideline, and the guideline a better shopping list', async ({
      page,
    }) => {
      const bench = await ran(page, 'Make a shopping list for shrimp scampi.');
      const before = await bench.output.innerText();
      expect(before).not.toContain(scampi.output);
      await bench.guide();
      await bench.suggest('critiques', 'section of the store');
      await bench.feedback.press('Control+End');
      await page.keyboard.type(' Thank you.');
      await expect(bench.feedback).toHaveValue(/section of the store.* Thank you\.$/);
      await bench.critique.click();
      await expect(bench.guidelines).toHaveCount(1);
      await expect(bench.guidelines.locator('label')).toHaveText(scampi.guideline);
      await expect(bench.feedback).toHaveValue('');

      await bench.rewrite();
      await expect(bench.draft).toContainText('from guidelines');
      await expect(bench.draft.locator('ins').first()).toContainText(/section of the store/i);
      await expect(bench.hunk(1)).toHaveAccessibleName(/: G1 “Group the ingredients by section/);
      await bench.acceptAndRun(2);
      await expect(bench.prompt).toHaveValue(/section of the store/);
      await expect(bench.output).toContainText(scampi.output);

      const origin = bench.guidelines.getByRole('group');
      await origin.getByText('Origin').click();
      await expect(origin).toContainText(/Distilled from a critique of run \d+/);
      await expect(origin).toContainText('Thank you.');
      await expect(origin.getByRole('link', { name: 'v2' })).toBeVisible();
    });

    test('the item stays a variable through two rounds', async ({ page }) => {
      const bench = await ran(page, USES, { item: 'scissors' });
      await bench.guide();
      for (const [round, { critique, guideline, output }] of scissors.entries()) {
        await bench.suggest('critiques', critique);
        await bench.critique.click();
        await expect(bench.guidelines).toHaveCount(round + 1);
        await expect(bench.guidelines.last().locator('label')).toHaveText(guideline);
        await bench.rewrite();
        await expect(bench.draft.getByRole('list', { name: 'Checked' })).toContainText('Variables');
        await bench.acceptAndRun(round + 2);
        await expect(bench.prompt).toHaveValue(/\{item\}/);
        await expect(bench.variable('item')).toHaveValue('scissors');
        await expect(bench.output).toContainText(output);
      }
      await expect(bench.prompt).toHaveValue(/in one sentence/);
    });

    test('direct feedback first, then guidelines on the same prompt', async ({ page }) => {
      const bench = await ran(page, 'How do I change the oil in my lawnmower?');
      await expect(bench.output.getByRole('listitem')).toHaveCount(0);
      await bench.draftFrom(lawnmower.feedback);
      await bench.acceptAndRun(2);
      await expect(bench.output.getByRole('listitem').first()).toBeVisible();

      await bench.guide();
      await bench.suggest('critiques', 'tools and materials');
      await bench.critique.click();
      await expect(bench.guidelines.locator('label')).toHaveText(lawnmower.guideline);
      await bench.rewrite();
      await bench.acceptAndRun(3);
      await expect(bench.prompt).toHaveValue(/numbered list/);
      await expect(bench.output).toContainText(lawnmower.output);
      await expect(bench.output.getByRole('listitem').first()).toBeVisible();
    });
  });
}

test('the guideline workflow needs no mouse', async ({ page, studio }) => {
  const prompt = { title: 'Shopping list', prompt: { text: 'Make a shopping list for shrimp scampi.' } };
  const bench = await Workbench.open(page, await studio.create(prompt));
  const keys = page.keyboard;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  await tabTo(page, bench.prompt);
  await keys.press('Control+Enter');
  await bench.isDone();
  await tabTo(page, page.getByRole('radio', { name: 'Direct', exact: true }));
  await keys.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Guidelines', exact: true })).toBeFocused();
  await tabTo(page, button('Suggest critiques'));
  await keys.press('Enter');
  await tabTo(page, bench.suggested('critiques').filter({ hasText: 'section of the store' }));
  await keys.press('Enter');
  await expect(bench.feedback).toHaveValue(/section of the store/);
  await tabTo(page, bench.critique);
  await keys.press('Enter');
  await expect(bench.guidelines).toHaveCount(1);
  await tabTo(page, bench.switches.first());
  await keys.press('Space');
  await expect(bench.switches.first()).not.toBeChecked();
  await keys.press('Space');
  await expect(bench.switches.first()).toBeChecked();
  await tabTo(page, bench.newGuideline);
  await keys.type('Add quantities.');
  await tabTo(page, bench.addGuideline);
  await keys.press('Enter');
  await expect(bench.guidelines).toHaveCount(2);
  await tabTo(page, bench.rewriteButton);
  await keys.press('Enter');
  await bench.isDrafted();
  await tabTo(page, bench.hunk(1));
  await keys.press('Space');
  await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'false');
  await expect(bench.hunk(1)).toBeFocused();
  await keys.press('Space');
  await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'true');
  await keys.press('Control+Shift+Enter');
  await expect(bench.status).toContainText('v2');
  await bench.isDone();
  await expect(bench.output).toContainText('Fruit and vegetables');
});
