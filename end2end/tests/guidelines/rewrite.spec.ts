// Rewrites from guidelines, and taking them change by change.

import { drafted, guided, USES } from '../../support/guided.ts';
import { hold } from '../../support/hold.ts';
import { expect, live, test } from '../../support/test.ts';

test.describe('a rewrite from guidelines', () => {
  test('names guidelines that exclude each other, and proposes nothing', async ({ page, studio }) => {
    const guidelines = ['Be brief.', 'Name your sources.', 'Write at least 500 words.'];
    const bench = await guided(page, studio, { guidelines });
    await bench.rewriteButton.click();
    await expect(bench.conflicts).toContainText(
      'G1 “Be brief.” and G3 “Write at least 500 words.” cannot all be followed: ',
    );
    await expect(bench.draft.locator('ins')).toHaveCount(0);
    await expect(bench.accept).toBeDisabled();
    await expect(bench.draft).not.toContainText('Nothing needs to change');

    await bench.guideline('Be brief.').uncheck();
    await expect(page.getByText('2 guidelines are on', { exact: true })).toBeVisible();
    await bench.rewrite();
    await expect(bench.conflicts).toHaveCount(0);
    await expect(bench.accept).toBeEnabled();
  });

  test('asked for twice changes nothing the second time', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    await bench.accept.click();
    await expect(page.getByText('v2 · accepted draft')).toBeVisible();
    await bench.rewrite();
    await expect(bench.rationale).toContainText('Nothing needs to change');
    await expect(bench.accept).toBeDisabled();
  });

  test('follows only what is switched on', async ({ page, studio }) => {
    const guidelines = ['Give exactly five uses.', 'Write whole sentences.'];
    const bench = await guided(page, studio, { guidelines });
    await bench.guideline('Give exactly five uses.').uncheck();
    await expect(page.getByText('1 guideline is on', { exact: true })).toBeVisible();
    await bench.rewrite();
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(`${USES}\n\nWrite whole sentences.`);
  });

  test('comes into sight, however long the list is', async ({ page, studio }) => {
    await page.setViewportSize({ width: 1440, height: 800 });
    const guidelines = ['Give exactly five uses.', 'Write whole sentences.', ...'ABCDEF'];
    const bench = await guided(page, studio, { guidelines });
    await bench.rewrite();
    await expect(bench.draft.locator('ins').first()).toBeInViewport({ ratio: 1 });
    await expect(bench.accept).toBeInViewport({ ratio: 1 });
  });

  test('waits for a switch that is on its way', async ({ page, studio }) => {
    const guidelines = ['Give exactly five uses.', 'Write whole sentences.'];
    const bench = await guided(page, studio, { guidelines });
    const sent = await hold(page, '**/api/guidelines/switch');
    await bench.guideline('Give exactly five uses.').uncheck();
    await sent.arrived;
    await bench.rewriteButton.click();
    // A rewrite that does not wait is asked for now; one that does is asked for once the switch is there.
    await expect(bench.draft)
      .toBeVisible({ timeout: 1000 })
      .catch(() => {});
    sent.release();
    await bench.isDrafted();
    await expect(bench.draft.locator('ins')).toHaveText(['Write whole sentences.']);
  });

  test('starts from what is there, or again from the original prompt', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Write whole sentences.'] });
    const anew = page.getByRole('checkbox', { name: 'Start again from the original prompt' });
    await expect(anew).toHaveCount(0);
    await bench.prompt.fill(`${USES} Mention cats.`);
    await bench.rewrite();
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(/Mention cats\.\s+Write whole sentences\.$/);

    await anew.check();
    await bench.rewrite();
    await expect(bench.draft).toContainText('started again from v1');
    await expect(bench.draft.locator('del').first()).toContainText('Mention cats.');
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(`${USES}\n\nWrite whole sentences.`);
  });

  test('is taken without the change that is left out', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    await expect(bench.hunk(1)).toHaveAccessibleName('Take change 1: G1 “Give exactly five uses.”');
    await expect(bench.hunk(2)).toHaveAccessibleName('Take change 2: G2 “Write whole sentences.”');
    await bench.hunk(2).click();
    await expect(bench.hunk(2)).toHaveAttribute('aria-pressed', 'false');
    await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'true');

    await page.reload();
    await live(page);
    await expect(bench.hunk(2)).toHaveAttribute('aria-pressed', 'false');
    await bench.hunk(1).press('Space');
    await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'false');
    await bench.hunk(1).press('Space');
    await bench.accept.click();
    await expect(page.getByText('v2 · accepted draft')).toBeVisible();
    await expect(bench.prompt).toHaveValue('Give five uses for the following item: {item}');
  });

  test('says when the guidelines are others by now', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    const others = bench.draft.getByText('The guidelines changed since this draft was asked for');
    await expect(others).toHaveCount(0);
    await bench.guideline('Write whole sentences.').uncheck();
    await expect(others).toBeVisible();
    await bench.guideline('Write whole sentences.').check();
    await expect(others).toHaveCount(0);
    await page.getByRole('button', { name: 'Delete guideline 1' }).click();
    await expect(others).toBeVisible();
    await expect(bench.hunk(1)).toHaveAccessibleName(
      'Take change 1: removed guideline “Give exactly five uses.”',
    );
  });

  test('says when accepting it takes the place of what is typed', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    const typed = bench.draft.getByText('What you typed into the prompt since v1 is not in this draft.');
    await expect(typed).toHaveCount(0);
    await bench.prompt.fill(`${USES}, for makers`);
    await expect(typed).toBeVisible();
    await bench.accept.click();
    const told = page.getByRole('status').filter({ hasText: 'What you had typed is kept as v2.' });
    await expect(told).toContainText('Accepted as v3.');
    await expect(bench.prompt).toHaveValue(/Give five uses/);
  });

  test('keeps a choice that is newer than what the server just took', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    for (let round = 0; round < 5; round++) {
      // Both presses within one task: the second comes before the event of the first.
      await page.evaluate(() => {
        for (const hunk of document.querySelectorAll<HTMLElement>('.hunk-switch')) hunk.click();
      });
      const state = round % 2 === 0 ? 'false' : 'true';
      for (const hunk of [bench.hunk(1), bench.hunk(2)])
        await expect(hunk).toHaveAttribute('aria-pressed', state);
    }
    // The server has it, too, a moment later.
    await expect(async () => {
      await page.reload();
      const still = { timeout: 1000 };
      for (const hunk of [bench.hunk(1), bench.hunk(2)]) {
        await expect(hunk).toHaveAttribute('aria-pressed', 'false', still);
      }
    }).toPass();
  });

  test('cannot be accepted with every change left out', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    const nothing = page.getByRole('status').filter({ hasText: 'Every change is left out.' });
    await bench.hunk(1).click();
    await expect(bench.accept).toBeEnabled();
    await bench.hunk(2).click();
    await expect(nothing).toBeVisible();
    await expect(bench.accept).toBeDisabled();
    await expect(bench.acceptAndRerun).toBeDisabled();
    await bench.hunk(2).click();
    await expect(nothing).toBeHidden();
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(`${USES}\n\nWrite whole sentences.`);
  });

  test.describe('while the server is away', () => {
    test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED/ });

    test('keeps the choice that the server knows', async ({ page, studio, context }) => {
      const bench = await drafted(page, studio);
      const kept = page.waitForResponse('**/api/drafts/hunks');
      await bench.hunk(2).click();
      await kept;
      await context.setOffline(true);
      await bench.hunk(1).click();
      await expect(bench.alert('The Attune server does not answer.')).toBeVisible();
      await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'true');
      await expect(bench.hunk(2)).toHaveAttribute('aria-pressed', 'false');
      await context.setOffline(false);
      const taken = page.waitForResponse('**/api/drafts/hunks');
      await bench.hunk(1).click();
      await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'false');
      await taken;
      await page.reload();
      await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'false');
    });
  });

  test('shows which guideline stands behind a change, and the other way round', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    // What is pointed at is marked for the eye alone: names tell it to everybody else.
    const pointed = (locator: typeof bench.guidelines) => locator.and(page.locator('.pointed'));
    const changes = bench.draft.locator('.hunk');
    await bench.hunk(2).focus();
    await expect(bench.draft.locator('.behind')).toHaveText('G2 “Write whole sentences.”');
    await expect(pointed(bench.guidelines)).toHaveCount(1);
    await expect(pointed(bench.guidelines)).toContainText('Write whole sentences.');
    await changes.first().hover();
    await expect(pointed(bench.guidelines)).toContainText('Give exactly five uses.');
    await bench.guideline('Write whole sentences.').focus();
    await expect(pointed(changes)).toHaveCount(1);
    await expect(pointed(changes)).toContainText('Write whole sentences.');
    await bench.guidelines.first().hover();
    await expect(pointed(changes)).toContainText('five');
  });
});
