// The longest task of the main thread while a long answer streams in.

import { readFile } from 'node:fs/promises';

import { Loopback } from '../support/loopback.ts';
import { Studio } from '../support/studio.ts';
import { expect, test } from '../support/test.ts';
import { Workbench } from '../support/workbench.ts';
import { ms, report } from './figure.ts';

const TOKENS = 4_000;
/** The model server's timer adds about one millisecond: 200 tokens per second. */
const TOKEN_MS = 4;

/** An answer as models write them: headings, paragraphs, lists, code. */
function mixed(): string {
  const words: string[] = [];
  for (let part = 1; words.length < TOKENS; part += 1) {
    words.push(...`\n\n## Part ${part} of the answer\n\n`.split(/(?<= )/));
    for (let sentence = 0; sentence < 6; sentence += 1) {
      words.push(...'A maker takes the *old* scissors apart and files **both** blades. '.split(/(?<= )/));
    }
    words.push(
      ...'\n\n- one blade is a knife\n- the other is a scraper\n- `screw` and nut stay\n'.split(/(?<= )/),
    );
    words.push(...'\n```python\nfor blade in blades:\n    sharpen(blade, grit=400)\n```\n'.split(/(?<= )/));
  }
  return words.join('');
}

/** One table of several hundred rows: the block that grows for longest. */
function table(): string {
  const rows = ['| part | what to do | why |\n', '|---|---|---|\n'];
  for (let row = 1; rows.length * 7 < TOKENS; row += 1) {
    rows.push(`| **blade ${row}** | file it flat | it cuts again |\n`);
  }
  return rows.join('');
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** The tasks of the busiest page's main thread, longest first, in milliseconds. */
async function mainThreadTasks(file: string): Promise<{ wall: number; cpu: number }[]> {
  const { traceEvents } = JSON.parse(await readFile(file, 'utf8')) as { traceEvents: TraceEvent[] };
  const mains = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const byThread = mains.map((main) =>
    traceEvents.filter(
      ({ name, ph, pid, tid }) => pid === main.pid && tid === main.tid && ph === 'X' && /RunTask$/.test(name),
    ),
  );
  const busiest = byThread.sort((a, b) => b.length - a.length)[0] ?? [];
  const tasks = busiest.map(({ dur, tdur }) => ({ wall: (dur ?? 0) / 1e3, cpu: (tdur ?? 0) / 1e3 }));
  return tasks.sort((a, b) => b.wall - a.wall);
}

for (const [what, figure, answer] of [
  ['a long answer', 'longest-task', mixed()],
  ['a long table', 'longest-task-table', table()],
] as const) {
  test(`${what} streams`, async ({ browser }, info) => {
    const loopback = await Loopback.start(['--first-token-ms', '100', '--token-ms', `${TOKEN_MS}`]);
    const studio = await Studio.start({ OLLAMA_HOST: 'off', ...loopback.env(['openai']) });
    const path = await studio.create({
      title: 'Long answer',
      prompt: { text: answer },
      model: 'openai/echo',
    });
    const page = await browser.newPage({ baseURL: studio.url });
    const bench = await Workbench.open(page, path);
    const file = info.outputPath('trace.json');
    await browser.startTracing(page, {
      path: file,
      categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'],
    });
    const started = Date.now();
    await bench.runButton.click();
    await expect(bench.status).toContainText('Done in', { timeout: 90_000 });
    const seconds = (Date.now() - started) / 1e3;
    await browser.stopTracing();
    const tasks = await mainThreadTasks(file);
    const [longest] = tasks;
    if (!longest) throw new Error(`no tasks in ${file}`);
    const cpu = Math.max(...tasks.map((task) => task.cpu));
    const over = tasks.filter(({ wall }) => wall > 50).length;
    const tokens = answer.split(/(?<= )/).length;
    const note =
      `${tokens} tokens at ${Math.round(tokens / seconds)} per s; ` +
      `${tasks.length} tasks, ${over} over 50 ms; the most of one on the processor ${ms(cpu)}`;
    await report(figure, longest.wall, note);
    await page.close();
    await studio.dispose();
    await loopback.stop();
  });
}
