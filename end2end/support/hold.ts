// Making the network wait, so that a moment in between can be looked at.

import type { Page } from '@playwright/test';

/** Requests that wait. */
export interface Held {
  /** Completes when the first one arrived. */
  arrived: Promise<void>;
  /** Lets them, and all that follow, go on. */
  release: () => void;
}

/** Holds back every request of `page` that matches `url`. */
export async function hold(page: Page, url: string | RegExp): Promise<Held> {
  const [arrived, arrive] = signal();
  const [released, release] = signal();
  await page.route(url, async (route) => {
    arrive();
    await released;
    await route.continue();
  });
  return { arrived, release };
}

function signal(): [Promise<void>, () => void] {
  let give = () => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return [given, give];
}
