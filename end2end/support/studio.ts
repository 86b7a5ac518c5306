// The real server on a data folder of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Program, pathFrom } from './program.ts';

/** A prompt as the server keeps it. */
export interface PromptText {
  text: string;
  system_instructions?: string;
  plain_names?: string[];
}

/** What a prompt made by {@link Studio.create} starts with. */
export interface NewPrompt {
  title: string;
  prompt?: PromptText;
  values?: Record<string, string>;
  tags?: string[];
  /** The note of its first version. */
  note?: string;
  /** The model as `provider/model`; without it, the preferred one. */
  model?: string;
  alignmentModel?: string;
  maxOutputTokens?: number;
  /** Its guidelines, written by hand. */
  guidelines?: string[];
}

/** A running studio. */
export class Studio {
  private constructor(
    /** Its address, without a slash at the end. Stays the same when it is started again. */
    readonly url: string,
    /** Where it keeps everything. */
    readonly dataFolder: string,
    private readonly env: Record<string, string>,
    private program: Program,
  ) {}

  /** Starts a studio on a free port and an empty data folder, or a given one. */
  static async start(env: Record<string, string>, folder?: string): Promise<Studio> {
    const dataFolder = folder ?? (await mkdtemp(join(tmpdir(), 'attune-e2e-')));
    const all = { HOME: dataFolder, ATTUNE_DATA: dataFolder, ATTUNE_LOG: 'warn', ...env };
    const [program, url] = await launch({ ...all, ATTUNE_ADDR: '127.0.0.1:0' });
    return new Studio(url, dataFolder, all, program);
  }

  /** Ends it as a person does with Ctrl-C. */
  async stop(): Promise<void> {
    await this.program.stop();
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    await this.program.kill();
  }

  /** Starts it again at the same address, on the same data. */
  async start(): Promise<void> {
    const ATTUNE_ADDR = new URL(this.url).host;
    [this.program] = await launch({ ...this.env, ATTUNE_ADDR });
  }

  /** Everything that the server wrote since it was started. */
  get log(): string {
    return this.program.log;
  }

  /** Ends it, if it still runs, and removes its data. */
  async dispose(): Promise<void> {
    try {
      if (!this.program.hasEnded) await this.stop();
    } finally {
      await rm(this.dataFolder, { recursive: true, force: true });
    }
  }

  /** Makes a prompt behind the pages' back and gives the path of its workbench. */
  async create(prompt: NewPrompt): Promise<string> {
    const { id } = await this.post<{ id: number }>('prompts/create', {
      title: prompt.title,
      tags: prompt.tags ?? [],
      prompt: prompt.prompt ? { system_instructions: '', plain_names: [], ...prompt.prompt } : null,
      values: prompt.values ?? {},
      note: prompt.note ?? '',
    });
    if (prompt.model || prompt.alignmentModel || prompt.maxOutputTokens) {
      await this.post('prompts/models', {
        id,
        models: {
          model: prompt.model ?? null,
          alignment_model: prompt.alignmentModel ?? null,
          settings: { max_output_tokens: prompt.maxOutputTokens ?? null },
        },
      });
    }
    for (const text of prompt.guidelines ?? []) await this.post('guidelines/add', { id, text });
    return `/prompts/${id}`;
  }

  private async post<T>(path: string, body: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}

async function launch(env: Record<string, string>): Promise<[Program, string]> {
  const program = Program.start(pathFrom('ATTUNE_BIN'), env);
  const match = await program.says(/Attune is ready at (http:\/\/\S+)/);
  return [program, match[1] ?? ''];
}
