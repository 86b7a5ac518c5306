// What goes wrong at a provider reads like what it is, names the next step, and costs nothing typed.

import { expect, live, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const TEXT = 'Name a bird.';

/** Fails where it would try again after a pause: pauses have tests of their own. */
const AT_ONCE = { ATTUNE_RETRY_LIMIT: '1' };

interface Case {
  model: string;
  /** What a person reads. */
  says: RegExp;
  /** What is kept of the answer. */
  keeps?: string;
  env?: Record<string, string>;
}

const CASES: Record<string, Case> = {
  'a wrong key': {
    model: 'openai/echo',
    says: /answered 401: it does not accept the key.*Check OPENAI_API_KEY/,
    env: { OPENAI_API_KEY: 'wrong' },
  },
  'an unknown model': {
    model: 'openai/unknown-bird',
    says: /answered 404: it does not know the model “unknown-bird”.*Check the spelling/,
  },
  'a used-up quota': {
    model: 'gemini/error-429-after-32',
    says: /Gemini answered: rate limit reached \(429\).*Try again in 32 s, or choose another model\./,
  },
  'an overloaded provider': {
    model: 'anthropic/error-503-after-32',
    says: /Anthropic answered 503: it is overloaded.*Try again in 32 s/,
  },
  'a refused request': {
    model: 'openai/error-400',
    says: /answered 400: it refuses the request.*Change the settings or the prompt/,
  },
  'a blocked answer': {
    model: 'gemini/blocked',
    says: /Gemini blocked the answer: .*Reword the prompt/,
  },
  'a blocked prompt': {
    model: 'gemini/blocked-prompt',
    says: /Gemini blocked the prompt: .*Reword the prompt or its values/,
  },
  'the token limit': {
    model: 'openai/length',
    says: /cut at the model's default limit of output tokens.*Set Max output tokens/,
    keeps: 'One two three',
  },
  'a connection that is cut': {
    model: 'openai/cut',
    says: /broke off before its end.*Try again; what has arrived is kept\./,
    keeps: 'One two three',
  },
  'a web page instead of an answer': {
    model: 'openai/html',
    says: /instead of a model's answer.*Check that OPENAI_BASE_URL is right/,
  },
  'a provider that is not there': {
    model: 'openai/echo',
    says: /cannot be reached at 127\.0\.0\.1:9\b.*Check that it is running and that OPENAI_BASE_URL is right/,
    env: { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' },
  },
};

for (const [name, { model, says, keeps, env }] of Object.entries(CASES)) {
  test.describe(name, () => {
    test.use({ providers: ['openai', 'gemini', 'anthropic'], env: { ...AT_ONCE, ...env } });

    test('is named with the next step', async ({ page, studio }) => {
      const bench = await Workbench.open(
        page,
        await studio.create({ title: 'Bird', prompt: { text: TEXT }, model }),
      );
      await bench.feedback.fill('Typed and not sent.');
      await bench.runButton.click();
      await expect(bench.alert(says)).toBeVisible();
      await expect(bench.alert(/\S/)).toHaveCount(1);
      if (keeps) await expect(bench.output).toContainText(keeps);
      // No raw bodies, no keys.
      await expect(bench.alert(says)).not.toContainText(/[{}]|loopback|Bearer/);

      await page.reload();
      await live(page);
      await expect(bench.alert(says)).toBeVisible();
      await expect(bench.prompt).toHaveValue(TEXT);
      await expect(bench.feedback).toHaveValue('Typed and not sent.');

      await bench.choose('Model', 'demo/demo-1');
      await bench.run();
      await expect(bench.alert(says)).toBeHidden();
    });
  });
}

test.describe('what a model does not take', () => {
  test.use({ providers: ['openai'] });

  test('is named, and one click runs without it', async ({ page, studio }) => {
    const model = 'openai/refuses-temperature';
    const path = await studio.create({ title: 'Bird', prompt: { text: TEXT }, model });
    const bench = await Workbench.open(page, path);
    const temperature = page.getByRole('spinbutton', { name: 'Temperature' });
    await temperature.fill('0.4');
    await bench.runButton.click();
    const alert = bench.alert('this model does not take Temperature.');
    await alert.getByRole('button', { name: 'Run without it' }).click();
    await expect(bench.output).toHaveText(`Echo: ${TEXT}`);
    await expect(alert).toBeHidden();
    await expect(temperature).toHaveValue('');
  });

  test('as system instructions goes in front of the prompt, and that is said', async ({ page, studio }) => {
    const prompt = { text: TEXT, system_instructions: 'Be brief.' };
    const model = 'openai/refuses-system';
    const bench = await Workbench.open(page, await studio.create({ title: 'Bird', prompt, model }));
    await bench.run();
    await expect(bench.output).toHaveText(/^Echo: Be brief\.\s*Name a bird\.$/);
    const note = bench.outputRegion.getByText('refuses-system takes no system instructions');
    await expect(note).toBeVisible();
    await bench.system.fill('');
    await bench.run();
    await expect(note).toBeHidden();
  });
});

test.describe('an answer that a limit cut', () => {
  test.use({ providers: ['openai'] });

  for (const [maxOutputTokens, advice] of [
    [undefined, "at the model's default limit of output tokens. Set Max output tokens"],
    [3, 'at the limit of 3 output tokens. Raise Max output tokens'],
    [900, 'before the limit of 900: the model has no room for more. Shorten the prompt'],
  ] as const) {
    test(`is not shown as done, with advice for a limit of ${maxOutputTokens}`, async ({ page, studio }) => {
      const prompt = { title: 'Bird', prompt: { text: TEXT }, model: 'openai/length' };
      const bench = await Workbench.open(page, await studio.create({ ...prompt, maxOutputTokens }));
      await bench.runButton.click();
      await expect(bench.alert(advice)).toBeVisible();
      await expect(bench.status).toHaveAttribute('data-state', 'ended');
    });
  }
});

test.describe('a draft', () => {
  test.use({ providers: ['openai'], env: AT_ONCE });

  for (const [model, says] of [
    ['openai/error-429-after-32', /rate limit reached/],
    ['openai/empty', /\S/],
    ['openai/cut', /broke off/],
  ] as const) {
    test(`that fails on ${model} keeps the feedback and can be asked for again`, async ({ page, studio }) => {
      const path = await studio.create({
        title: 'Bird',
        prompt: { text: TEXT },
        model: 'openai/echo',
        alignmentModel: model,
      });
      const bench = await Workbench.open(page, path);
      await bench.run();
      await bench.feedback.fill('A bird of the north.');
      await bench.draftButton.click();
      await expect(bench.draft.getByRole('alert').filter({ hasText: says })).toBeVisible();
      await expect(bench.feedback).toHaveValue('A bird of the north.');
      await expect(bench.accept).toHaveCount(0);

      if (model === 'openai/cut') {
        await bench.draft.getByText('Show reply').click();
        await expect(bench.draft.locator('details pre')).toContainText('One two three');
      }
      const other = bench.draft.getByRole('combobox', { name: 'Model for the next draft' });
      await other.selectOption('openai/echo');
      await bench.draft.getByRole('button', { name: 'Draft with this model' }).click();
      await bench.isDrafted();
      await expect(page.getByRole('combobox', { name: 'Alignment model' })).toHaveValue('openai/echo');
      await bench.acceptAndRun(2);
      await expect(bench.prompt).toHaveValue(/A bird of the north\./);
    });
  }
});

test.describe('the Settings page', () => {
  test.use({ providers: ['openai', 'gemini'], env: { OPENAI_API_KEY: 'wrong' } });

  test('shows which provider needs attention and why', async ({ page }) => {
    await open(page, '/settings');
    const cards = page.getByRole('article');
    const openai = cards.filter({ hasText: 'OPENAI_API_KEY' });
    await expect(openai).toContainText('Needs attention');
    await expect(openai).toContainText('401');
    await expect(cards.filter({ hasText: /^Gemini/ })).toContainText(/\d+ models?/);
  });
});
