// A draft of a long prompt: from the complete reply to the diff on screen.

import { test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';
import { median, ms, report } from './figure.ts';

const ROUNDS = 5;
const CHARACTERS = 20_000;

test.use({ providers: ['openai'] });

/** Notes when the last piece of the reply came, and when the diff was painted. */
function watchDraft(): void {
  const marks = window as unknown as { replied: number; shown: number };
  marks.replied = marks.shown = 0;
  const Original = window.EventSource;
  // The page's own listener comes after this one, so the time is that of the arrival.
  window.EventSource = class extends Original {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init);
      this.addEventListener('message', (message: MessageEvent<string>) => {
        if (message.data.startsWith('{"draft_delta"')) marks.replied = message.timeStamp;
      });
    }
  };
  const observer = new MutationObserver(() => {
    if (marks.shown || !document.querySelector('ins, del')) return;
    marks.shown = -1;
    requestAnimationFrame(() => setTimeout(() => (marks.shown = performance.now())));
  });
  observer.observe(document, { subtree: true, childList: true });
}

/** An everyday prompt of many paragraphs. */
function longPrompt(): string {
  let text = '';
  for (let number = 1; text.length < CHARACTERS; number += 1) {
    text +=
      `${number}. When the reader asks about topic ${number}, answer in two short sentences, ` +
      `name the source with its year, and offer one example that a beginner can try today.\n\n`;
  }
  return text.slice(0, CHARACTERS);
}

test('draft of a long prompt', async ({ page, studio }) => {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const path = await studio.create({
      title: `Long ${round}`,
      prompt: { text: longPrompt() },
      model: 'openai/empty',
      alignmentModel: 'openai/echo',
    });
    if (round === 0) await page.addInitScript(watchDraft);
    const bench = await Workbench.open(page, path);
    await bench.feedback.fill(`Say where each fact comes from, round ${round}.`);
    await bench.draftButton.click();
    await page.waitForFunction(() => (window as unknown as { shown: number }).shown > 0);
    const time = await page.evaluate(() => {
      const { shown, replied } = window as unknown as { shown: number; replied: number };
      return replied > 0 ? shown - replied : NaN;
    });
    if (round > 0) times.push(time);
  }
  const note = `from the last piece of the reply to the painted diff, slowest ${ms(Math.max(...times))}`;
  await report('diff-shown', median(times), note);
});
