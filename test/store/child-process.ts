import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** A program of the folder `children` that runs as a process of its own. */
export class Child {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #errors = "";

  constructor(program: string, ...values: readonly string[]) {
    const path = join(import.meta.dirname, "children", program);
    const started = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path, ...values]);
    started.stderr.on("data", (text) => {
      this.#errors += text;
    });
    this.#lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
    this.process = started;
    onTestFinished(() => void started.kill("SIGKILL"));
  }

  /** The next line that the child writes, or `undefined` at its end. */
  async nextLine(): Promise<string | undefined> {
    const { done, value } = await this.#lines.next();
    return done ? undefined : value;
  }

  /** Ends the child the hard way and gives the lines that were still under way. */
  async kill(): Promise<readonly string[]> {
    const ended = once(this.process, "close");
    this.process.kill("SIGKILL");
    const rest: string[] = [];
    for (let line = await this.nextLine(); line !== undefined; line = await this.nextLine()) rest.push(line);
    await ended;
    return rest;
  }

  /** Waits for the end, and fails with what the child wrote to standard error where that was no good one. */
  async succeed(): Promise<void> {
    const [code] = await once(this.process, "close");
    if (code !== 0) throw new Error(this.#errors);
  }
}
