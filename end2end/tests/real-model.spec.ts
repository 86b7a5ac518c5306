// A real small model on a real server: what it answers nobody here wrote.

import { RealModel } from '../support/real-model.ts';
import { expect, open, test as withStudio } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const test = withStudio.extend<object, { realModel: RealModel }>({
  realModel: [
    async ({}, use) => {
      const model = await RealModel.start();
      await use(model);
      await model.stop();
    },
    { scope: 'worker' },
  ],
});

/** The model where a studio's environment connects it. */
const MODEL = `openai/${RealModel.NAME}`;

test.skip(!RealModel.isInstalled, 'the packages of the real model are not installed');
// One server for all of them, and patience: the model computes on the processor.
test.describe.configure({ mode: 'default', timeout: 120_000 });

test.describe('connected by the environment', () => {
  test.use({ env: async ({ realModel }, use) => use({ OPENAI_BASE_URL: realModel.url }) });

  test('runs stream, end, and stop with what had arrived', async ({ page, studio }) => {
    const prompt = { text: 'Tell a long story about {topic}.' };
    const path = await studio.create({ title: 'Story', prompt, values: { topic: 'a lighthouse' } });
    const bench = await Workbench.open(page, path);
    // Nothing is chosen: the only real model is preferred.
    await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toHaveValue(MODEL);
    await bench.runButton.click();
    await expect(bench.output).toHaveText(/\w+ \w+/);
    await bench.stopButton.click();
    await expect(bench.status).toContainText('Stopped after');
    const stopped = (await bench.output.innerText()).trim();
    await page.reload();
    await expect(bench.status).toContainText('Stopped after');
    await expect(bench.output).toHaveText(stopped, { useInnerText: true });

    await page.getByRole('spinbutton', { name: 'Max output tokens' }).fill('24');
    await bench.runButton.click();
    await expect(bench.status).toHaveText(/(Done in|Cut at the token limit after) .* tokens in, \d+ out/);
    await expect(bench.output).not.toBeEmpty();
  });

  test('a draft of it can be decided on, or says why it is unusable', async ({ page, studio }) => {
    const path = await studio.create({
      title: 'Uses',
      prompt: { text: 'Name three uses of {item}.' },
      values: { item: 'a brick' },
      maxOutputTokens: 32,
    });
    const bench = await Workbench.open(page, path);
    await bench.runButton.click();
    await expect(bench.status).toContainText(/Done in|Cut at the token limit/);
    await bench.feedback.fill('Answer in one short sentence.');
    await bench.draftButton.click();
    const ready = bench.draft.getByRole('button', { name: 'Edit draft' });
    const unusable = bench.draft.getByRole('alert').filter({ hasText: /model|reply|answer/i });
    await expect(ready.or(unusable)).toBeVisible({ timeout: 90_000 });
    if (await unusable.isVisible()) {
      // The prompt and the feedback are where they were, for another model.
      await expect(bench.feedback).toHaveValue('Answer in one short sentence.');
      await expect(bench.prompt).toHaveValue('Name three uses of {item}.');
    }
  });

  test('a prompt beyond its context says so, with the size', async ({ page, studio }) => {
    const path = await studio.create({ title: 'Long', prompt: { text: 'word '.repeat(3000) } });
    const bench = await Workbench.open(page, path);
    await bench.runButton.click();
    const alert = bench.alert('longer than the model');
    await expect(alert).toContainText('context window (2,048 tokens)');
  });
});

test('is connected on the page and refined with the demo model', async ({ page, realModel }) => {
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Add connection' }).click();
  const form = page.getByRole('form', { name: 'Add connection' });
  await form.getByRole('combobox', { name: 'Provider' }).selectOption({ label: 'llama.cpp' });
  await form.getByRole('textbox', { name: 'Base URL' }).fill(realModel.url);
  await form.getByRole('button', { name: 'Test connection' }).click();
  await expect(form.getByRole('status')).toContainText('It works: 1 model listed');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('article', { name: 'llama.cpp' })).toContainText('1 model');

  const bench = await Workbench.create(page, 'Name three uses of {item}.', { item: 'a brick' });
  await bench.choose('Model', `llama-cpp/${RealModel.NAME}`);
  await bench.choose('Alignment model', 'demo/demo-1');
  await page.getByRole('spinbutton', { name: 'Max output tokens' }).fill('32');
  await bench.runButton.click();
  await expect(bench.status).toContainText(/(Done in|Cut at the token limit after) .* v1/);
  await bench.draftFrom('Answer in one short sentence.');
  await bench.acceptAndRerun.click();
  await expect(bench.status).toContainText(/(Done in|Cut at the token limit after) .* v2/);
  await expect(bench.output).not.toBeEmpty();
});
