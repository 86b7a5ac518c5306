// Braces: what is a variable, what is plain text, and that values are put in as they are.

import { expect, live, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const JSON_PROMPT = `Answer with JSON like {"uses": [{"title": "…"}], "n": {}} for {item}.
Keep {{mustache}}, \${shell} and {two words} as they are.`;

test.describe('on a model that keeps what it is sent', () => {
  test.use({ providers: ['openai'] });

  test('a value is put in as it is, once, and nothing else changes', async ({ page, studio, loopback }) => {
    const path = await studio.create({
      title: 'Braces',
      prompt: { text: JSON_PROMPT, system_instructions: 'Speak to {item}.' },
      values: { item: '{item} & {other}' },
      model: 'openai/braces',
    });
    const bench = await Workbench.open(page, path);
    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: 'Preview' });
    await expect(preview).toContainText('openai/braces');
    const shown = (name: string) => preview.getByRole('region', { name }).locator('pre').textContent();
    const texts = [await shown('System instructions'), await shown('User message')];
    await preview.getByRole('button', { name: 'Close' }).click();
    await bench.run();
    const [sent] = await loopback.bodies('"braces"');
    for (const text of texts) expect(sent).toContain(JSON.stringify(text));
    expect(sent).toContain(JSON.stringify(JSON_PROMPT.replace('{item}', '{item} & {other}')));
    expect(sent).toContain('"Speak to {item} & {other}."');
  });
});

test('JSON and other braces stay as they are', async ({ page }) => {
  const bench = await Workbench.create(page, JSON_PROMPT, { item: 'a {strange} "thing"' });
  await expect(bench.variables.getByRole('textbox')).toHaveCount(1);
  await bench.run();
  await bench.draftFrom('Say it in one sentence each.');
  const shown = await bench.draft.locator('.diff').innerText();
  for (const literal of ['{"uses": [{"title": "…"}], "n": {}}', '{{mustache}}', '${shell}', '{two words}']) {
    expect(shown).toContain(literal);
  }
  await expect(bench.draft.getByRole('list', { name: 'Findings' })).toBeHidden();
  await bench.acceptAndRun(2);
  await expect(bench.prompt).toHaveValue(/\{"uses": \[\{"title": "…"\}\], "n": \{\}\} for \{item\}/);
  await expect(bench.variable('item')).toHaveValue('a {strange} "thing"');
});

test('a name can be marked as plain text and back', async ({ page }) => {
  const bench = await Workbench.create(page, 'Print {name} for {who} as it is.', { who: 'Ada' });
  await page.getByRole('button', { name: 'Treat {name} as plain text' }).click();
  await expect(bench.variable('name')).toHaveCount(0);
  await expect(bench.variables).toContainText('{name} is plain text.');
  await bench.run();
  await page.reload();
  await live(page);
  await expect(bench.variables).toContainText('{name} is plain text.');
  await page.getByRole('button', { name: 'Make it a variable' }).click();
  await expect(bench.variable('name')).toBeVisible();
});

test('a variable without a value holds the run, and can be left empty', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 600 });
  const bench = await Workbench.create(page, 'Explain: return {x} + {y}', { y: '1' });
  let runs = 0;
  page.on('request', (request) => (runs += request.url().endsWith('/api/runs/start') ? 1 : 0));
  await bench.runButton.click();
  await expect(bench.alert('{x} has no value, so nothing was sent.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run with it empty' })).toBeInViewport({ ratio: 1 });
  await bench.variable('x').fill('2');
  await expect(bench.alert('has no value')).toBeHidden();
  await bench.variable('x').fill('');
  await expect(bench.alert('{x} has no value')).toBeVisible();
  expect(runs).toBe(0);
  await page.getByRole('button', { name: 'Run with it empty' }).click();
  await bench.isDone();
  await expect(bench.alert('has no value')).toBeHidden();
  await bench.run();
  expect(runs).toBe(2);
});

test('names in pasted code are plain text until one click makes them variables', async ({ page }) => {
  const code = '```js\nreturn {x}\n```';
  const bench = await Workbench.create(page, `Review for {reader}:\n${code}\n\\frac{a}{b}`, {
    reader: 'Ada',
  });
  await expect(bench.variables.getByRole('textbox')).toHaveCount(1);
  for (const name of ['x', 'a', 'b']) {
    await expect(bench.variables).toContainText(`{${name}} is plain text.`);
  }
  await bench.run();
  await page.reload();
  await live(page);
  await expect(bench.variables).toContainText('{x} is plain text.');
  const x = bench.variables.getByRole('paragraph').filter({ hasText: '{x} is plain text.' });
  await x.getByRole('button', { name: 'Make it a variable' }).click();
  await expect(bench.variable('x')).toBeVisible();
  await bench.prompt.press('End');
  await page.keyboard.type(' Thank you.');
  await expect(bench.variable('x')).toBeVisible();
});

test('{{names}} of other tools are offered to be made variables', async ({ page }) => {
  const bench = await Workbench.create(page, 'Dear {{customer}},');
  const found = page.getByRole('note').filter({ hasText: 'Found' });
  await expect(found).toContainText('Found {{customer}}: make it a variable?');
  await expect(bench.prompt).toHaveValue('Dear {{customer}},');
  await found.getByRole('button', { name: 'Make it a variable' }).click();
  await expect(found).toBeHidden();
  await expect(bench.prompt).toHaveValue('Dear {customer},');
  await expect(bench.variable('customer')).toBeVisible();

  await bench.system.fill('You are {{ role }}.');
  await bench.prompt.fill('{{a}}, {{b}} and {{c}}');
  await found.getByRole('button', { name: 'Make {b} a variable' }).click();
  await expect(bench.prompt).toHaveValue('{{a}}, {b} and {{c}}');
  await found.getByRole('button', { name: 'Make all variables' }).click();
  await expect(bench.prompt).toHaveValue('{a}, {b} and {c}');
  await expect(bench.system).toHaveValue('You are {role}.');

  await bench.prompt.fill('Keep {{this}}.');
  await found.getByRole('button', { name: 'Leave as text' }).click();
  await expect(found).toBeHidden();
  await bench.isSaved();
  await page.reload();
  await live(page);
  await expect(bench.prompt).toHaveValue('Keep {{this}}.');
  await expect(found).toBeHidden();
});

test('variables come and go with the text, and their values come back', async ({ page }) => {
  const bench = await Workbench.create(page, 'About {place}.', { place: 'Iceland' });
  await bench.prompt.fill('About nothing.');
  await expect(bench.variables).toContainText('None yet.');
  await bench.prompt.fill('About {place} and {time}.');
  await expect(bench.variable('place')).toHaveValue('Iceland');
  await expect(bench.variable('time')).toHaveValue('');
});

test.describe('what cannot be run', () => {
  test.use({ expectedErrors: /status of 422/ });

  test('an empty prompt is named, and nothing is called', async ({ page }) => {
    const bench = await Workbench.create(page, '   ');
    await bench.runButton.click();
    await expect(bench.alert(/empty|nothing|Write/i)).toBeVisible();
    await expect(page.getByText('not saved as a version yet')).toBeVisible();
    await bench.prompt.fill('Name a bird.');
    await expect(bench.alert(/empty|nothing|Write/i)).toBeHidden();
    await bench.run();
  });
});
