// From a phone to a wide screen: nothing sticks out, whatever the state.

import { expect, test } from '../support/test.ts';
import { TOUR_ERRORS, tour } from '../support/tour.ts';
import { Workbench } from '../support/workbench.ts';

const SIZES = [
  { width: 360, height: 740 },
  { width: 390, height: 844 },
  { width: 2560, height: 1440 },
];

/** Everything that reaches beyond the right edge without a box of its own to scroll in. */
function overflow(): string[] {
  const root = document.scrollingElement ?? document.documentElement;
  if (root.scrollWidth <= innerWidth) return [];
  const beyond = [...document.querySelectorAll('body *')].filter(
    (element) => element.getBoundingClientRect().right > innerWidth + 1,
  );
  const names = beyond.map((element) => `${element.tagName}.${element.className}`);
  return [`${root.scrollWidth} px wide instead of ${innerWidth}`, ...names.slice(0, 8)];
}

test.use({ expectedErrors: TOUR_ERRORS });

for (const viewport of SIZES) {
  test.describe(`${viewport.width} px wide`, () => {
    test.use({ viewport });

    test('no state of any page scrolls sideways', async ({ page, studio }, info) => {
      test.setTimeout(90_000);
      await tour(page, studio, async (state) => {
        expect.soft(await page.evaluate(overflow), state).toEqual([]);
        await page.screenshot({ path: info.outputPath(`${state}.png`), fullPage: true });
      });
    });
  });
}

test.describe('long words', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('stay in their boxes', async ({ page, studio }) => {
    const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(5);
    const path = await studio.create({
      title: long,
      tags: [long.slice(0, 60)],
      prompt: { text: `Three uses for {${long.toLowerCase()}}: ${long}` },
      values: { [long.toLowerCase()]: long },
    });
    const bench = await Workbench.open(page, path);
    await bench.run();
    await bench.draftFrom(long);
    expect.soft(await page.evaluate(overflow), 'workbench').toEqual([]);
    await bench.openHistory();
    expect.soft(await page.evaluate(overflow), 'history').toEqual([]);
    for (const other of ['/', `${path}/versions/1`]) {
      await page.goto(other);
      expect.soft(await page.evaluate(overflow), other).toEqual([]);
    }
  });
});
