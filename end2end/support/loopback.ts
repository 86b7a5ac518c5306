// The loopback model server: it speaks the wire formats of the providers and plays any behaviour.

import { Program, pathFrom } from './program.ts';

/** A provider that it can play. */
export type Wire = 'openai' | 'gemini' | 'anthropic';

/** The running loopback model server. */
export class Loopback {
  private constructor(
    private readonly program: Program,
    /** Its address, without a slash at the end. */
    readonly url: string,
  ) {}

  /** Starts it on a free port; its README lists the flags. */
  static async start(flags: string[] = []): Promise<Loopback> {
    const program = Program.start(pathFrom('LOOPBACK_BIN'), {}, flags);
    const match = await program.says(/(http:\/\/\S+)/);
    return new Loopback(program, match[1] ?? '');
  }

  /** The variables that connect a studio to it. */
  env(providers: readonly Wire[]): Record<string, string> {
    const all = providers.map((wire) => Object.entries(this.variables(wire)));
    return Object.fromEntries(all.flat());
  }

  /** The requests it got for a model, oldest first: their bodies, as text. */
  async bodies(model: string): Promise<string[]> {
    const response = await fetch(`${this.url}/_requests`);
    const requests = (await response.json()) as { path: string; body: unknown }[];
    const asked = requests.filter(({ path, body }) => `${path} ${JSON.stringify(body)}`.includes(model));
    return asked.map(({ body }) => JSON.stringify(body));
  }

  async stop(): Promise<void> {
    await this.program.kill();
  }

  private variables(wire: Wire): Record<string, string> {
    switch (wire) {
      case 'openai':
        return { OPENAI_BASE_URL: `${this.url}/v1`, OPENAI_API_KEY: 'loopback' };
      case 'gemini':
        return { GEMINI_BASE_URL: this.url, GEMINI_API_KEY: 'loopback' };
      case 'anthropic':
        return { ANTHROPIC_BASE_URL: this.url, ANTHROPIC_API_KEY: 'loopback' };
    }
  }
}
