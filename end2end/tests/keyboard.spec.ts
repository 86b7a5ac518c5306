// Everything with the keyboard alone: reachable with Tab, shortcuts, a focus that is seen and kept.

import { keepsFocus, seesFocus, tabTo } from '../support/keyboard.ts';
import { expect, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const PROMPT = {
  title: 'Creative uses',
  prompt: { text: 'Give three uses for the following item: {item}' },
  values: { item: 'scissors' },
};

test('the whole loop needs no mouse', async ({ page }) => {
  await open(page, '/');
  const keys = page.keyboard;
  await tabTo(page, page.getByRole('button', { name: 'New prompt' }));
  await keys.press('Enter');
  await page.waitForURL(/\/prompts\/\d+$/);

  const bench = new Workbench(page);
  await tabTo(page, bench.title);
  await keys.press('Control+A');
  await keys.type('Creative uses');
  await tabTo(page, bench.prompt);
  await keys.type('Give three uses for the following item: {item}');
  await tabTo(page, bench.variable('item'));
  await keys.type('scissors');
  await keys.press('Control+Enter');
  await expect(bench.variable('item')).toBeFocused();
  await bench.isDone();
  await expect(page).toHaveTitle('Creative uses · Attune');

  await tabTo(page, bench.feedback);
  await keys.type('Say it in one sentence each.');
  await tabTo(page, bench.draftButton);
  await keys.press('Enter');
  await bench.isDrafted();
  await keepsFocus(page, 'Draft rewrite');
  await keys.press('Control+Shift+Enter');
  await expect(bench.status).toContainText('v2');
  await bench.isDone();
  await keepsFocus(page, 'Accept and re-run by its shortcut');

  await tabTo(page, bench.prompt);
  await keys.press('Control+End');
  await keys.type(' Thank you.');
  await keys.press('Control+S');
  await expect(page.getByText('v3 · typed')).toBeVisible();
  await expect(bench.prompt).toBeFocused();

  await tabTo(page, bench.history);
  await keys.press('Enter');
  await expect(page.getByRole('dialog', { name: 'History' })).toBeVisible();
  await tabTo(page, bench.version(1).getByRole('button', { name: 'Restore' }));
  await keys.press('Enter');
  await expect(page.getByText('v4 · restored')).toBeVisible();
  await expect(bench.prompt).toHaveValue('Give three uses for the following item: {item}');
  await expect(bench.history).toBeFocused();
});

test('Escape stops a run, and closes a dialog instead while one is open', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  await tabTo(page, bench.history);
  await page.keyboard.press('?');
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(shortcuts.getByRole('term')).toHaveCount(5);
  await page.keyboard.press('Escape');
  await expect(shortcuts).toBeHidden();
  await expect(bench.history).toBeFocused();
  await bench.prompt.focus();
  await page.keyboard.type('?');
  await expect(shortcuts).toBeHidden();
});

test('Ctrl+Enter in Feedback drafts, and leaves the output that is discussed', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  await bench.run();
  let runs = 0;
  page.on('request', (request) => (runs += request.url().endsWith('/api/runs/start') ? 1 : 0));
  await bench.feedback.fill('Say it in one sentence each.');
  await bench.feedback.press('Control+Enter');
  await bench.isDrafted();
  await bench.select('scissors');
  await page.getByRole('button', { name: 'Comment on selection' }).click();
  const comment = page.getByRole('textbox', { name: 'Comment', exact: true });
  await comment.fill('Which kind?');
  await comment.press('Control+Enter');
  await expect(bench.pieces).toHaveCount(1);
  await bench.guide();
  await bench.newGuideline.press('Control+Enter');
  await bench.feedback.press('Control+Enter');
  await expect(page.locator('.notice-line')).toHaveText('Choose whether this is a critique or kudos.');
  expect(runs).toBe(0);
});

test.describe('a double click', () => {
  test.use({ demoDelayMs: 40 });

  test('on Run or Draft rewrite starts it, and does not stop it', async ({ page, studio }) => {
    const bench = await Workbench.open(page, await studio.create(PROMPT));
    await bench.runButton.dblclick();
    await bench.isDone();
    await bench.feedback.fill('Say it in one sentence each.');
    await bench.draftButton.dblclick();
    await bench.isDrafted();
    await bench.runButton.click();
    await bench.stopButton.dblclick();
    await expect(bench.status).toContainText('Stopped');
    await expect(bench.runButton).toBeVisible();
  });
});

test.describe('while a run streams', () => {
  test.use({ demoDelayMs: 80 });

  test('Escape stops it', async ({ page, studio }) => {
    const bench = await Workbench.open(page, await studio.create(PROMPT));
    await bench.prompt.focus();
    await page.keyboard.press('Control+Enter');
    await expect(bench.stopButton).toBeVisible();
    await expect(bench.output).not.toContainText('Waiting for the first token');
    await page.keyboard.press('Escape');
    await expect(bench.status).toContainText('Stopped');
    await expect(bench.prompt).toBeFocused();
  });
});

test('the focus survives whatever a press takes away', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  const press = async (name: string | RegExp, then: () => Promise<void>) => {
    const named = { name, exact: typeof name === 'string' };
    const control = page.getByRole('button', named).or(page.getByRole('tab', named)).first();
    await control.focus();
    await page.keyboard.press('Enter');
    await then();
    await keepsFocus(page, String(name));
  };
  const showsDraft = (number: number) => async () => {
    await expect(bench.draft.getByRole('heading', { name: `Draft ${number}` })).toBeVisible();
    await bench.isDrafted();
  };

  await press('Treat {item} as plain text', () => expect(bench.variable('item')).toBeHidden());
  await press('Make it a variable', () => expect(bench.variable('item')).toBeVisible());
  await press('Run', () => bench.isDone());
  await bench.prompt.press('Control+End');
  await page.keyboard.type('!');
  await press('Save version', () => expect(page.getByText('v2 · typed')).toBeVisible());

  await bench.feedback.fill('Shorter, please.');
  await press('Add another', () => expect(bench.pieces).toHaveCount(1));
  await bench.feedback.fill('More creative.');
  await press('Add another', () => expect(bench.pieces).toHaveCount(2));
  await press('Edit feedback', () =>
    expect(page.getByRole('textbox', { name: 'Change feedback' })).toBeVisible(),
  );
  await press('Save feedback', () =>
    expect(page.getByRole('textbox', { name: 'Change feedback' })).toBeHidden(),
  );
  await press('Remove feedback', () => expect(bench.pieces).toHaveCount(1));

  await press('Draft rewrite', showsDraft(1));
  await press('Edit draft', () =>
    expect(bench.draft.getByRole('textbox', { name: 'Draft text' })).toBeVisible(),
  );
  await press('Show diff', () =>
    expect(bench.draft.getByRole('textbox', { name: 'Draft text' })).toBeHidden(),
  );
  await press('Reject', () => expect(bench.reject).toBeHidden());
  await press('Draft rewrite', showsDraft(2));
  await press(/^Draft 1 on v2/, () => expect(bench.draft).toContainText('Rejected.'));
  await press(/^Draft 2 on v2/, () => bench.isDrafted());
  await press('Accept', () => expect(page.getByText('v3 · accepted draft')).toBeVisible());

  await bench.feedback.fill('Shorter, please.');
  await press('Draft rewrite', () => bench.isDrafted());
  await press('Accept and re-run', async () => {
    await expect(bench.status).toContainText('v4');
    await bench.isDone();
  });
  await press(/^Compare with v/, () =>
    expect(page.getByRole('heading', { name: /^Before, v/ })).toBeVisible(),
  );
});

test('the skip link leads past the bar', async ({ page, studio }) => {
  for (const path of ['/', await studio.create(PROMPT), '/settings']) {
    await open(page, path);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await seesFocus(page);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const isInMain = () => page.evaluate(() => !!document.activeElement?.closest('main'));
    await expect.poll(isInMain).toBe(true);
  }
});
