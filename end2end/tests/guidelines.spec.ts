// The guideline workflow: critiques, praise and edited outputs become rules, and the prompt follows them.

import type { Page } from '@playwright/test';

import { hold } from '../support/hold.ts';
import { keepsFocus, tabTo } from '../support/keyboard.ts';
import type { NewPrompt, Studio } from '../support/studio.ts';
import { expect, live, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const USES = 'Give three uses for the following item: {item}';

/** A prompt in the guideline workflow, not run yet. */
async function guided(page: Page, studio: Studio, more: Partial<NewPrompt> = {}): Promise<Workbench> {
  const prompt = { title: 'Creative uses', prompt: { text: USES }, values: { item: 'scissors' } };
  const bench = await Workbench.open(page, await studio.create({ ...prompt, ...more }));
  await bench.guide();
  return bench;
}

/** A draft that follows two guidelines, each with a change of its own. */
async function drafted(page: Page, studio: Studio): Promise<Workbench> {
  const guidelines = ['Give exactly five uses.', 'Write whole sentences.'];
  const bench = await guided(page, studio, { guidelines });
  await bench.rewrite();
  return bench;
}

/** What the models answer in the stories. */
const MODELS = [
  {
    name: 'the demo model',
    providers: [],
    model: undefined,
    scampi: { guideline: /^Group the ingredients by section of the store\.$/, output: 'Fruit and vegetables' },
    scissors: [
      { critique: 'surprising', guideline: /surprise/, output: 'Pendulum' },
      { critique: 'one sentence', guideline: /one sentence/, output: 'Pendulum' },
    ],
    lawnmower: {
      feedback: 'Write it as a numbered list, one sentence each.',
      guideline: /tools and materials/,
      output: 'You need',
    },
  },
  {
    name: 'Gemini with recorded answers',
    providers: ['gemini'],
    model: 'gemini/recorded-stories',
    scampi: { guideline: /^Group the ingredients by section of the store, each/, output: 'Seafood counter' },
    scissors: [
      { critique: 'creative ones', guideline: /unexpected/, output: 'Improvised plumb line' },
      { critique: 'one sentence', guideline: /one sentence/, output: 'Squeeze a walnut' },
    ],
    lawnmower: {
      feedback: 'Write it as short numbered steps, without the chatter.',
      guideline: /tools and materials/,
      output: 'You will need',
    },
  },
] as const;

for (const { name, providers, model, scampi, scissors, lawnmower } of MODELS) {
  test.describe(`on ${name}`, () => {
    test.use({ providers: [...providers] });

    /** A new prompt by that model, run once. */
    async function ran(page: Page, text: string, values = {}): Promise<Workbench> {
      const bench = await Workbench.create(page, text, values);
      if (model) {
        await bench.choose('Model', model);
        await bench.choose('Alignment model', model);
      }
      await bench.run();
      return bench;
    }

    test('a suggested critique becomes a guideline, and the guideline a better shopping list', async ({
      page,
    }) => {
      const bench = await ran(page, 'Make a shopping list for shrimp scampi.');
      const before = await bench.output.innerText();
      expect(before).not.toContain(scampi.output);
      await bench.guide();
      await bench.suggest('critiques', 'section of the store');
      await bench.feedback.press('Control+End');
      await page.keyboard.type(' Thank you.');
      await expect(bench.feedback).toHaveValue(/section of the store.* Thank you\.$/);
      await bench.critique.click();
      await expect(bench.guidelines).toHaveCount(1);
      await expect(bench.guidelines.locator('label')).toHaveText(scampi.guideline);
      await expect(bench.feedback).toHaveValue('');

      await bench.rewrite();
      await expect(bench.draft).toContainText('from guidelines');
      await expect(bench.draft.locator('ins').first()).toContainText(/section of the store/i);
      await expect(bench.hunk(1)).toHaveAccessibleName(/: G1 “Group the ingredients by section/);
      await bench.acceptAndRun(2);
      await expect(bench.prompt).toHaveValue(/section of the store/);
      await expect(bench.output).toContainText(scampi.output);

      const origin = bench.guidelines.getByRole('group');
      await origin.getByText('Origin').click();
      await expect(origin).toContainText(/Distilled from a critique of run \d+/);
      await expect(origin).toContainText('Thank you.');
      await expect(origin.getByRole('link', { name: 'v2' })).toBeVisible();
    });

    test('the item stays a variable through two rounds', async ({ page }) => {
      const bench = await ran(page, USES, { item: 'scissors' });
      await bench.guide();
      for (const [round, { critique, guideline, output }] of scissors.entries()) {
        await bench.suggest('critiques', critique);
        await bench.critique.click();
        await expect(bench.guidelines).toHaveCount(round + 1);
        await expect(bench.guidelines.last().locator('label')).toHaveText(guideline);
        await bench.rewrite();
        await expect(bench.draft.getByRole('list', { name: 'Checked' })).toContainText('Variables');
        await bench.acceptAndRun(round + 2);
        await expect(bench.prompt).toHaveValue(/\{item\}/);
        await expect(bench.variable('item')).toHaveValue('scissors');
        await expect(bench.output).toContainText(output);
      }
      await expect(bench.prompt).toHaveValue(/in one sentence/);
    });

    test('direct feedback first, then guidelines on the same prompt', async ({ page }) => {
      const bench = await ran(page, 'How do I change the oil in my lawnmower?');
      await expect(bench.output.getByRole('listitem')).toHaveCount(0);
      await bench.draftFrom(lawnmower.feedback);
      await bench.acceptAndRun(2);
      await expect(bench.output.getByRole('listitem').first()).toBeVisible();

      await bench.guide();
      await bench.suggest('critiques', 'tools and materials');
      await bench.critique.click();
      await expect(bench.guidelines.locator('label')).toHaveText(lawnmower.guideline);
      await bench.rewrite();
      await bench.acceptAndRun(3);
      await expect(bench.prompt).toHaveValue(/numbered list/);
      await expect(bench.output).toContainText(lawnmower.output);
      await expect(bench.output.getByRole('listitem').first()).toBeVisible();
    });
  });
}

test.describe('what is said about an output', () => {
  test('praise becomes a guideline that keeps what is good', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await bench.run();
    await bench.suggest('kudos', 'short title');
    await bench.kudos.click();
    await expect(bench.guidelines.locator('label')).toHaveText(/short title/);
    await bench.guidelines.getByText('Origin').click();
    await expect(bench.guidelines).toContainText('Distilled from kudos');
  });

  test('an edited output shows its difference and becomes a guideline', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await bench.run();
    const edit = page.getByRole('button', { name: 'Edit output' });
    const learn = page.getByRole('button', { name: 'Learn from edit' });
    await edit.click();
    await expect(bench.corrected).toBeFocused();
    await expect(learn).toBeDisabled();
    await page.getByRole('button', { name: 'Discard edit' }).click();
    await expect(bench.corrected).toBeHidden();

    await edit.click();
    const closing = "Let me know if you'd like more!";
    const output = await bench.corrected.inputValue();
    expect(output).toContain(closing);
    await bench.corrected.fill(output.replace(closing, '').trim());
    const difference = page.getByRole('group').filter({ hasText: 'Difference to the output' });
    await difference.getByText('Difference to the output').click();
    await expect(difference.locator('del')).toHaveText(closing);
    await expect(difference.locator('ins')).toHaveCount(0);
    await learn.click();
    await expect(bench.guidelines.locator('label')).toHaveText(/without a closing line/);
    await expect(bench.corrected).toBeHidden();
    await bench.guidelines.getByText('Origin').click();
    await expect(bench.guidelines).toContainText('Distilled from a corrected output');
  });

  test('what a guideline says already changes none', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Give exactly five uses.'] });
    await bench.run();
    await bench.feedback.fill('I want five instead');
    await bench.critique.click();
    await expect(page.getByText('No guideline changes.')).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss notice' }).click();
    await expect(page.getByText('No guideline changes.')).toBeHidden();
    await expect(bench.guideline('Give exactly five uses.')).toBeVisible();
  });

  test('a proposed edit is a card, and changes nothing before it is accepted', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Give exactly four uses.'] });
    await bench.run();
    const ask = async () => {
      await bench.feedback.fill('I want five instead');
      await bench.critique.click();
      await expect(bench.proposal('edit').locator('del')).toHaveText('four');
      await expect(bench.proposal('edit').locator('ins')).toHaveText('five');
      await expect(bench.guideline('Give exactly four uses.')).toBeVisible();
    };
    await ask();
    await bench.proposal('edit').getByRole('button', { name: 'Dismiss' }).click();
    await expect(bench.proposal('edit')).toBeHidden();
    await expect(bench.guideline('Give exactly four uses.')).toBeVisible();

    await ask();
    await page.reload();
    await live(page);
    await bench.proposal('edit').getByRole('button', { name: 'Accept proposal' }).click();
    await expect(bench.guideline('Give exactly five uses.')).toBeVisible();
    await expect(bench.proposal('edit')).toBeHidden();
    await expect(bench.guidelines).toHaveCount(1);

    await bench.openChanges();
    const entries = bench.changes.getByRole('list', { name: 'Changes' }).getByRole('listitem');
    await expect(entries).toContainText([/^Edited/, /^Edit proposed/, /^Edit proposed\s*dismissed/, /^Added/]);
    // What was accepted is undone by undoing the edit; the proposal itself has nothing to undo.
    await expect(entries.nth(1).getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await entries.first().getByRole('button', { name: 'Undo' }).click();
    await bench.close();
    await expect(bench.guideline('Give exactly four uses.')).toBeVisible();
  });

  test('so is a proposed removal', async ({ page, studio }) => {
    const text = 'Put a fitting emoji before each use.';
    const bench = await guided(page, studio, { guidelines: ['Give exactly five uses.', text] });
    await bench.run();
    const ask = async () => {
      await bench.feedback.fill('No need for emoji.');
      await bench.critique.click();
      await expect(bench.proposal('removal').locator('del')).toHaveText(text);
      await expect(bench.guideline(text)).toBeVisible();
    };
    await ask();
    await bench.proposal('removal').getByRole('button', { name: 'Dismiss' }).click();
    await expect(bench.proposal('removal')).toBeHidden();
    await expect(bench.guidelines).toHaveCount(2);

    await ask();
    await bench.proposal('removal').getByRole('button', { name: 'Accept proposal' }).click();
    await expect(bench.guideline(text)).toHaveCount(0);
    await expect(bench.guideline('Give exactly five uses.')).toBeVisible();
    await expect(bench.proposal('removal')).toBeHidden();
  });
});

test.describe('the list', () => {
  test('is written by hand: add, edit, switch, delete, and undo in Changes', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await expect(bench.rewriteButton).toBeDisabled();
    for (const text of ['Name your sources.', 'Write whole sentences.']) {
      await bench.newGuideline.fill(text);
      await bench.addGuideline.click();
      await expect(bench.guideline(text)).toBeChecked();
      await expect(bench.newGuideline).toHaveValue('');
    }

    await page.getByRole('button', { name: 'Edit guideline 1' }).click();
    const text = page.getByRole('textbox', { name: 'Guideline text' });
    await expect(text).toBeFocused();
    await text.fill('Name two sources.');
    await page.getByRole('button', { name: 'Save guideline' }).click();
    await expect(bench.guideline('Name two sources.')).toBeVisible();

    await bench.guideline('Write whole sentences.').uncheck();
    await expect(page.getByText('1 guideline is on', { exact: true })).toBeVisible();
    await page.reload();
    await live(page);
    await expect(bench.guideline('Write whole sentences.')).not.toBeChecked();
    await expect(bench.guideline('Name two sources.')).toBeChecked();

    await page.getByRole('button', { name: 'Delete guideline 1' }).click();
    await expect(bench.guidelines).toHaveCount(1);

    await bench.openChanges();
    const entries = bench.changes.getByRole('list', { name: 'Changes' }).getByRole('listitem');
    await expect(entries).toContainText([/^Removed/, /^Switched off/, /^Edited/, /^Added/, /^Added/]);
    await entries.first().getByRole('button', { name: 'Undo' }).click();
    await expect(entries).toContainText([/^Undid/, /^Removed\s*undone/, /^Switched/, /^Edited/, /^Added/, /^Added/]);
    await entries.nth(3).getByRole('button', { name: 'Undo' }).click();
    await expect(entries).toHaveCount(7);
    await bench.close();
    await expect(bench.guidelines.locator('label')).toHaveText(['Name your sources.', 'Write whole sentences.']);
    await expect(bench.guideline('Write whole sentences.')).not.toBeChecked();
  });

  test('is put in order with the keyboard, and the focus stays on the button', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['One.', 'Two.', 'Three.'] });
    const labels = bench.guidelines.locator('label');
    await tabTo(page, page.getByRole('button', { name: 'Move guideline 1 down' }));
    await page.keyboard.press('Enter');
    await expect(labels).toHaveText(['Two.', 'One.', 'Three.']);
    await expect(page.getByRole('button', { name: 'Move guideline 2 down' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(labels).toHaveText(['Two.', 'Three.', 'One.']);
    await expect(page.getByRole('button', { name: 'Move guideline 3 down' })).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Move guideline 3 up' }));
    await page.keyboard.press('Enter');
    await expect(labels).toHaveText(['Two.', 'One.', 'Three.']);
    await expect(page.getByRole('button', { name: 'Move guideline 2 up' })).toBeFocused();
    await page.reload();
    await expect(labels).toHaveText(['Two.', 'One.', 'Three.']);
  });

  test('is put in order by dragging', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['One.', 'Two.', 'Three.'] });
    await bench.guidelines.first().dragTo(bench.guidelines.last());
    await expect(bench.guidelines.locator('label')).toHaveText(['Two.', 'Three.', 'One.']);
  });

  test('keeps the focus somewhere, whatever a press takes away', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['One.', 'Two.'] });
    await bench.run();
    const press = async (name: string, then: () => Promise<void>) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      await then();
      await keepsFocus(page, name);
    };
    const text = page.getByRole('textbox', { name: 'Guideline text' });
    await press('Edit guideline 1', () => expect(text).toBeVisible());
    await press('Cancel', () => expect(text).toBeHidden());
    await press('Edit guideline 1', () => expect(text).toBeVisible());
    await text.fill('First.');
    await press('Save guideline', () => expect(bench.guideline('First.')).toBeVisible());
    await press('Delete guideline 1', () => expect(bench.guidelines).toHaveCount(1));
    await bench.newGuideline.fill('Three.');
    await press('Add guideline', () => expect(bench.guidelines).toHaveCount(2));
    await press('Edit output', () => expect(bench.corrected).toBeVisible());
    await press('Discard edit', () => expect(bench.corrected).toBeHidden());
    await press('Suggest critiques', () => expect(bench.suggested('critiques')).toHaveCount(3));
    await press('Dismiss suggestions', () => expect(bench.suggested('critiques')).toHaveCount(0));
    await bench.feedback.fill('Leave out the closing line.');
    await press('Critique', () => expect(bench.guidelines).toHaveCount(3));
    await press('Draft 3', () => expect(bench.candidates).toHaveCount(3));
    await press('Reject', () => expect(bench.candidates.getByText('(rejected)')).toHaveCount(1));
  });
});

test.describe('while the server is away', () => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED/ });

  test('the list stays as the server has it, and says nothing else', async ({ page, studio, context }) => {
    const bench = await guided(page, studio, { guidelines: ['Name your sources.'] });
    const away = bench.alert('The Attune server does not answer.');
    await context.setOffline(true);
    // Not uncheck(): the switch is to be on again right after it.
    await bench.switches.click();
    await expect(away).toBeVisible();
    await expect.soft(bench.switches, 'the switch is back where it was').toBeChecked();
    await away.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Delete guideline 1' }).click();
    await expect(away).toBeVisible();
    await expect(bench.guidelines).toHaveCount(1);
    await expect.soft(page.getByText('Guideline removed.')).toHaveCount(0);
    await bench.newGuideline.fill('Be brief.');
    await bench.addGuideline.click();
    await expect(bench.newGuideline).toHaveValue('Be brief.');
    await context.setOffline(false);
    await bench.isSaved();
    await bench.addGuideline.click();
    await expect(bench.guideline('Be brief.')).toBeChecked();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('nothing in a sheet covers its Close button', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: [...'ABCDEFGH'].map((name) => `${name}.`) });
    for (const [open, sheet, first] of [
      [() => bench.openSets(), bench.sets, bench.sets.getByText('Keep the guidelines')],
      [() => bench.openChanges(), bench.changes, bench.changes.getByText('Added', { exact: true }).first()],
    ] as const) {
      await open();
      await expect(first).toBeVisible();
      const close = await sheet.getByRole('button', { name: 'Close' }).boundingBox();
      const below = await first.boundingBox();
      const end = (close?.y ?? 0) + (close?.height ?? 0);
      expect.soft(below?.y, await sheet.getAttribute('aria-label') ?? '').toBeGreaterThanOrEqual(end);
      await bench.close();
    }
  });
});

test('the sheets keep the focus, whatever a press takes away', async ({ page, studio }) => {
  const path = await studio.create({ title: 'Essay', guidelines: ['Name your sources.'] });
  const bench = await Workbench.open(page, path);
  await bench.guide();
  const press = async (name: string, then: () => Promise<void>) => {
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).first().focus();
    await page.keyboard.press('Enter');
    await then();
    await keepsFocus(page, name);
  };
  await bench.openSets();
  await bench.sets.getByRole('textbox', { name: 'Set name' }).fill('House style');
  await press('Save set', () => expect(bench.set('House style')).toBeVisible());
  await bench.close();

  await page.goto(await studio.create({ title: 'Report' }));
  await live(page);
  await bench.guide();
  await bench.openSets();
  await press('Apply to this prompt', () =>
    expect(bench.set('House style').getByRole('link', { name: 'Report' })).toBeVisible(),
  );
  await press('Delete set', () => expect(bench.set('House style')).toHaveCount(0));
  await bench.close();
  await bench.openChanges();
  await press('Undo', () => expect(bench.changes.getByText('undone')).toBeVisible());
});

test.describe('a set', () => {
  test('is saved, applied to another prompt, and shows where it is used', async ({ page, studio }) => {
    const guidelines = ['Name your sources.', 'Write whole sentences.'];
    const bench = await guided(page, studio, { title: 'Essay', guidelines });
    await bench.openSets();
    await bench.sets.getByRole('textbox', { name: 'Set name' }).fill('House style');
    await bench.sets.getByRole('button', { name: 'Save set' }).click();
    await expect(bench.set('House style')).toContainText('2 guidelines');
    await bench.close();

    await page.goto(await studio.create({ title: 'Report', guidelines: ['Be brief.'] }));
    await live(page);
    await bench.guide();
    await bench.openSets();
    await bench.set('House style').getByText('Guidelines in it').click();
    for (const text of guidelines) await expect(bench.set('House style')).toContainText(text);
    await expect(bench.set('House style').getByRole('link', { name: 'Report' })).toHaveCount(0);
    await bench.set('House style').getByRole('button', { name: 'Apply to this prompt' }).click();
    await expect(bench.set('House style').getByRole('link', { name: 'Report' })).toBeVisible();
    await bench.close();
    await expect(bench.guidelines.locator('label')).toHaveText(['Be brief.', ...guidelines]);
    await bench.guidelines.last().getByText('Origin').click();
    await expect(bench.guidelines.last()).toContainText('From the set “House style”');

    await bench.openSets();
    await bench.set('House style').getByRole('button', { name: 'Delete set' }).click();
    await expect(bench.sets).toContainText('No set yet.');
    await bench.close();
    await expect(bench.guidelines).toHaveCount(3);
  });

  test.describe('under a name that is taken', () => {
    test.use({ expectedErrors: /status of 409/ });

    test('replaces the other only when that is asked for', async ({ page, studio }) => {
      const bench = await guided(page, studio, { guidelines: ['Name your sources.'] });
      const name = bench.sets.getByRole('textbox', { name: 'Set name' });
      const save = bench.sets.getByRole('button', { name: 'Save set' });
      await bench.openSets();
      await name.fill('House style');
      await save.click();
      await expect(bench.set('House style')).toContainText(/1 guideline(?!s)/);
      await bench.close();
      await bench.newGuideline.fill('Be brief.');
      await bench.addGuideline.click();
      await expect(bench.guidelines).toHaveCount(2);
      await bench.openSets();
      await name.fill('House style');
      await save.click();
      await expect(bench.sets.getByRole('alert')).toBeVisible();
      await bench.sets.getByRole('button', { name: 'Replace set' }).click();
      await expect(bench.set('House style')).toContainText('2 guidelines');
      await expect(bench.sets.getByRole('alert')).toBeHidden();
      await expect(name).toHaveValue('');
    });
  });

  test('and the list are copied as Markdown and as JSON', async ({ page, studio, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: studio.url });
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    const guidelines = ['Name your sources.', 'Say "why".'];
    const bench = await guided(page, studio, { title: 'Essay', guidelines });
    await bench.openSets();
    await bench.sets.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect.poll(clipboard).toBe('# Essay\n\n- Name your sources.\n- Say "why".\n');
    await bench.sets.getByRole('button', { name: 'Copy as JSON' }).click();
    await expect.poll(async () => JSON.parse(await clipboard())).toEqual({ name: 'Essay', guidelines });

    await bench.sets.getByRole('textbox', { name: 'Set name' }).fill('House style');
    await bench.sets.getByRole('button', { name: 'Save set' }).click();
    await bench.set('House style').getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect.poll(clipboard).toContain('# House style\n');
  });
});

test.describe('a rewrite from guidelines', () => {
  test('names guidelines that exclude each other, and proposes nothing', async ({ page, studio }) => {
    const guidelines = ['Be brief.', 'Name your sources.', 'Write at least 500 words.'];
    const bench = await guided(page, studio, { guidelines });
    await bench.rewriteButton.click();
    await expect(bench.conflicts).toContainText(
      'G1 “Be brief.” and G3 “Write at least 500 words.” cannot all be followed: ',
    );
    await expect(bench.draft.locator('ins')).toHaveCount(0);
    await expect(bench.accept).toBeDisabled();
    await expect(bench.draft).not.toContainText('Nothing needs to change');

    await bench.guideline('Be brief.').uncheck();
    await expect(page.getByText('2 guidelines are on', { exact: true })).toBeVisible();
    await bench.rewrite();
    await expect(bench.conflicts).toHaveCount(0);
    await expect(bench.accept).toBeEnabled();
  });

  test('asked for twice changes nothing the second time', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    await bench.accept.click();
    await expect(page.getByText('v2 · accepted draft')).toBeVisible();
    await bench.rewrite();
    await expect(bench.rationale).toContainText('Nothing needs to change');
    await expect(bench.accept).toBeDisabled();
  });

  test('follows only what is switched on', async ({ page, studio }) => {
    const guidelines = ['Give exactly five uses.', 'Write whole sentences.'];
    const bench = await guided(page, studio, { guidelines });
    await bench.guideline('Give exactly five uses.').uncheck();
    await expect(page.getByText('1 guideline is on', { exact: true })).toBeVisible();
    await bench.rewrite();
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(`${USES}\n\nWrite whole sentences.`);
  });

  test('waits for a switch that is on its way', async ({ page, studio }) => {
    const guidelines = ['Give exactly five uses.', 'Write whole sentences.'];
    const bench = await guided(page, studio, { guidelines });
    const sent = await hold(page, '**/api/guidelines/switch');
    await bench.guideline('Give exactly five uses.').uncheck();
    await sent.arrived;
    await bench.rewriteButton.click();
    // A rewrite that does not wait is asked for now; one that does is asked for once the switch is there.
    await expect(bench.draft).toBeVisible({ timeout: 1000 }).catch(() => {});
    sent.release();
    await bench.isDrafted();
    await expect(bench.draft.locator('ins')).toHaveText(['Write whole sentences.']);
  });

  test('starts from what is there, or again from the original prompt', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Write whole sentences.'] });
    const anew = page.getByRole('checkbox', { name: 'Start again from the original prompt' });
    await expect(anew).toHaveCount(0);
    await bench.prompt.fill(`${USES} Mention cats.`);
    await bench.rewrite();
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(/Mention cats\.\s+Write whole sentences\.$/);

    await anew.check();
    await bench.rewrite();
    await expect(bench.draft).toContainText('started again from v1');
    await expect(bench.draft.locator('del').first()).toContainText('Mention cats.');
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(`${USES}\n\nWrite whole sentences.`);
  });

  test('is taken without the change that is left out', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    await expect(bench.hunk(1)).toHaveAccessibleName('Take change 1: G1 “Give exactly five uses.”');
    await expect(bench.hunk(2)).toHaveAccessibleName('Take change 2: G2 “Write whole sentences.”');
    await bench.hunk(2).click();
    await expect(bench.hunk(2)).toHaveAttribute('aria-pressed', 'false');
    await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'true');

    await page.reload();
    await live(page);
    await expect(bench.hunk(2)).toHaveAttribute('aria-pressed', 'false');
    await bench.hunk(1).press('Space');
    await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'false');
    await bench.hunk(1).press('Space');
    await bench.accept.click();
    await expect(page.getByText('v2 · accepted draft')).toBeVisible();
    await expect(bench.prompt).toHaveValue('Give five uses for the following item: {item}');
  });

  test('shows which guideline stands behind a change, and the other way round', async ({ page, studio }) => {
    const bench = await drafted(page, studio);
    // What is pointed at is marked for the eye alone: names tell it to everybody else.
    const pointed = (locator: typeof bench.guidelines) => locator.and(page.locator('.pointed'));
    const changes = bench.draft.locator('.hunk');
    await bench.hunk(2).focus();
    await expect(bench.draft.locator('.behind')).toHaveText('G2 “Write whole sentences.”');
    await expect(pointed(bench.guidelines)).toHaveCount(1);
    await expect(pointed(bench.guidelines)).toContainText('Write whole sentences.');
    await changes.first().hover();
    await expect(pointed(bench.guidelines)).toContainText('Give exactly five uses.');
    await bench.guideline('Write whole sentences.').focus();
    await expect(pointed(changes)).toHaveCount(1);
    await expect(pointed(changes)).toContainText('Write whole sentences.');
    await bench.guidelines.first().hover();
    await expect(pointed(changes)).toContainText('five');
  });

  test('comes as three drafts, in tabs with arrow keys', async ({ page, studio }) => {
    const guidelines = ['Give exactly five uses.', 'Write whole sentences.'];
    const bench = await guided(page, studio, { guidelines });
    await bench.draft3.click();
    await expect(bench.candidates).toHaveText(['Draft 1 on v1', 'Draft 2 on v1', 'Draft 3 on v1']);
    await bench.candidates.first().click();
    const seen = new Set<string>();
    for (const [place, number] of [1, 2, 3].entries()) {
      await expect(bench.candidates.nth(place)).toBeFocused();
      await expect(bench.candidates.nth(place)).toHaveAttribute('aria-selected', 'true');
      await expect(bench.draft.getByRole('heading', { name: `Draft ${number}`, exact: true })).toBeVisible();
      seen.add((await bench.draft.locator('ins').allInnerTexts()).join('|'));
      await page.keyboard.press('ArrowRight');
    }
    expect(seen.size).toBe(3);
    await expect(bench.candidates.first()).toBeFocused();
    await page.keyboard.press('End');
    await expect(bench.candidates.last()).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(bench.draft.getByRole('heading', { name: 'Draft 2', exact: true })).toBeVisible();
    const text = await bench.draft.locator('ins').allInnerTexts();
    await bench.accept.click();
    await expect(page.getByText('v2 · accepted draft')).toBeVisible();
    for (const added of text) expect(await bench.prompt.inputValue()).toContain(added.trim());
  });
});

test.describe('three drafts that take long', () => {
  test.use({ demoDelayMs: 40 });

  test('keep the focus on their tab when they are complete', async ({ page, studio }) => {
    const bench = await guided(page, studio, { guidelines: ['Give exactly five uses.', 'Write whole sentences.'] });
    await bench.draft3.click();
    await expect(bench.candidates).toHaveText([/writing/, /writing/, /writing/]);
    await bench.candidates.nth(1).click();
    await expect(bench.candidates).toHaveText([/on v1$/, /on v1$/, /on v1$/]);
    await bench.isDrafted();
    await expect(bench.candidates.nth(1)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(bench.draft.getByRole('heading', { name: 'Draft 3', exact: true })).toBeVisible();
  });
});

test.describe('three drafts of the direct workflow', () => {
  test('are tabs, too', async ({ page, studio }) => {
    const bench = await guided(page, studio);
    await page.getByRole('radio', { name: 'Direct', exact: true }).check();
    await bench.run();
    await bench.feedback.fill('Surprise me, in one sentence each, without mentioning paper.');
    await bench.draft3.click();
    await expect(bench.candidates).toHaveText(['Draft 1 on v1', 'Draft 2 on v1', 'Draft 3 on v1']);
    await expect(bench.hunk(1)).toHaveAccessibleName(/F1 “Surprise me/);
  });
});

test.describe('three drafts that are nearly the same', () => {
  test.use({ providers: ['openai'] });

  test('are marked so', async ({ page, studio }) => {
    const bench = await guided(page, studio, { alignmentModel: 'openai/echo', guidelines: ['Be kind.'] });
    await bench.draft3.click();
    await expect(bench.candidates).toHaveText([
      'Draft 1 on v1',
      'Draft 2 on v1 (nearly the same as draft 1)',
      'Draft 3 on v1 (nearly the same as draft 1)',
    ]);
  });
});

test('what is typed and not sent survives a reload', async ({ page, studio }) => {
  const bench = await guided(page, studio);
  await bench.run();
  await page.getByRole('button', { name: 'Edit output' }).click();
  await bench.corrected.fill('My own three uses.');
  await bench.newGuideline.fill('Name your sources.');
  await bench.feedback.fill('Too long.');
  await page.reload();
  await live(page);
  await expect(bench.corrected).toHaveValue('My own three uses.');
  await expect(bench.newGuideline).toHaveValue('Name your sources.');
  await expect(bench.feedback).toHaveValue('Too long.');
  await bench.isSaved();

  // The server has it: another browser shows it, too.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await live(page);
  await bench.guide();
  await expect(bench.corrected).toHaveValue('My own three uses.');
  await expect(bench.newGuideline).toHaveValue('Name your sources.');
});

test('two pages see the same guidelines, proposals and drafts', async ({ page, studio }) => {
  const one = await guided(page, studio, { guidelines: ['Give exactly four uses.'] });
  const other = await Workbench.open(await page.context().newPage(), new URL(page.url()).pathname);
  await other.guide();
  await one.newGuideline.fill('Write whole sentences.');
  await expect(other.newGuideline).toHaveValue('Write whole sentences.');
  await one.addGuideline.click();
  await expect(other.guideline('Write whole sentences.')).toBeChecked();
  await expect(other.newGuideline).toHaveValue('');
  await other.guideline('Write whole sentences.').uncheck();
  await expect(one.guideline('Write whole sentences.')).not.toBeChecked();
  await other.page.getByRole('button', { name: 'Move guideline 2 up' }).click();
  await expect(one.guidelines.locator('label')).toHaveText(['Write whole sentences.', 'Give exactly four uses.']);

  await one.run();
  await other.isDone();
  await one.feedback.fill('I want five instead');
  await one.critique.click();
  await other.proposal('edit').getByRole('button', { name: 'Accept proposal' }).click();
  for (const bench of [one, other]) {
    await expect(bench.guideline('Give exactly five uses.')).toBeVisible();
    await expect(bench.proposal('edit')).toBeHidden();
  }

  await other.rewrite();
  await one.isDrafted();
  expect(await one.draft.locator('ins').allInnerTexts()).toEqual(
    await other.draft.locator('ins').allInnerTexts(),
  );
  await one.hunk(1).click();
  await expect(other.hunk(1)).toHaveAttribute('aria-pressed', 'false');
  await one.hunk(1).click();
  await expect(other.hunk(1)).toHaveAttribute('aria-pressed', 'true');
  await one.accept.click();
  await expect(other.page.getByText('v2 · accepted draft')).toBeVisible();
  await expect(other.prompt).toHaveValue(/Give five uses/);
});

test.describe('an alignment model that fails', () => {
  test.use({ providers: ['openai'], env: { ATTUNE_RETRY_LIMIT: '1' } });

  for (const [model, says] of [
    ['openai/error-429-after-32', /quota used up/],
    ['openai/empty', /\S/],
    ['openai/cut', /broke off/],
  ] as const) {
    test(`on ${model} says so, keeps what was given, and can be asked again`, async ({ page, studio }) => {
      const bench = await guided(page, studio, { model: 'openai/echo', alignmentModel: model });
      await bench.run();
      await bench.feedback.fill('Name the bird in Latin.');
      await bench.critique.click();
      const alert = bench.alert('You gave: “Name the bird in Latin.”');
      await expect(alert).toContainText(says);
      await expect(bench.guidelines).toHaveCount(0);
      await page.reload();
      await live(page);
      await expect(alert).toContainText(says);

      await bench.choose('Alignment model', 'openai/echo');
      await alert.getByRole('button', { name: 'Ask again' }).click();
      await expect(bench.guideline('Name the bird in Latin.')).toBeChecked();
      await expect(alert).toBeHidden();
    });
  }

  test('has suggestions to give, and fails', async ({ page, studio }) => {
    const bench = await guided(page, studio, { model: 'openai/echo', alignmentModel: 'openai/error-429-after-32' });
    await bench.run();
    await page.getByRole('button', { name: 'Suggest critiques' }).click();
    await expect(bench.alert('quota used up')).toBeVisible();
    await bench.choose('Alignment model', 'openai/echo');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect(bench.suggested('critiques')).toHaveCount(3);
    await expect(bench.alert('quota used up')).toBeHidden();
  });

  test('fails a rewrite, and the next one follows the guidelines', async ({ page, studio }) => {
    const bench = await guided(page, studio, {
      alignmentModel: 'openai/error-429-after-32',
      guidelines: ['Be kind.'],
    });
    await bench.rewriteButton.click();
    await expect(bench.draft.getByRole('alert').filter({ hasText: 'quota used up' })).toBeVisible();
    await bench.choose('Alignment model', 'openai/echo');
    await bench.rewrite();
    await bench.accept.click();
    await expect(bench.prompt).toHaveValue(/Be kind\.$/);
  });
});

test.describe('an alignment model that takes long', () => {
  test.use({ providers: ['openai'] });

  test('is stopped, and asked again', async ({ page, studio }) => {
    const bench = await guided(page, studio, { model: 'openai/echo', alignmentModel: 'openai/slow' });
    await bench.run();
    await bench.feedback.fill('Name the bird in Latin.');
    await bench.critique.click();
    await page.getByRole('button', { name: 'Stop distilling' }).click();
    await expect(bench.alert('You stopped distilling.')).toContainText('You gave: “Name the bird in Latin.”');
    await bench.choose('Alignment model', 'openai/echo');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect(bench.guideline('Name the bird in Latin.')).toBeChecked();
    await expect(bench.alert('You stopped distilling.')).toBeHidden();
  });
});

test('the guideline workflow needs no mouse', async ({ page, studio }) => {
  const prompt = { title: 'Shopping list', prompt: { text: 'Make a shopping list for shrimp scampi.' } };
  const bench = await Workbench.open(page, await studio.create(prompt));
  const keys = page.keyboard;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  await tabTo(page, bench.prompt);
  await keys.press('Control+Enter');
  await bench.isDone();
  await tabTo(page, page.getByRole('radio', { name: 'Direct', exact: true }));
  await keys.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Guidelines', exact: true })).toBeFocused();
  await tabTo(page, button('Suggest critiques'));
  await keys.press('Enter');
  await tabTo(page, bench.suggested('critiques').filter({ hasText: 'section of the store' }));
  await keys.press('Enter');
  await expect(bench.feedback).toHaveValue(/section of the store/);
  await tabTo(page, bench.critique);
  await keys.press('Enter');
  await expect(bench.guidelines).toHaveCount(1);
  await tabTo(page, bench.switches.first());
  await keys.press('Space');
  await expect(bench.switches.first()).not.toBeChecked();
  await keys.press('Space');
  await expect(bench.switches.first()).toBeChecked();
  await tabTo(page, bench.newGuideline);
  await keys.type('Add quantities.');
  await tabTo(page, bench.addGuideline);
  await keys.press('Enter');
  await expect(bench.guidelines).toHaveCount(2);
  await tabTo(page, bench.rewriteButton);
  await keys.press('Enter');
  await bench.isDrafted();
  await tabTo(page, bench.hunk(1));
  await keys.press('Space');
  await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'false');
  await expect(bench.hunk(1)).toBeFocused();
  await keys.press('Space');
  await expect(bench.hunk(1)).toHaveAttribute('aria-pressed', 'true');
  await keys.press('Control+Shift+Enter');
  await expect(bench.status).toContainText('v2');
  await bench.isDone();
  await expect(bench.output).toContainText('Fruit and vegetables');
});
