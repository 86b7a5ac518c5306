// What every test gets: a studio of its own, a page that tolerates no error, and the models asked for.

import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';

import type { Disk } from './disk.ts';
import { Loopback, type Wire } from './loopback.ts';
import { Studio } from './studio.ts';

/** What the browser says when the server is not there, or goes while it answers. */
export const SERVER_AWAY =
  /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/;

interface Options {
  /** Providers that the studio is connected to, played by the loopback model server. */
  providers: Wire[];
  /** Further variables of the server's environment. */
  env: Record<string, string>;
  /** Pause between two chunks of the demo model's answers. */
  demoDelayMs: number;
  /** Errors in the browser's console that the test provokes on purpose. */
  expectedErrors: RegExp;
}

interface Fixtures {
  /** A disk of its own for the studio's data; null where the machine's will do. */
  disk: Disk | null;
  /** The server, fresh and empty. */
  studio: Studio;
}

interface WorkerFixtures {
  /** The loopback model server. */
  loopback: Loopback;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  providers: [[], { option: true }],
  env: [{}, { option: true }],
  demoDelayMs: [1, { option: true }],
  expectedErrors: [/(?!)/, { option: true }],

  loopback: [
    async ({}, use) => {
      const loopback = await Loopback.start();
      await use(loopback);
      await loopback.stop();
    },
    { scope: 'worker' },
  ],

  disk: async ({}, use) => use(null),

  studio: async ({ loopback, providers, env, demoDelayMs, disk }, use, info) => {
    const variables = {
      OLLAMA_HOST: 'off',
      ATTUNE_DEMO_DELAY_MS: String(demoDelayMs),
      ...loopback.env(providers),
      ...env,
    };
    const studio = await Studio.start(variables, disk?.dataFolder);
    await use(studio);
    if (info.status !== info.expectedStatus) {
      await info.attach('server log', { body: studio.log, contentType: 'text/plain' });
    }
    expect(studio.log, 'the server never panics').not.toContain('panicked');
    await studio.dispose();
  },

  baseURL: async ({ studio }, use) => use(studio.url),

  context: async ({ context, studio, expectedErrors }, use) => {
    const troubles = watch(context, studio.url, expectedErrors);
    await use(context);
    expect(troubles, 'errors in the browser').toEqual([]);
  },
});

export { expect };

/** Collects console errors, uncaught errors and requests to anywhere but the studio, of all pages. */
function watch(context: BrowserContext, home: string, expected: RegExp): string[] {
  const troubles: string[] = [];
  const add = (trouble: string) => {
    if (!expected.test(trouble)) troubles.push(trouble);
  };
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'assert') {
      add(`console: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => add(`uncaught: ${error.error().stack ?? error.error().message}`));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== home && !['about:', 'data:', 'blob:'].includes(protocol)) {
      add(`request to ${request.url()}`);
    }
  });
  return troubles;
}

/** Opens a path and waits until its controls do something. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await live(page);
}

/** Waits until the wasm took the page over: until then its buttons are off. */
export async function live(page: Page): Promise<void> {
  await expect(page.locator('button:enabled, input[type=radio]:enabled').first()).toBeAttached();
}
