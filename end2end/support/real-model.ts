// A real model on a real server, neither of them written here: SmolLM2 135M, served by llama.cpp.

import { join } from 'node:path';

import { Program, pathFrom } from './program.ts';

const SERVE = join(import.meta.dirname, '../real-model/serve.py');

/** The running server. */
export class RealModel {
  /** The model's name there. */
  static readonly NAME = 'smollm2-135m';

  private constructor(
    private readonly program: Program,
    /** Its address, without a slash at the end. */
    readonly url: string,
  ) {}

  /** Whether its packages are installed; `cargo xtask test` does that where it can. */
  static get isInstalled(): boolean {
    return Boolean(process.env.REAL_MODEL_PYTHON);
  }

  /** Starts it on a free port. */
  static async start(): Promise<RealModel> {
    const program = Program.start(pathFrom('REAL_MODEL_PYTHON'), {}, [SERVE]);
    const match = await program.says(/The model is ready at (http:\/\/\S+)/);
    return new RealModel(program, match[1] ?? '');
  }

  async stop(): Promise<void> {
    await this.program.kill();
  }
}
