// Every fault of a provider as a person meets it: the message names the cause and the next step,
// what is typed is still there, and one click goes on. A picture of each is kept for review in
// `.screens/faults/`. The exact sentences of all wire formats are tested in `service`.

import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { expect, live, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const SCREENS = join(import.meta.dirname, '../.screens/faults');

const PROMPT = { title: 'Bird', prompt: { text: 'Name a bird of {place}.' }, values: { place: 'Norway' } };

interface Case {
  model: string;
  /** What a person reads. */
  says: RegExp;
  /** What is kept of the answer. */
  keeps?: string;
  /** How many requests were made; `undefined` where nobody counts. */
  requests?: number;
  env?: Record<string, string>;
  /** The page offers to run again without a change. */
  again?: boolean;
}

/** Short pauses, short limits; who is asked to wait for longer than 20 s is told at once. */
const QUICK = {
  ATTUNE_RETRY_PAUSE: '0.1',
  ATTUNE_RETRY_LIMIT: '20',
  ATTUNE_FIRST_TOKEN_TIMEOUT: '2',
  ATTUNE_SILENCE_TIMEOUT: '1.5',
};

const again = true;

const CASES: Record<string, Case> = {
  '401': { model: 'openai/error-401', says: /does not accept the key.*Check OPENAI_API_KEY/, requests: 1 },
  '403': { model: 'gemini/error-403', says: /not allowed to do this.*Check GEMINI_API_KEY/, requests: 1 },
  '404-model': {
    model: 'anthropic/unknown-bird',
    says: /does not know the model “unknown-bird”.*Check the spelling/,
    requests: 1,
  },
  '429': {
    model: 'gemini/error-429',
    says: /rate limit reached.*It was tried 4 times\..*Try again in a minute/,
    requests: 4,
    again,
  },
  '429-retry-after': {
    model: 'openai/error-429-after-32',
    says: /rate limit reached.*Try again in 32 s, or choose another model\./,
    requests: 1,
    again,
  },
  '402-no-credit': {
    model: 'openai/error-402',
    says: /no credit left.*Add credit at the provider/,
    requests: 1,
    again,
  },
  '500': {
    model: 'anthropic/error-500',
    says: /internal error at the provider.*It was tried 4 times\./,
    requests: 4,
    again,
  },
  '503': { model: 'gemini/error-503', says: /it is overloaded.*It was tried 4 times\./, requests: 4, again },
  'malformed-json': {
    model: 'openai/broken-json',
    says: /broken or unexpected JSON.*Check that OPENAI_BASE_URL is right/,
    keeps: 'One two three',
    requests: 1,
    again,
  },
  'wrong-content-type': {
    model: 'anthropic/html',
    says: /a web page instead of a model's answer.*Check that ANTHROPIC_BASE_URL is right/,
    requests: 1,
    again,
  },
  'cut-in-a-character': {
    model: 'gemini/cut-in-character',
    says: /broke off before its end.*what has arrived is kept/,
    keeps: 'One two three',
    requests: 1,
    again,
  },
  silence: {
    model: 'openai/silent',
    says: /fell silent: nothing more of the answer for 1\.5 s\..*what has arrived is kept/,
    keeps: 'One two three',
    requests: 1,
    again,
  },
  'silence-from-the-beginning': {
    model: 'gemini/silent-first',
    says: /did not begin to answer within 2 s\..*ATTUNE_FIRST_TOKEN_TIMEOUT/,
    requests: 1,
    again,
  },
  'slow-drip': { model: 'anthropic/drip', says: /fell silent/, keeps: 'One two three', requests: 1, again },
  '50-mb': {
    model: 'openai/huge',
    says: /passed 4 MB and was stopped\..*Set Max output tokens/,
    keeps: 'One two three',
    requests: 1,
  },
  '50-mb-in-one-event': {
    model: 'gemini/huge-event',
    says: /a line without an end/,
    keeps: 'One two three',
    requests: 1,
    again,
  },
  refused: {
    model: 'openai/echo',
    says: /cannot be reached at 127\.0\.0\.1:9: connection refused\. It was tried 4 times\. Check that it is running/,
    requests: 0,
    env: { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' },
    again,
  },
  reset: {
    model: 'anthropic/reset',
    says: /the connection broke\. It was tried 4 times\./,
    requests: 4,
    again,
  },
  'reset-in-the-middle': {
    model: 'gemini/reset-later',
    says: /broke off before its end/,
    keeps: 'One two three',
    requests: 1,
    again,
  },
  'closed-after-headers': {
    model: 'openai/closed',
    says: /closed the connection before it answered\. It was tried 4 times\./,
    requests: 4,
    again,
  },
};

/** Keeps a picture of the page. */
async function keep(page: Page, name: string): Promise<void> {
  await expect(page.getByText('Saving…')).toBeHidden();
  await page.screenshot({ path: join(SCREENS, `${name}.png`) });
}

for (const [name, { model, says, keeps, requests, env, again }] of Object.entries(CASES)) {
  test.describe(name, () => {
    test.use({ providers: ['openai', 'gemini', 'anthropic'], env: { ...QUICK, ...env } });

    test('names cause and next step, keeps what is typed, goes on with one click', async ({
      page,
      studio,
      loopback,
    }) => {
      const before = (await loopback.bodies(model.split('/')[1] ?? '')).length;
      const bench = await Workbench.open(page, await studio.create({ ...PROMPT, model }));
      await bench.variable('place').fill('the north');
      await bench.feedback.fill('Typed and not sent.');
      await bench.runButton.click();
      await expect(bench.alert(says)).toBeVisible();
      await expect(bench.alert(/\S/)).toHaveCount(1);
      await expect(bench.alert(says)).not.toContainText(/[{}]|loopback|Bearer/);
      if (keeps) await expect(bench.output).toContainText(keeps);
      await keep(page, name);
      const made = (await loopback.bodies(model.split('/')[1] ?? '')).length - before;
      expect.soft(made, 'requests').toBe(requests);

      await expect(bench.prompt).toHaveValue(PROMPT.prompt.text);
      await expect(bench.variable('place')).toHaveValue('the north');
      await expect(bench.feedback).toHaveValue('Typed and not sent.');
      const button = page.getByRole('button', { name: 'Run again' });
      await expect(button).toHaveCount(again ? 1 : 0);
      // One click starts the next run, whose status takes the place of the message.
      await (again ? button : bench.runButton).click();
      await expect(bench.status).toContainText(/Running|Waiting|Failed/);
      await expect(bench.feedback).toHaveValue('Typed and not sent.');
    });
  });
}

test.describe('events', () => {
  test.use({ providers: ['openai', 'gemini', 'anthropic'] });

  for (const model of ['openai/split', 'gemini/split-slow', 'anthropic/joined']) {
    test(`that come as ${model} are read as they are meant`, async ({ page, studio }) => {
      const bench = await Workbench.open(
        page,
        await studio.create({ title: 'Bird', prompt: { text: 'Name a bird.' }, model }),
      );
      await bench.run();
      await expect(bench.output).toHaveText('Grüße 👋 from Tokyo 東京.');
    });
  }
});

test.describe('a pause before another try', () => {
  test.use({ providers: ['openai', 'gemini', 'anthropic'] });

  test('is counted down on every page, after a reload too, and passes', async ({ page, studio, context }) => {
    const path = await studio.create({ ...PROMPT, model: 'gemini/flaky-1-429-after-9' });
    const bench = await Workbench.open(page, path);
    await bench.variable('place').fill('the north');
    await bench.isSaved();
    const other = await Workbench.open(await context.newPage(), path);
    await bench.runButton.click();
    const shown = (it: Workbench) => it.outputRegion.getByText(/^Waiting \d+ s, try 2 of 4$/);
    for (const it of [bench, other]) {
      await it.page.bringToFront();
      await expect(shown(it)).toBeVisible();
      await expect(it.output).toContainText('Gemini answered: rate limit reached (429)');
    }
    await page.bringToFront();
    await keep(page, 'waiting');

    // The eye sees seconds go by, the live region says its words once.
    const said = await bench.status.textContent();
    const counted = await shown(bench).textContent();
    await expect.poll(() => shown(bench).textContent()).not.toBe(counted);
    expect(await bench.status.textContent()).toBe(said);
    expect(said).toMatch(
      /^Waiting 1?\d s, try 2 of 4 · Gemini answered: rate limit reached \(429\)\..* · v1$/,
    );

    await page.reload();
    await expect(shown(bench)).toBeVisible();
    await expect(bench.stopButton).toBeEnabled();
    await bench.isDone();
    await expect(bench.output).toContainText('Echo: Name a bird of the north.');
    await expect(shown(bench)).toBeHidden();
  });

  for (const how of ['Stop', 'Escape'] as const) {
    test(`ends at once with ${how}`, async ({ page, studio }) => {
      const path = await studio.create({ ...PROMPT, model: 'openai/error-429-after-50' });
      const bench = await Workbench.open(page, path);
      await bench.variable('place').fill('the north');
      await bench.runButton.click();
      await expect(bench.status).toContainText('try 2 of 4');
      if (how === 'Stop') await bench.stopButton.click();
      else await page.keyboard.press('Escape');
      await expect(bench.status).toContainText('Stopped after');
      await expect(bench.runButton).toBeEnabled();
    });
  }

  test('of a draft is shown and can be stopped', async ({ page, studio }) => {
    const path = await studio.create({
      ...PROMPT,
      model: 'openai/echo',
      alignmentModel: 'anthropic/error-503-after-50',
    });
    const bench = await Workbench.open(page, path);
    await bench.variable('place').fill('the north');
    await bench.run();
    await bench.feedback.fill('A bird that sings.');
    await bench.draftButton.click();
    const shown = bench.draft.getByText(/^Waiting \d+ s, try 2 of 4\.$/).last();
    await expect(shown).toBeVisible();
    await expect(bench.draft).toContainText('Anthropic answered 503: it is overloaded');
    await keep(page, 'waiting-draft');
    await page.reload();
    await live(page);
    await expect(shown).toBeVisible();
    await page.getByRole('button', { name: 'Stop drafting' }).click();
    await expect(bench.draft.getByRole('alert')).toContainText('You stopped this draft.');
    await expect(bench.feedback).toHaveValue('A bird that sings.');
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 } });

    test('and the failure after it fit', async ({ page, studio }) => {
      const path = await studio.create({ ...PROMPT, model: 'gemini/error-429-after-30' });
      const bench = await Workbench.open(page, path);
      await bench.variable('place').fill('the north');
      await bench.runButton.click();
      await expect(bench.status).toContainText('try 2 of 4');
      await bench.outputRegion.scrollIntoViewIfNeeded();
      await keep(page, 'waiting-390');
      await bench.stopButton.click();
      await bench.choose('Model', 'openai/cut');
      await bench.runButton.click();
      await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
      await page.getByRole('button', { name: 'Run again' }).scrollIntoViewIfNeeded();
      await keep(page, 'failed-390');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide, 'scrolls sideways').toBe(false);
    });
  });

  test.describe('in the dark', () => {
    test.use({ colorScheme: 'dark' });

    test('is as easy to read', async ({ page, studio }) => {
      const path = await studio.create({ ...PROMPT, model: 'gemini/error-429-after-30' });
      const bench = await Workbench.open(page, path);
      await bench.variable('place').fill('the north');
      await bench.runButton.click();
      await expect(bench.status).toContainText('try 2 of 4');
      await keep(page, 'waiting-dark');
      await bench.stopButton.click();
    });
  });
});

test.describe('a provider that is busy', () => {
  test.use({ providers: ['openai'], env: { ATTUNE_CONCURRENCY: 'openai=1' } });

  test('shows the place in the line, which moves up and can be left', async ({ page, studio, context }) => {
    const start = async (in_: Page, model: string): Promise<Workbench> => {
      const path = await studio.create({ title: model, prompt: { text: 'Name a bird.' }, model });
      const bench = await Workbench.open(in_, path);
      await bench.runButton.click();
      return bench;
    };
    const first = await start(page, 'openai/slow');
    await expect(first.output).toContainText('token1');
    const second = await start(await context.newPage(), 'openai/echo');
    await expect(second.status).toContainText('Next in line for Server 127.0.0.1');
    const third = await start(await context.newPage(), 'openai/echo');
    await expect(third.status).toContainText('2nd in line for Server 127.0.0.1');
    await keep(third.page, 'in-line');
    await third.page.reload();
    await expect(third.status).toContainText('2nd in line');

    await second.page.bringToFront();
    await second.page.keyboard.press('Escape');
    await expect(second.status).toContainText('Stopped');
    await third.page.bringToFront();
    await expect(third.status).toContainText('Next in line');
    await page.bringToFront();
    await first.stopButton.click();
    await third.page.bringToFront();
    await third.isDone();
    await expect(third.output).toContainText('Echo: Name a bird.');
  });
});
