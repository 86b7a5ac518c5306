// A program that the tests start: the server, or the loopback model server.

import { type ChildProcess, spawn } from 'node:child_process';

/** How long a program may take to say that it is ready. */
const READY_MS = 10_000;

/** How long a program may take to end by itself, as the README promises. */
const END_MS = 5_000;

/** A running program and everything it wrote. */
export class Program {
  /** Standard output and standard error, as they came. */
  log = '';
  private readonly ended: Promise<number | null>;

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    }
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', resolve);
    });
    // Whoever waits for the end hears of an error; nobody has to wait.
    this.ended.catch(() => {});
  }

  /** Starts `path` with exactly these variables: no keys or proxies of the machine get in. */
  static start(path: string, env: Record<string, string>, args: string[] = []): Program {
    const inherited = ['PATH', 'SYSTEMROOT', 'TMPDIR', 'TEMP'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    });
    const child = spawn(path, args, {
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Program(path, child);
  }

  /** Waits until it wrote something that matches, and gives the match. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = Date.now() + READY_MS;
    const over = this.ended.then((code) => {
      throw new Error(`${this.name} ended with ${code} before it was ready:\n${this.log}`);
    });
    over.catch(() => {});
    for (;;) {
      const match = pattern.exec(this.log);
      if (match) return match;
      if (Date.now() > deadline) throw new Error(`${this.name} is not ready:\n${this.log}`);
      await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 10))]);
    }
  }

  /** Asks it to end (SIGTERM) and fails if it does not do so in time and in order. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), END_MS);
    const code = await this.ended;
    clearTimeout(timer);
    if (code !== 0) throw new Error(`${this.name} ended with ${code}:\n${this.log}`);
  }

  /** Ends it at once (SIGKILL), as a crash would. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** The path of a program that a variable names. */
export function pathFrom(variable: string): string {
  const path = process.env[variable];
  if (!path) throw new Error(`${variable} must name a program; \`cargo xtask test\` sets it`);
  return path;
}
