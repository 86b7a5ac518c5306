// Typing is never lost: reload, a dead server, a broken network, a page that is not live yet.

import { hold } from '../support/hold.ts';
import { expect, live, SERVER_AWAY, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const TYPED = {
  system: 'You answer in verse.',
  prompt: 'Describe {thing} to a child.',
  value: 'the tide',
  feedback: 'Too long, and no moon.',
};

async function type(bench: Workbench): Promise<void> {
  await bench.system.fill(TYPED.system);
  await bench.prompt.fill(TYPED.prompt);
  await bench.variable('thing').fill(TYPED.value);
  await bench.feedback.fill(TYPED.feedback);
}

async function isThere(bench: Workbench): Promise<void> {
  await expect(bench.system).toHaveValue(TYPED.system);
  await expect(bench.prompt).toHaveValue(TYPED.prompt);
  await expect(bench.variable('thing')).toHaveValue(TYPED.value);
  await expect(bench.feedback).toHaveValue(TYPED.feedback);
}

test('a reload right after the last key press loses nothing', async ({ page, studio }) => {
  const path = await studio.create({ title: 'Unsaved' });
  const bench = await Workbench.open(page, path);
  await type(bench);
  await page.reload();
  await live(page);
  await isThere(bench);
  await bench.isSaved();
  await expect(page.getByText('not saved as a version yet')).toBeVisible();
});

test('another browser shows what was typed, before any script runs', async ({ page, studio, browser }) => {
  const path = await studio.create({ title: 'Unsaved' });
  const bench = await Workbench.open(page, path);
  await type(bench);
  await bench.isSaved();

  const other = await browser.newContext({ javaScriptEnabled: false });
  const read = new Workbench(await other.newPage());
  await read.page.goto(studio.url + path);
  await isThere(read);
  await other.close();
});

test.describe('with a server that dies', () => {
  test.use({ expectedErrors: SERVER_AWAY });

  test('what was typed is there after a crash of the server and a reload', async ({ page, studio }) => {
    const path = await studio.create({ title: 'Unsaved' });
    const bench = await Workbench.open(page, path);
    await type(bench);
    await bench.isSaved();
    await studio.kill();
    await studio.start();
    await page.reload();
    await live(page);
    await isThere(bench);
  });

  test('what is typed while the server is away reaches it when it is back', async ({
    page,
    studio,
    browser,
  }) => {
    const path = await studio.create({ title: 'Unsaved' });
    const bench = await Workbench.open(page, path);
    await studio.kill();
    await type(bench);
    await expect(page.getByRole('banner').getByRole('status')).toContainText('Offline');
    await studio.start();
    await bench.isSaved();
    await isThere(bench);

    const other = await browser.newContext({ javaScriptEnabled: false });
    const read = new Workbench(await other.newPage());
    await read.page.goto(studio.url + path);
    await isThere(read);
    await other.close();
  });

  test('a run that cannot start says so, keeps the text, and works when the server is back', async ({
    page,
    studio,
  }) => {
    const path = await studio.create({ title: 'Unsaved' });
    const bench = await Workbench.open(page, path);
    await type(bench);
    await bench.isSaved();
    await studio.stop();
    await bench.runButton.click();
    await expect(bench.alert('The Attune server does not answer.')).toBeVisible();
    await isThere(bench);
    await studio.start();
    await bench.run();
    await expect(bench.alert('does not answer')).toBeHidden();
    await isThere(bench);
  });
});

test.describe('with a broken network', () => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED/ });

  test('typed text is kept and the page recovers by itself', async ({ page, studio, context }) => {
    const path = await studio.create({ title: 'Unsaved' });
    const bench = await Workbench.open(page, path);
    await context.setOffline(true);
    await type(bench);
    await expect(page.getByRole('banner').getByRole('status')).toContainText('Offline');
    await context.setOffline(false);
    await bench.isSaved();
    await isThere(bench);
    await bench.run();
  });
});

test('what is typed before the page is live is taken over', async ({ page, studio }) => {
  const path = await studio.create({ title: 'Early', prompt: { text: 'Old text.' } });
  const wasm = await hold(page, '**/*.wasm');
  const bench = new Workbench(page);
  await page.goto(path, { waitUntil: 'commit' });
  await expect(bench.prompt).toHaveValue('Old text.');
  await expect(bench.runButton).toBeDisabled();
  await bench.prompt.fill('New text, typed early.');
  wasm.release();
  await live(page);
  await expect(bench.prompt).toHaveValue('New text, typed early.');
  await bench.isSaved();
  await page.reload();
  await expect(bench.prompt).toHaveValue('New text, typed early.');
});
