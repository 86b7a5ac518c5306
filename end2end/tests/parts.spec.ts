// Each page loads its own part of the wasm: once, and with a way out where it does not come.

import type { Page } from '@playwright/test';

import { hold } from '../support/hold.ts';
import { expect, live, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const POEM = { title: 'Poem', prompt: { text: 'A poem about {thing}.' }, values: { thing: 'rain' } };
const PART = /\/pkg\/(split_\w+|chunk_\w+)\.[0-9a-f]{16}\.wasm$/;

/** All parts of a page in one file: what the page that is opened first loads. */
const PACK = /\/pkg\/\w+\.[0-9a-f]{16}\.pack$/;

/** The part of the wasm that holds the sheets of the workbench. */
const SHEETS = /\/pkg\/split_workbench_sheets\.[0-9a-f]{16}\.wasm$/;

/** The parts that `page` asks for from now on. */
function watchParts(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const part = PART.exec(request.url());
    if (part?.[1]) asked.push(part[1]);
  });
  return asked;
}

/** How often `page` loads a document from now on. */
function watchDocuments(page: Page): { count: number } {
  const documents = { count: 0 };
  page.on('request', (request) => {
    if (request.isNavigationRequest()) documents.count += 1;
  });
  return documents;
}

for (const [name, path] of [
  ['Prompts', ''],
  ['workbench', '/prompts/1'],
  ['version', '/prompts/1/versions/1'],
  ['Settings', '/settings'],
] as const) {
  test(`the ${name} page is live when it is opened by its address`, async ({ page, studio }) => {
    await studio.create(POEM);
    const packs: string[] = [];
    page.on('request', (request) => {
      if (PACK.test(request.url())) packs.push(new URL(request.url()).pathname);
    });
    const held = await hold(page, PART);
    const response = await page.goto(path || '/');
    const head = (await response?.text())?.split('</head>')[0] ?? '';
    // The pack is enough.
    await live(page);
    expect(packs, 'one pack, once').toHaveLength(1);
    expect(head, 'preloaded').toContain(`href="${packs[0]}"`);
    held.release();
  });
}

test('the sheets of the workbench are loaded before anybody asks for one', async ({ page, studio }) => {
  const path = await studio.create(POEM);
  const loaded = page.waitForResponse(SHEETS);
  const bench = await Workbench.open(page, path);
  await loaded;
  await expect(page.getByRole('dialog', { name: 'History', includeHidden: true })).toBeAttached();
  const asked = watchParts(page);
  await bench.openHistory();
  expect(asked).toEqual([]);
});

test('a sheet that is asked for before it is loaded opens when it comes', async ({ page, studio }) => {
  const path = await studio.create(POEM);
  const held = await hold(page, SHEETS);
  const bench = await Workbench.open(page, path);
  await held.arrived;
  await bench.history.click();
  await expect(page.getByRole('dialog', { name: 'History', includeHidden: true })).not.toBeAttached();
  held.release();
  await expect(bench.versions).toHaveCount(1);
});

test('going from page to page loads each part once', async ({ page, studio }) => {
  await studio.create(POEM);
  await open(page, '/');
  const asked = watchParts(page);
  const documents = watchDocuments(page);
  const settings = page.getByRole('link', { name: 'Settings' });
  const home = page.getByRole('link', { name: 'Attune, all prompts' });
  for (let round = 0; round < 2; round += 1) {
    await page.getByRole('link', { name: 'Poem' }).click();
    const bench = new Workbench(page);
    await expect(bench.title).toHaveValue('Poem');
    await bench.openHistory();
    await bench.version(1).getByRole('button', { name: 'View' }).click();
    await expect(page).toHaveURL(/\/versions\/1$/);
    await settings.click();
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await home.click();
    await expect(page.getByRole('heading', { name: 'Prompts', level: 1 })).toBeVisible();
  }
  expect(documents.count).toBe(0);
  expect(asked).toContain('split_workbench');
  expect(asked.length, 'each part once').toBe(new Set(asked).size);
});

test.describe('after an update of the server', () => {
  test.use({ expectedErrors: /404|HTTP status code is not ok/ });

  test('a page whose parts are gone reloads once and says so', async ({ page, studio }) => {
    await studio.create(POEM);
    await open(page, '/');
    const documents = watchDocuments(page);
    // What the old build had is not there any more; what a new document names is.
    await page.route('**/pkg/**', async (route) => {
      if (documents.count === 0) await route.fulfill({ status: 404 });
      else await route.continue();
    });
    await page.getByRole('link', { name: 'Poem' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'Attune was updated' });
    await expect(notice).toBeVisible();
    await expect(page).toHaveURL(/\/prompts\/1$/);
    await expect(new Workbench(page).title).toHaveValue('Poem');
    expect(documents.count).toBe(1);
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toBeHidden();
    await page.reload();
    await live(page);
    await expect(notice).toBeHidden();
  });

  test('a sheet that is gone reloads the page once', async ({ page, studio }) => {
    const path = await studio.create(POEM);
    const documents = watchDocuments(page);
    // The first document still names what the old build had.
    await page.route(SHEETS, async (route) => {
      if (documents.count === 1) await route.fulfill({ status: 404 });
      else await route.continue();
    });
    await page.route('**/pkg/*.js', async (route) => {
      if (route.request().method() === 'HEAD') await route.fulfill({ status: 404 });
      else await route.continue();
    });
    const bench = await Workbench.open(page, path);
    await bench.prompt.fill('A song about {thing}.');
    await bench.history.click();
    await expect(page.getByRole('alert').filter({ hasText: 'Attune was updated' })).toBeVisible();
    expect(documents.count).toBe(2);
    await expect(bench.prompt).toHaveValue('A song about {thing}.');
    await live(page);
    await bench.openHistory();
  });

  test('a part that stays away does not reload the page again', async ({ page, studio }) => {
    await studio.create(POEM);
    await open(page, '/');
    const documents = watchDocuments(page);
    for (const gone of [PART, PACK]) await page.route(gone, (route) => route.fulfill({ status: 404 }));
    await page.route('**/pkg/*.js', async (route) => {
      if (route.request().method() === 'HEAD') await route.fulfill({ status: 404 });
      else await route.continue();
    });
    await page.getByRole('link', { name: 'Poem' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'A part of this page did not load' });
    await expect(notice).toBeVisible();
    expect(documents.count).toBe(1);
  });
});

test.describe('without a connection', () => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED|Failed to fetch/ });

  test('a page that is not loaded yet says so and tries again', async ({ page, context, studio }) => {
    await studio.create(POEM);
    await open(page, '/');
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Poem' }).click();
    await expect(page.getByRole('heading', { name: 'This page did not load' })).toBeVisible();
    await expect(page).toHaveURL(/\/prompts\/1$/);
    const again = page.getByRole('button', { name: 'Try again' });
    await again.click();
    await expect(page.getByRole('alert').filter({ hasText: 'without success' })).toBeVisible();
    await context.setOffline(false);
    await again.click();
    await expect(new Workbench(page).title).toHaveValue('Poem');
    await live(page);
  });

  test('a sheet that is not loaded yet says so and tries again', async ({ page, studio }) => {
    const path = await studio.create(POEM);
    await page.route(SHEETS, (route) => route.abort('internetdisconnected'));
    const bench = await Workbench.open(page, path);
    await bench.history.click();
    const notice = page.getByRole('note').filter({ hasText: 'The Attune server could not be reached' });
    await expect(notice).toBeVisible();
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(notice).toContainText('Tried again, without success');
    await notice.getByRole('button', { name: 'Not now' }).click();
    await expect(notice).toBeHidden();
    await bench.history.click();
    await expect(notice).toBeVisible();
    await page.unroute(SHEETS);
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(bench.versions).toHaveCount(1);
    await expect(notice).toBeHidden();
  });
});
