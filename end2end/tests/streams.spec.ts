// A run belongs to the server: it goes on without the page, can be stopped, and survives its end.

import { expect, live, SERVER_AWAY, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

test.use({ demoDelayMs: 60 });

const PROMPT = {
  title: 'Long',
  prompt: { text: 'Give ten uses for the following item: {item}' },
  values: { item: 'scissors' },
};

/** Starts a run and waits for the first words of its answer. */
async function started(bench: Workbench): Promise<string> {
  await bench.runButton.click();
  await expect(bench.status).toContainText('Running…');
  await expect(bench.stopButton).toBeVisible();
  await expect(bench.output).not.toContainText('Waiting for the first token');
  return bench.output.innerText();
}

test('a reload in the middle misses nothing', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  const begun = (await started(bench)).slice(0, 10);
  await page.reload();
  await expect(bench.status).toContainText('Running…');
  await expect(bench.output).toContainText(begun.trim());
  await bench.isDone();
  const interrupted = await bench.output.innerText();

  // The demo model answers the same every time: nothing is missing and nothing is there twice.
  await bench.run();
  expect(interrupted).toBe(await bench.output.innerText());
});

test('a closed page does not end the run', async ({ page, studio, context }) => {
  const path = await studio.create(PROMPT);
  const bench = await Workbench.open(page, path);
  await started(bench);
  const later = await context.newPage();
  await page.close();
  const again = await Workbench.open(later, path);
  await again.isDone();
  await expect(again.output.getByRole('listitem').last()).toBeVisible();
});

test('Stop keeps what has arrived', async ({ page, studio }) => {
  const bench = await Workbench.open(page, await studio.create(PROMPT));
  await started(bench);
  await bench.stopButton.click();
  await expect(bench.status).toContainText('Stopped');
  await expect(bench.runButton).toBeEnabled();
  const kept = await bench.output.innerText();
  expect(kept.trim()).not.toBe('');
  await page.reload();
  await live(page);
  await expect(bench.status).toContainText('Stopped');
  expect(await bench.output.innerText()).toBe(kept);
  await bench.run();
  expect((await bench.output.innerText()).length).toBeGreaterThan(kept.length);
});

test.describe('when the server ends', () => {
  test.use({ expectedErrors: SERVER_AWAY });

  test('in order, the partial output is kept and the page says what happened', async ({ page, studio }) => {
    const bench = await Workbench.open(page, await studio.create(PROMPT));
    const begun = (await started(bench)).slice(0, 10);
    await studio.stop();
    await studio.start();
    await expect(bench.alert('The server ended while this run was answering.')).toBeVisible();
    await expect(bench.status).toContainText('Interrupted');
    await expect(bench.output).toContainText(begun.trim());
    await bench.run();
    await expect(bench.alert('The server ended')).toBeHidden();
  });

  test('by a crash, the run is marked as interrupted', async ({ page, studio }) => {
    const bench = await Workbench.open(page, await studio.create(PROMPT));
    await started(bench);
    await studio.kill();
    await studio.start();
    await expect(bench.alert('The server ended while this run was answering.')).toBeVisible();
    await bench.run();
  });
});

test.describe('a model that thinks before it answers', () => {
  test.use({ providers: ['openai'] });

  test('streams its thoughts folded, apart from the output', async ({ page, studio }) => {
    const model = 'openai/thinking-slow';
    const bench = await Workbench.open(page, await studio.create({ ...PROMPT, model }));
    await bench.runButton.click();
    await expect(bench.status).toContainText('Thinking…');
    await expect(bench.output).toHaveText('The model is thinking…');
    const thoughts = bench.outputRegion.getByText(/^token1 token2 /);
    await expect(thoughts).toBeHidden();
    await bench.outputRegion.getByText('Thinking', { exact: true }).click();
    await expect(thoughts).toBeVisible();
    await expect(thoughts).toContainText('token9');
    await bench.stopButton.click();
    await expect(bench.status).toContainText('Stopped');
    await page.reload();
    await expect(thoughts).toBeHidden();
    await expect(thoughts).toContainText('token9');
    await expect(bench.output).not.toContainText('token');
  });

  test('answers after them', async ({ page, studio }) => {
    const model = 'openai/thinking';
    const bench = await Workbench.open(page, await studio.create({ ...PROMPT, model }));
    await bench.run();
    await expect(bench.output).toHaveText(/^Echo: Give ten uses/);
    const thinking = bench.outputRegion.getByText('Thinking', { exact: true });
    await expect(thinking).toBeVisible();
    await thinking.click();
    await expect(bench.outputRegion.getByText('Let me think about it.')).toBeVisible();
  });
});
