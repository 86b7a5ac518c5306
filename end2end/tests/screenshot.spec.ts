// The picture of the README: a draft shown as a diff, after feedback on the output.

import { join } from 'node:path';

import { expect, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

/** Where the README finds it. */
const PICTURE = join(import.meta.dirname, '../../docs/screenshot.png');

test('the moment that Attune is about', async ({ page }, info) => {
  await open(page, '/');
  await page.getByRole('button', { name: /^Creative uses/ }).click();
  const bench = new Workbench(page);
  await expect(bench.title).toHaveValue('Creative uses');
  await bench.run();
  await bench.draftFrom(
    'None of the uses are creative. I want ones that surprise a maker, and no closing line.',
  );
  await expect(bench.draft.locator('ins').first()).toBeVisible();
  await expect(bench.acceptAndRerun).toBeEnabled();
  await expect(page.getByText('Saving…')).toBeHidden();
  await page.mouse.move(0, 0);
  const path = process.env.ATTUNE_SCREENSHOT === '1' ? PICTURE : info.outputPath('screenshot.png');
  await page.screenshot({ path });
});
