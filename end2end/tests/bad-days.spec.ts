// The server is killed, its disk is full or read-only. People are told why and what to do, typed text
// stays, and at most one click continues. A picture of each moment is kept in `.screens/faults`.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { Disk } from '../support/disk.ts';
import { expect, live, SERVER_AWAY, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const TEXT = 'List ten colours of the sea.';

/** Keeps what a person sees in this moment, for review. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, '../.screens/faults');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

function saving(bench: Workbench) {
  return bench.page.getByRole('banner').getByRole('status');
}

test.describe('a server that is killed', () => {
  test.use({ expectedErrors: SERVER_AWAY, demoDelayMs: 60 });

  test('while somebody types: what is typed stays and is saved when it is back', async ({ page, studio }) => {
    const path = await studio.create({ title: 'Sea', prompt: { text: TEXT } });
    const bench = await Workbench.open(page, path);
    await bench.prompt.fill(`${TEXT} Saved before.`);
    await bench.isSaved();
    await studio.kill();
    await bench.prompt.pressSequentially(' Typed while it was gone.');
    await expect(saving(bench)).toHaveText(/Offline: typing is kept in this browser/);
    await picture(page, 'killed-while-typing');
    await bench.runButton.click();
    await expect(bench.alert(/does not answer.*Start the server again/)).toBeVisible();
    await picture(page, 'killed-then-run');

    await studio.start();
    await bench.isSaved();
    await expect(bench.alert(/does not answer/)).toBeHidden();
    await expect(bench.prompt).toHaveValue(`${TEXT} Saved before. Typed while it was gone.`);
    await page.reload();
    await live(page);
    await expect(bench.prompt).toHaveValue(`${TEXT} Saved before. Typed while it was gone.`);
  });

  test('while the page is closed, too: what was typed is there again', async ({ page, studio }) => {
    const path = await studio.create({ title: 'Sea', prompt: { text: TEXT } });
    const bench = await Workbench.open(page, path);
    await studio.kill();
    await bench.prompt.fill('Typed and never sent.');
    await expect(saving(bench)).toHaveText(/Offline/);
    await page.goto('about:blank');
    await studio.start();
    await page.goto(studio.url + path);
    await live(page);
    await expect(bench.prompt).toHaveValue('Typed and never sent.');
    await bench.isSaved();
  });

  test('while an answer streams: its beginning is kept, and one click runs again', async ({
    page,
    studio,
  }) => {
    const path = await studio.create({ title: 'Sea', prompt: { text: TEXT } });
    const bench = await Workbench.open(page, path);
    await bench.feedback.fill('Typed beside it.');
    await bench.isSaved();
    await bench.runButton.click();
    // Long enough for some of it to be kept on the disk.
    await expect.poll(async () => (await bench.output.textContent())?.length ?? 0).toBeGreaterThan(80);
    await studio.kill();
    const away = bench.alert(/does not answer.*Start the server again/);
    await expect(away, 'whoever only looks is told, too').toBeVisible();
    await picture(page, 'killed-while-streaming');

    await studio.start();
    await expect(away).toBeHidden();
    const problem = bench.alert(/The server ended while this run was answering.*Run again/);
    await expect(problem).toBeVisible();
    await expect(bench.output).toContainText(/\w/);
    await picture(page, 'started-again-after-streaming');
    await expect(bench.feedback).toHaveValue('Typed beside it.');
    await bench.run();
    await expect(problem).toBeHidden();
  });

  test('while a draft is written: the feedback is kept, and one click asks again', async ({
    page,
    studio,
  }) => {
    const path = await studio.create({ title: 'Sea', prompt: { text: TEXT } });
    const bench = await Workbench.open(page, path);
    await bench.run();
    await bench.feedback.fill('Only three, and no closing line.');
    await bench.draftButton.click();
    await expect(bench.draft.getByText(/Writing|Drafting/).first()).toBeVisible();
    await studio.kill();
    await expect(saving(bench)).toHaveText(/Offline/);

    await studio.start();
    const problem = bench.draft.getByRole('alert').filter({ hasText: 'The server ended' });
    await expect(problem).toContainText('Your feedback is kept: press Redraft.');
    await picture(page, 'killed-while-drafting');
    await expect(bench.feedback).toHaveValue('Only three, and no closing line.');
    await bench.draftButton.click();
    await bench.isDrafted();
  });
});

const SAID_503 = /503 \(Service Unavailable\)|net::ERR_/;
const NOT_SAVED = 'Not saved yet: typing is kept in this browser';

/** Tests with the studio's data on a disk of their own. */
const onDisk = (make: () => Disk) =>
  test.extend<{ disk: Disk }>({
    disk: async ({}, use) => {
      const disk = make();
      await use(disk);
      disk.dispose();
    },
  });

const onSmallDisk = onDisk(() => Disk.small(6));

onSmallDisk.describe('a full disk', () => {
  onSmallDisk.use({ expectedErrors: SAID_503, demoDelayMs: 40 });
  onSmallDisk.skip(!Disk.isPossible, 'NOT TESTED HERE: mounting a small disk needs root on Linux');

  onSmallDisk('is named; typing is kept, and saved once there is room', async ({ page, studio, disk }) => {
    const path = await studio.create({ title: 'Sea', prompt: { text: TEXT } });
    const bench = await Workbench.open(page, path);
    await bench.runButton.click();
    await expect(bench.output).toContainText(/\w/);
    disk.fill();
    const typed = `${TEXT}\n${'Name the light, too. '.repeat(400)}`;
    await bench.prompt.fill(typed);
    const alert = bench.alert(/The disk that holds Attune's data is full\. Free some space/);
    await expect(alert).toBeVisible();
    await expect(saving(bench)).toHaveText(NOT_SAVED);
    await picture(page, 'disk-full-while-typing');
    // It is sent again and again, but the alert is said once: dismissed, it stays away.
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await page.waitForResponse((response) => response.status() === 503);
    await page.waitForResponse((response) => response.status() === 503);
    await expect(alert).toBeHidden();
    await expect(bench.alert(/This answer is not saved yet: the disk is full\./)).toBeVisible();
    await picture(page, 'disk-full-at-the-end-of-a-run');
    // A page that is opened now shows the same.
    await page.reload();
    await live(page);
    await expect(bench.alert(/This answer is not saved yet/)).toBeVisible();
    await expect(bench.prompt).toHaveValue(typed);
    await bench.runButton.click();
    await expect(alert).toBeVisible();

    disk.free();
    await bench.isSaved();
    await expect(alert).toBeHidden();
    await expect(bench.alert(/not saved yet/)).toBeHidden();
    await picture(page, 'disk-freed');
    await bench.run();
    await page.reload();
    await live(page);
    await expect(bench.prompt).toHaveValue(typed);
  });
});

const onFailingDisk = onDisk(() => Disk.failing());

onFailingDisk.describe('a disk that turns read-only', () => {
  onFailingDisk.use({ expectedErrors: SAID_503, demoDelayMs: 40 });
  onFailingDisk.skip(!Disk.isPossible, 'NOT TESTED HERE: mounting a disk needs root on Linux');

  onFailingDisk('is named; typing is kept over the repair', async ({ page, studio, disk }) => {
    const path = await studio.create({ title: 'Sea', prompt: { text: TEXT } });
    const bench = await Workbench.open(page, path);
    await bench.runButton.click();
    await expect(bench.output).toContainText(/\w/);
    disk.fail();
    await bench.prompt.fill(`${TEXT} Typed after.`);
    const alert = bench.alert(/read-only.*stays in this browser/);
    await expect(alert).toBeVisible();
    await expect(saving(bench)).toHaveText(NOT_SAVED);
    await picture(page, 'disk-read-only-while-typing');
    await expect(bench.alert(/This answer is not saved yet/)).toBeVisible();
    await picture(page, 'disk-read-only-at-the-end-of-a-run');

    await studio.stop();
    disk.repair();
    await studio.start();
    await bench.isSaved();
    await expect(alert).toBeHidden();
    await expect(bench.prompt).toHaveValue(`${TEXT} Typed after.`);
    await expect(bench.alert(/The server ended while this run was answering/)).toBeVisible();
    await picture(page, 'disk-repaired');
    await bench.run();
  });
});
