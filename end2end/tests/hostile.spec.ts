// Text that wants to be more than text: nothing in it runs, loads or leads anywhere by itself, and the
// page stays usable. Requests to anywhere but the studio fail every test (support/test.ts).

import { readdirSync, readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { expect, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const FOLDER = new URL('../hostile/', import.meta.url);
const CORPUS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }));

test.use({ providers: ['openai'] });

/** Nothing of the corpus became an element, a handler or a link of its own kind. */
async function isHarmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  const wrong = await page.evaluate(() => {
    const main = document.querySelector('main') ?? document.body;
    const elements = [...main.querySelectorAll('*')];
    const dangerous =
      'script, img, svg, iframe, style, meta, base, form:not([action^="/"]), object, embed, video, audio, link, math, input[autofocus]';
    const attributes = elements.flatMap((element) => [...element.attributes]);
    const show = (it: Attr) => `${it.ownerElement?.tagName} ${it.name}=${it.value}`;
    return [
      ...elements.filter((it) => it.matches(dangerous)).map((it) => it.outerHTML.slice(0, 80)),
      ...attributes.filter((it) => /^(on.*|style|srcdoc|ping|srcset)$/i.test(it.name)).map(show),
      ...attributes
        .filter((it) => /^(href|src|action)$/i.test(it.name) && !/^(https?:|mailto:|\/)/i.test(it.value))
        .map(show),
    ];
  });
  expect(wrong).toEqual([]);
}

/** A key press and a run are answered as fast as on any other page. */
async function isUsable(bench: Workbench): Promise<void> {
  const page = bench.page;
  await bench.prompt.focus();
  await page.keyboard.press('Control+Home');
  const typed = await page.evaluate(async () => {
    const box = document.activeElement as HTMLTextAreaElement;
    const begun = performance.now();
    document.execCommand('insertText', false, 'x');
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    return { ms: performance.now() - begun, value: box.value.slice(0, 1) };
  });
  expect(typed.value).toBe('x');
  expect(typed.ms, 'from a key press to the next frame').toBeLessThan(1000);
  await bench.run();
}

for (const { name, text } of CORPUS) {
  test(`${name} is shown as text`, async ({ page, studio, context }) => {
    test.setTimeout(90_000);
    page.on('dialog', () => expect(false, 'a dialog opened').toBe(true));
    const path = await studio.create({
      title: text.slice(0, 190),
      tags: [text.slice(0, 50), `second ${text.slice(50, 100)}`],
      prompt: { text: `${text}\nSay {thing}.`, system_instructions: text },
      values: { thing: text, [text.slice(0, 40)]: text },
      note: text.slice(0, 1000),
      model: 'openai/echo',
      alignmentModel: 'openai/echo',
    });
    const bench = await Workbench.open(page, path);
    await bench.run();
    await isHarmless(page);
    await expect(bench.variable('thing')).toHaveValue(text.replace(/\r\n?/g, '\n'));
    await bench.outputRegion.getByRole('radio', { name: 'Raw' }).check();
    await isHarmless(page);
    await bench.feedback.fill(text);
    await page.getByRole('button', { name: 'Add another' }).click();
    await isHarmless(page);
    await bench.draftFrom(text);
    await isHarmless(page);
    await bench.acceptAndRun(2);
    await page.getByRole('button', { name: 'Compare with v1' }).click();
    await isHarmless(page);
    await bench.openHistory();
    await isHarmless(page);
    await page.keyboard.press('Escape');
    await isUsable(bench);
    const search = encodeURIComponent(text.slice(0, 100));
    for (const other of [`${path}/versions/2?compare=1`, `${path}/versions/1`, '/', `/?q=${search}`]) {
      await open(page, other);
      await isHarmless(page);
    }
    expect(context.pages()).toHaveLength(1);
    expect(new URL(page.url()).origin).toBe(studio.url);
  });
}

test('a link leads out only when it is pressed, to a page that knows nothing of this one', async ({
  page,
  studio,
}) => {
  const path = await studio.create({
    title: 'Links',
    prompt: { text: '[honest](https://example.org/page) [sly](javascript:alert(1))' },
    model: 'openai/echo',
  });
  const bench = await Workbench.open(page, path);
  await bench.run();
  const link = bench.output.getByRole('link', { name: 'honest' });
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(bench.output.getByRole('link', { name: 'sly' })).toHaveCount(0);
});

test('characters that hide are shown in comparisons and turn nothing around', async ({ page, studio }) => {
  const path = await studio.create({
    title: 'Tur\u202Ening \u2067around',
    tags: ['gat\u202E'],
    prompt: { text: 'Say hello.' },
    model: 'openai/echo',
    alignmentModel: 'openai/echo',
  });
  const bench = await Workbench.open(page, path);
  await expect(bench.title).toHaveValue('Turning around');
  await bench.prompt.fill('Say hel\u200Blo to \u202Eeverybody.');
  await bench.saveButton.click();
  await expect(page.getByText('v2 · typed')).toBeVisible();
  await open(page, `${path}/versions/2?compare=1`);
  await expect(page.getByRole('main')).toContainText('U+200B');
  await expect(page.getByRole('main')).toContainText('U+202E');
  // What stands beside a text that turns around still reads from left to right.
  await open(page, '/');
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Turning around' });
  await expect(row.getByText('gat', { exact: true })).toBeVisible();
  const directions = await page.evaluate(() =>
    [...document.querySelectorAll('.prompt-title, .excerpt, .tag')].map(
      (it) => getComputedStyle(it).unicodeBidi,
    ),
  );
  expect(directions.length).toBeGreaterThan(2);
  expect(directions.every((it) => it === 'isolate')).toBe(true);
});

test('null characters that are pasted become visible', async ({ page, studio }) => {
  const bench = await Workbench.open(
    page,
    await studio.create({ title: 'Null', prompt: { text: 'x' }, model: 'openai/echo' }),
  );
  await bench.prompt.evaluate((box: HTMLTextAreaElement) => {
    box.focus();
    box.value = 'a\u0000b';
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await bench.run();
  await expect(bench.output).toContainText('Echo: a\uFFFDb');
});

test('a line of a megabyte does not hold up the page', async ({ page, studio }) => {
  test.setTimeout(120_000);
  const line = 'wordswithoutablank'.repeat(55_000);
  const path = await studio.create({ title: 'Long', prompt: { text: line }, model: 'openai/echo' });
  const bench = await Workbench.open(page, path);
  await bench.run();
  await isUsable(bench);
  await bench.outputRegion.getByRole('radio', { name: 'Raw' }).check();
  await isUsable(bench);
  await open(page, `${path}/versions/1`);
  await open(page, '/');
});

test('deep nesting does not hold up the page', async ({ page, studio }) => {
  test.setTimeout(120_000);
  for (const deep of [
    '>'.repeat(20_000),
    '- '.repeat(1_000),
    '*a '.repeat(1_000),
    '*a**b'.repeat(5_000),
    '['.repeat(50_000),
    '`'.repeat(5_000),
    '|a'.repeat(20_000),
  ]) {
    const path = await studio.create({ title: 'Deep', prompt: { text: `${deep}end` }, model: 'openai/echo' });
    const bench = await Workbench.open(page, path);
    await bench.run();
    await expect(bench.output).toContainText('end');
    await isUsable(bench);
    // The server renders the same.
    await page.reload();
    await expect(bench.output).toContainText('end');
  }
});

test.describe('a paste of 1.1 MB', () => {
  test.use({ expectedErrors: /422/ });

  test('is refused with a sentence, kept in the browser, and taken once it is shorter', async ({
    page,
    studio,
  }, info) => {
    test.setTimeout(120_000);
    const path = await studio.create({
      title: 'Paste',
      prompt: { text: 'Say hello.' },
      model: 'openai/echo',
    });
    const bench = await Workbench.open(page, path);
    const large = 'All work and no play. '.repeat(52_500);
    await bench.prompt.fill(large);
    await expect(bench.alert('the limit is 1,024 KB')).toBeVisible();
    await expect(bench.alert('Shorten it')).toBeVisible();
    await page.screenshot({ path: info.outputPath('too-long.png') });
    await expect(bench.prompt).toHaveValue(large);
    // Running it says the same and loses nothing.
    await bench.runButton.click();
    await expect(bench.alert('the limit is 1,024 KB')).toBeVisible();
    await expect(bench.prompt).toHaveValue(large);
    // A reload brings it back from the browser.
    await page.reload();
    await expect(bench.prompt).toHaveValue(large);
    await bench.prompt.fill('Say hello, briefly.');
    await bench.isSaved();
    await bench.run();
    await expect(bench.output).toContainText('Say hello, briefly.');
  });
});

test.describe('more pages than may follow', () => {
  test.use({ expectedErrors: /429/ });

  test('a page that cannot follow says so and works', async ({ page, studio }) => {
    const path = await studio.create({
      title: 'Crowd',
      prompt: { text: 'Say hello.' },
      model: 'openai/echo',
    });
    const id = path.split('/').at(-1);
    const streams = Array.from({ length: 32 }, () => new AbortController());
    for (const { signal } of streams) {
      const answer = await fetch(`${studio.url}/api/prompts/${id}/events`, { signal });
      expect(answer.status).toBe(200);
    }
    const bench = await Workbench.open(page, path);
    await expect(page.getByRole('banner').getByRole('status')).toContainText('trying to reach');
    await bench.prompt.fill('Say goodbye.');
    await bench.saveButton.click();
    await expect(page.getByText('v2', { exact: false }).first()).toBeVisible();
    for (const stream of streams) stream.abort();
    await expect(page.getByRole('banner').getByRole('status')).toBeHidden({ timeout: 30_000 });
    await bench.run();
    await expect(bench.output).toContainText('Say goodbye.');
  });
});
