// Walking through a page with the keyboard alone.

import { expect, type Locator, type Page } from '@playwright/test';

/** Tabs (backwards where it stands before the focus) until `target` has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses++) {
    const step = await target.evaluate((wanted) => {
      const focused = document.activeElement ?? document.body;
      if (wanted === focused) return 'there';
      const place = focused.compareDocumentPosition(wanted);
      const isBefore = place & Node.DOCUMENT_POSITION_PRECEDING;
      return isBefore ? 'Shift+Tab' : 'Tab';
    });
    if (step === 'there') return;
    await page.keyboard.press(step);
    await seesFocus(page);
  }
  throw new Error(`Tab does not reach ${target}`);
}

/** The focus is somewhere, and a person can see where. */
export async function seesFocus(page: Page): Promise<void> {
  const seen = () =>
    page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return 'nothing has the focus';
      const name = `<${focused.tagName.toLowerCase()} class="${focused.className}">`;
      // The ring may be drawn around what holds a control: a segment, an editor.
      let ring: Element | null = focused;
      for (let up = 0; up < 4 && ring; up++, ring = ring.parentElement) {
        const { outlineStyle, outlineWidth } = getComputedStyle(ring);
        if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) return 'seen';
      }
      return `${name} has the focus, but no outline shows it`;
    });
  await expect.poll(seen).toBe('seen');
}

/** Something in the page still has the focus: what a person does next begins there. */
export async function keepsFocus(page: Page, after: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.tagName ?? 'nothing');
  await expect.soft.configure({ timeout: 1000 }).poll(focused, `the focus after: ${after}`).not.toBe('BODY');
}
