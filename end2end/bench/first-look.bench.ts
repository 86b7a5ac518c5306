// A first look at a page with nothing cached: when something shows, and when its controls react.

import { chromium, type Page } from '@playwright/test';

import { expect, test } from '../support/test.ts';
import { median, ms, report } from './figure.ts';

const ROUNDS = 7;

/** Presses Run as soon as it is on, and notes when the page says that it runs. */
function pressRun(): void {
  const marks = window as unknown as { pressed?: number; reacted?: number };
  const look = () => {
    const on = 'button[aria-keyshortcuts="Control+Enter"]:not(:disabled)';
    const run = document.querySelector<HTMLButtonElement>(on);
    if (run && marks.pressed === undefined) {
      marks.pressed = performance.now();
      run.click();
    }
    if (document.querySelector('[role=status][data-state]:not([data-state=idle])')) {
      // The reaction counts when it is painted.
      requestAnimationFrame(() => setTimeout(() => (marks.reacted ??= performance.now())));
      observer.disconnect();
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}

/** When something showed first, in milliseconds since the navigation began. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
}

test('first look at a workbench', async ({ studio, launchOptions, contextOptions }) => {
  const paints: number[] = [];
  const presses: number[] = [];
  const reactions: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    // A prompt that never ran.
    const path = await studio.create({
      title: 'Creative uses',
      prompt: { text: 'Give three uses for the following item: {item}' },
      values: { item: 'scissors' },
    });
    // A browser of its own each time: not even compiled code is left from the round before.
    const browser = await chromium.launch(launchOptions);
    const page = await browser.newPage({ ...contextOptions, baseURL: studio.url });
    await page.addInitScript(pressRun);
    await page.goto(path);
    await page.waitForFunction(() => 'reacted' in window);
    const paint = await firstPaint(page);
    const found = await page.evaluate(() => ({
      pressed: (window as unknown as { pressed: number }).pressed,
      reacted: (window as unknown as { reacted: number }).reacted,
    }));
    await expect(page.locator('[role=status][data-state=done]')).toBeAttached();
    await browser.close();
    // The first round warms up the server and the system's file cache.
    if (round === 0) continue;
    paints.push(paint);
    presses.push(found.pressed);
    reactions.push(found.reacted);
  }
  await report('first-paint', median(paints), `${ROUNDS} rounds, slowest ${ms(Math.max(...paints))}`);
  const note = `from the start of the navigation; Run is on after ${ms(median(presses))}`;
  await report('run-reacts', median(reactions), note);
});

/** Notes when the first control of the page is on. */
function watchControls(): void {
  const marks = window as unknown as { live?: number };
  const observer = new MutationObserver(() => {
    if (!document.querySelector('button:enabled')) return;
    requestAnimationFrame(() => setTimeout(() => (marks.live ??= performance.now())));
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}

test('first look at the Prompts page', async ({ studio, launchOptions, contextOptions }) => {
  for (let number = 1; number <= 20; number += 1) {
    await studio.create({ title: `Prompt ${number}`, prompt: { text: 'Three uses for {item}' } });
  }
  const paints: number[] = [];
  const lives: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const browser = await chromium.launch(launchOptions);
    const page = await browser.newPage({ ...contextOptions, baseURL: studio.url });
    await page.addInitScript(watchControls);
    await page.goto('/');
    await page.waitForFunction(() => 'live' in window);
    const paint = await firstPaint(page);
    const live = await page.evaluate(() => (window as unknown as { live: number }).live);
    await browser.close();
    if (round === 0) continue;
    paints.push(paint);
    lives.push(live);
  }
  const slowest = (times: number[]) => `${ROUNDS} rounds, slowest ${ms(Math.max(...times))}`;
  await report('first-paint-prompts', median(paints), slowest(paints));
  await report('prompts-live', median(lives), slowest(lives));
});
