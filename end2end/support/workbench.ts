// The workbench by the names of its controls, and the steps that nearly every test takes.

import { expect, type Locator, type Page } from '@playwright/test';

import { live } from './test.ts';

/** A workbench that is open in a page. */
export class Workbench {
  readonly title: Locator;
  readonly system: Locator;
  readonly prompt: Locator;
  readonly variables: Locator;
  readonly runButton: Locator;
  readonly stopButton: Locator;
  readonly saveButton: Locator;
  readonly outputRegion: Locator;
  readonly output: Locator;
  readonly status: Locator;
  readonly feedback: Locator;
  readonly draftButton: Locator;
  readonly draft: Locator;
  readonly acceptAndRerun: Locator;
  readonly accept: Locator;
  readonly reject: Locator;
  readonly pieces: Locator;
  readonly candidates: Locator;
  readonly critique: Locator;
  readonly kudos: Locator;
  readonly corrected: Locator;
  readonly newGuideline: Locator;
  readonly addGuideline: Locator;
  readonly guidelines: Locator;
  readonly switches: Locator;
  readonly rewriteButton: Locator;
  readonly draft3: Locator;
  readonly rationale: Locator;
  readonly conflicts: Locator;
  readonly changes: Locator;
  readonly sets: Locator;
  readonly history: Locator;
  readonly versions: Locator;

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const textbox = (name: string) => page.getByRole('textbox', { name, exact: true });
    this.title = textbox('Title');
    this.system = textbox('System instructions');
    this.prompt = textbox('Prompt');
    this.variables = page.getByRole('group', { name: 'Variables' });
    this.runButton = button('Run');
    this.stopButton = button('Stop');
    this.saveButton = button('Save version');
    this.outputRegion = page.getByRole('region', { name: 'Output' });
    this.output = this.outputRegion.getByRole('group', { name: 'Output text' });
    this.status = this.outputRegion.getByRole('status');
    this.feedback = textbox('Feedback');
    this.draftButton = page.getByRole('button', { name: /^(Draft rewrite|Redraft)$/ });
    this.draft = page.getByRole('region', { name: 'Draft' });
    this.acceptAndRerun = button('Accept and re-run');
    this.accept = button('Accept');
    this.reject = button('Reject');
    this.pieces = page.getByRole('list', { name: 'Kept feedback' }).getByRole('listitem');
    this.candidates = page.getByRole('tablist', { name: 'Drafts' }).getByRole('tab');
    this.critique = button('Critique');
    this.kudos = button('Kudos');
    this.corrected = textbox('Corrected output');
    this.newGuideline = textbox('New guideline');
    this.addGuideline = button('Add guideline');
    const guidelines = page.getByRole('list', { name: 'Guidelines', exact: true });
    this.guidelines = guidelines.getByRole('listitem');
    this.switches = guidelines.getByRole('switch');
    this.rewriteButton = button('Rewrite from guidelines');
    this.draft3 = button('Draft 3');
    this.rationale = this.draft.getByLabel('Rationale');
    this.conflicts = this.draft.getByRole('list', { name: 'Conflicts' }).getByRole('listitem');
    this.changes = page.getByRole('dialog', { name: 'Changes of the guidelines' });
    this.sets = page.getByRole('dialog', { name: 'Guideline sets' });
    this.history = button('History');
    this.versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
  }

  /** Opens the workbench at `path`. */
  static async open(page: Page, path: string): Promise<Workbench> {
    await page.goto(path);
    await live(page);
    return new Workbench(page);
  }

  /** Makes a prompt as a person does: New prompt, then typing. */
  static async create(page: Page, text: string, values: Record<string, string> = {}) {
    await page.goto('/');
    await live(page);
    const newPrompt = { name: 'New prompt', exact: true };
    await page.getByRole('button', newPrompt).or(page.getByRole('link', newPrompt)).first().click();
    await page.waitForURL(/\/prompts\/\d+$/);
    const bench = new Workbench(page);
    await bench.prompt.fill(text);
    for (const [name, value] of Object.entries(values)) await bench.variable(name).fill(value);
    return bench;
  }

  /** The text box of a variable. */
  variable(name: string): Locator {
    return this.variables.getByRole('textbox', { name, exact: true });
  }

  /** The alert that says so. */
  alert(words: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: words });
  }

  /** Presses Run and waits for the whole answer, whatever stood there before. */
  async run(): Promise<void> {
    const began = this.status.evaluate(
      (status) =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            if (!status.textContent?.includes('Running')) return;
            observer.disconnect();
            resolve();
          });
          observer.observe(status, { childList: true, characterData: true, subtree: true });
        }),
    );
    await this.runButton.click();
    await began;
    await this.isDone();
  }

  /** Waits until the shown run is complete. */
  async isDone(): Promise<void> {
    await expect(this.status).toContainText('Done in');
    await expect(this.runButton).toBeEnabled();
  }

  /** Types feedback, asks for a draft and waits until it can be decided on. */
  async draftFrom(feedback: string): Promise<void> {
    await this.feedback.fill(feedback);
    await this.draftButton.click();
    await this.isDrafted();
  }

  /** Waits until the shown draft is complete. */
  async isDrafted(): Promise<void> {
    await expect(this.draft.getByRole('button', { name: 'Edit draft' })).toBeEnabled();
  }

  /** Takes the draft, runs it, and waits for the whole answer on version `number`. */
  async acceptAndRun(number: number): Promise<void> {
    await this.acceptAndRerun.click();
    await expect(this.status).toContainText(`v${number}`);
    await this.isDone();
  }

  /** Shows the guideline workflow. */
  async guide(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Guidelines', exact: true }).check();
  }

  /** The switch of the guideline that says so. */
  guideline(text: string): Locator {
    return this.switches.and(this.page.getByRole('switch', { name: text, exact: true }));
  }

  /** Suggestions that are shown, newest last. */
  suggested(tone: 'critiques' | 'kudos'): Locator {
    return this.page
      .getByRole('list', { name: `Suggested ${tone}` })
      .last()
      .getByRole('button');
  }

  /** Asks for suggestions, puts the one with `words` into the Feedback box, and puts the others away. */
  async suggest(tone: 'critiques' | 'kudos', words: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: `Suggest ${tone}`, exact: true }).click();
    const chip = this.suggested(tone).filter({ hasText: words });
    const text = await chip.innerText();
    await chip.click();
    await expect(this.feedback).toHaveValue(text);
    await this.page.getByRole('button', { name: 'Dismiss suggestions' }).click();
    await expect(this.suggested(tone)).toHaveCount(0);
  }

  /** The card that proposes it. */
  proposal(what: 'edit' | 'removal'): Locator {
    return this.page.getByRole('region', { name: `Proposed ${what}`, exact: true });
  }

  /** Asks for a rewrite from the guidelines and waits until it can be decided on. */
  async rewrite(): Promise<void> {
    const started = this.page.waitForResponse('**/api/drafts/start');
    await this.rewriteButton.click();
    const [{ number, base }] = (await (await started).json()) as [{ number: number; base: number }];
    await expect(this.draft.getByRole('heading', { name: `Draft ${number}`, exact: true })).toBeVisible();
    await expect(this.draft).toContainText(`on v${base}`);
    await this.isDrafted();
  }

  /** The switch of a change of the shown draft; its name tells what stands behind the change. */
  hunk(number: number): Locator {
    return this.draft.getByRole('button', { name: new RegExp(`^Take change ${number}(:|$)`) });
  }

  /** Opens the sheet with every change of the guidelines. */
  async openChanges(): Promise<void> {
    await this.page.getByRole('button', { name: 'Changes', exact: true }).click();
    await expect(this.changes).toBeVisible();
  }

  /** Opens the sheet with the guideline sets. */
  async openSets(): Promise<void> {
    await this.page.getByRole('button', { name: 'Guideline sets', exact: true }).click();
    await expect(this.sets).toBeVisible();
  }

  /** One set in the open sheet. */
  set(name: string): Locator {
    const sets = this.sets.getByRole('list', { name: 'Guideline sets' }).locator('> li');
    return sets.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Closes whichever sheet is open. */
  async close(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  /** Chooses a model by its `provider/model`, typing the name where no provider lists it. */
  async choose(picker: 'Model' | 'Alignment model', model: string): Promise<void> {
    const select = this.page.getByRole('combobox', { name: picker, exact: true });
    const listed = select.locator(`option[value="${model}"]`);
    // The list of models arrives a moment after the page.
    await expect(select.locator('option[value^="demo/"]')).toBeAttached();
    if ((await listed.count()) > 0) {
      await select.selectOption(model);
      return;
    }
    await select.selectOption({ label: 'Another model…' });
    const name = this.page.getByRole('textbox', { name: `${picker} name` });
    await name.fill(model);
    await name.press('Enter');
    // What is not in a list is asked about.
    const bare = model.slice(model.indexOf('/') + 1);
    const use = new RegExp(`^Use “(${bare}” of|${model}” anyway)`);
    await this.page.getByRole('button', { name: use }).click();
    await expect(select).toHaveValue(model);
  }

  /** Drags the mouse over the first occurrence of `words`, which stand on one line of the output. */
  async select(words: string): Promise<void> {
    const box = await this.output.evaluate((output, wanted) => {
      const texts = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at < 0) continue;
        node.parentElement?.scrollIntoView({ block: 'center' });
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { left, right, middle: (top + bottom) / 2 };
      }
      throw new Error(`“${wanted}” is not in the output`);
    }, words);
    await this.page.mouse.move(box.left + 0.5, box.middle);
    await this.page.mouse.down();
    await this.page.mouse.move(box.right - 0.5, box.middle, { steps: 4 });
    await this.page.mouse.up();
    expect(await this.page.evaluate(() => String(getSelection()))).toBe(words);
  }

  /** The words that are marked in the output, in order. */
  marked(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...(CSS.highlights.get('feedback') ?? [])].map((range) => range.toString()),
    );
  }

  /** Waits until the server has everything that is typed. */
  async isSaved(): Promise<void> {
    await expect(this.page.getByRole('banner').getByRole('status')).toBeHidden();
    // Other keys are settings of the view.
    const kept = () =>
      this.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('attune:typed')));
    await expect.poll(kept, { message: 'nothing waits in the browser' }).toEqual([]);
  }

  /** Opens the history. */
  async openHistory(): Promise<void> {
    await this.history.click();
    await expect(this.page.getByRole('dialog', { name: 'History' })).toBeVisible();
  }

  /** One version in the open history. */
  version(number: number): Locator {
    return this.versions.filter({ has: this.page.getByText(`v${number}`, { exact: true }) });
  }
}
