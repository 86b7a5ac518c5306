// Choosing a model in the workbench: names that nobody lists, connections that are down, the first visit.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const PROMPT = { title: 'Bird', prompt: { text: 'Name a bird.' } };

test.describe('a name that no connection lists', () => {
  test.use({ providers: ['openai', 'gemini'], env: { OPENAI_LABEL: 'Lab cluster' } });

  test('is asked about before it is chosen', async ({ page, studio }) => {
    const bench = await Workbench.open(page, await studio.create({ ...PROMPT, model: 'gemini/slow' }));
    const select = page.getByRole('combobox', { name: 'Model', exact: true });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await expect(select.locator('option[value="openai/echo"]')).toBeAttached();
    await select.selectOption({ label: 'Another model…' });
    const name = page.getByRole('textbox', { name: 'Model name' });
    await name.fill('openai/ecoh');
    await name.press('Enter');
    await expect(page.getByText('No connection lists a model “openai/ecoh”.')).toBeVisible();
    await expect(button('Use “ecoh” of Lab cluster')).toBeVisible();
    await button('openai/echo').click();
    await expect(select).toHaveValue('openai/echo');

    // A name alone is given to no provider unasked, whichever was chosen before.
    await select.selectOption({ label: 'Another model…' });
    await name.fill('org/bird-1');
    await name.press('Enter');
    await expect(button('Use “org/bird-1” of Gemini')).toBeVisible();
    await button('Use “org/bird-1” of Lab cluster').click();
    await expect(select).toHaveValue('openai/org/bird-1');
    await bench.run();
    await expect(bench.output).toHaveText('Echo: Name a bird.');
  });
});

/** A port at which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const port = await freePort();

test.describe('a connection that is down', () => {
  test.use({ env: { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_LABEL: 'Lab cluster' } });

  test('stays in the list with the reason, and can be tried again', async ({ page, studio }) => {
    await Workbench.open(page, await studio.create({ ...PROMPT, model: 'openai/bird-1' }));
    const select = page.getByRole('combobox', { name: 'Model', exact: true });
    const group = select.locator('optgroup[label^="Lab cluster"]');
    await expect(group).toHaveAttribute('label', 'Lab cluster: cannot be reached');
    await expect(group).toBeDisabled();
    const reasons = page.getByRole('list', { name: 'Connections that cannot be used now' });
    await expect(reasons).toContainText(`Lab cluster cannot be reached at 127.0.0.1:${port}`);

    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: [{ id: 'bird-1' }, { id: 'bird-2' }] }));
    }).listen(port, '127.0.0.1');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(reasons).toBeHidden();
    await expect(group).toBeEnabled();
    await expect(group.getByRole('option')).toHaveText(['bird-1', 'bird-2']);
    server.close();
  });
});

test('the first visit offers the demo model and a real one side by side', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  const ways = bench.output.getByRole('note');
  await expect(ways.getByRole('heading')).toHaveText(['Start with the demo model', 'Connect a real model']);
  const settings = ways.getByRole('link', { name: 'Connect a model in Settings' });
  await expect(settings).toHaveAttribute('href', '/settings');
  await bench.run();
  await expect(ways).toBeHidden();
});
