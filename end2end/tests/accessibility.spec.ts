// axe-core finds nothing in any state of any page, in light and in dark.

import AxeBuilder from '@axe-core/playwright';

import { expect, test } from '../support/test.ts';
import { TOUR_ERRORS, tour } from '../support/tour.ts';

test.use({ expectedErrors: TOUR_ERRORS });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('no state of any page violates a rule', async ({ page, studio }) => {
      test.setTimeout(120_000);
      await tour(page, studio, async (state) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
        );
        expect.soft(found, state).toEqual([]);
      });
    });
  });
}
