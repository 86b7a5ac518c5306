// Feedback: on the whole output or on a selection of it, one piece or several.

import { expect, live, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const PROMPT = {
  title: 'Creative uses',
  prompt: { text: 'Give three uses for the following item: {item}' },
  values: { item: 'scissors' },
};

test('a selection is commented on, marked, counted, and answered by a draft', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  await bench.run();
  const button = page.getByRole('button', { name: 'Comment on selection' });
  await expect(button).toBeDisabled();
  await bench.select('scissors');
  await button.click();
  const comment = page.getByRole('textbox', { name: 'Comment', exact: true });
  await expect(comment).toBeFocused();
  await expect.poll(() => bench.marked()).toEqual(['scissors']);

  // A comment that is being written survives a reload, too.
  await comment.fill('Say which kind.');
  await page.reload();
  await live(page);
  await expect(comment).toHaveValue('Say which kind.');
  await page.getByRole('button', { name: 'Add comment' }).click();
  await expect(bench.pieces).toHaveText(/“scissors”\s*Say which kind\./);
  await expect(page.getByText('1 piece of feedback, 1 on a selection')).toBeVisible();

  await bench.feedback.fill('Shorter, please.');
  await expect(page.getByText('2 pieces of feedback, 1 on a selection')).toBeVisible();
  await bench.outputRegion.getByRole('radio', { name: 'Raw' }).check();
  await expect.poll(() => bench.marked()).toEqual(['scissors']);

  await bench.draftButton.click();
  await bench.isDrafted();
  await bench.accept.click();
  await expect(page.getByText('v2 · accepted draft')).toBeVisible();
  await expect(bench.pieces).toHaveCount(0);
  await expect(bench.feedback).toHaveValue('');
  await expect.poll(() => bench.marked()).toEqual([]);

  await page.goto(`${new URL(page.url()).pathname}/versions/1`);
  const answered = page.getByRole('list', { name: 'Feedback' }).getByRole('listitem');
  await expect(answered).toHaveText([/scissors\s*Say which kind\./, /^\s*Shorter, please\./]);
});

test('the same words are told apart by what stands around them', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  await bench.run();
  const before = (span: number) =>
    page.evaluate((index) => {
      const ranges = [...(CSS.highlights.get('feedback') ?? [])] as Range[];
      const range = ranges[index]?.cloneRange();
      const output = document.querySelector('.output-card:last-child .output');
      if (!range || !output) return -1;
      range.setStart(output, 0);
      return range.toString().length;
    }, span);
  await bench.select('scissors');
  await page.getByRole('button', { name: 'Comment on selection' }).click();
  await expect.poll(() => before(0)).toBeGreaterThan(0);
  const place = await before(0);
  await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Which?');
  await page.getByRole('button', { name: 'Add comment' }).click();
  await expect(bench.pieces).toHaveCount(1);
  await page.reload();
  await live(page);
  await expect.poll(() => before(0)).toBe(place);
});

test('several pieces are kept, changed and removed', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  await bench.run();
  for (const words of ['Shorter, please.', 'More creative.', 'No closing line.']) {
    await bench.feedback.fill(words);
    await page.getByRole('button', { name: 'Add another' }).click();
    await expect(bench.feedback).toHaveValue('');
  }
  await expect(bench.pieces).toHaveCount(3);
  await expect(page.getByText('3 pieces of feedback', { exact: true })).toBeVisible();

  const second = bench.pieces.nth(1);
  await second.getByRole('button', { name: 'Edit feedback' }).click();
  await second.getByRole('textbox', { name: 'Change feedback' }).fill('Surprise a maker.');
  await second.getByRole('button', { name: 'Save feedback' }).click();
  await expect(second).toContainText('Surprise a maker.');
  await bench.pieces.first().getByRole('button', { name: 'Remove feedback' }).click();
  await expect(bench.pieces).toHaveCount(2);

  await page.reload();
  await live(page);
  await expect(bench.pieces).toContainText([/Surprise a maker\./, /No closing line\./]);
  await bench.draftButton.click();
  await bench.isDrafted();
  await expect(bench.draft.locator('ins').first()).toBeVisible();
});
