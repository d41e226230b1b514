import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Absentee, Contestant, TrainingBatch } from "../contestant.ts";
import { PeerError } from "../errors.ts";
import { type LoadRequest, type PeerAnswer, type PeerRequest, peerAnswerSchema } from "./peer-messages.ts";

export interface PeerCommand {
  readonly name: string;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly maximumSteps?: number;
}

/** Starts a peer and loads the model into it. A peer that is not installed is an absentee. */
export async function startPeer(
  command: PeerCommand,
  load: LoadRequest,
): Promise<Contestant<TrainingBatch> | Absentee> {
  const { name, maximumSteps } = command;
  const child = spawn(command.program, command.arguments, {
    stdio: ["pipe", "pipe", "pipe"],
    env: peerEnvironment(),
  });
  const line = new PeerLine(name, child);
  try {
    await once(child, "spawn");
  } catch (cause) {
    return { name, reason: `${command.program} cannot be started (${(cause as Error).message})` };
  }
  const answer = await line.ask(load);
  if (answer.kind !== "loaded") {
    await line.close();
    return { name, reason: answer.kind === "absent" ? answer.reason : "it did not load the model" };
  }
  const step = async (batch: TrainingBatch, update: boolean) => {
    const stepped = await line.ask(stepRequest(batch, update));
    if (stepped.kind !== "stepped") {
      throw new PeerError(name, `it answered a step with ${stepped.kind}.`);
    }
    return stepped;
  };
  return {
    name: answer.name,
    ...(maximumSteps === undefined ? {} : { maximumSteps }),
    step: (batch) => step(batch, true),
    measure: async (batch) => (await step(batch, false)).loss,
    close: () => line.close(),
  };
}

/** Large pages for malloc suit our engine and slow PyTorch down: peers run as their users run them. */
export const peerEnvironment = () => ({ ...process.env, GLIBC_TUNABLES: undefined });

function stepRequest(batch: TrainingBatch, update: boolean): PeerRequest {
  const request = {
    kind: "step" as const,
    update,
    batch: batch.batch,
    length: batch.length,
    ids: Array.from(batch.ids, Number),
    mask: [...batch.mask],
  };
  return "replaced" in batch
    ? { ...request, positions: [], targets: [], replaced: [...batch.replaced] }
    : {
        ...request,
        positions: Array.from(batch.positions, Number),
        targets: Array.from(batch.targets, Number),
      };
}

/** One question, one answer. */
class PeerLine {
  readonly #name: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  #complaint = "";

  constructor(name: string, child: ChildProcessWithoutNullStreams) {
    this.#name = name;
    this.#child = child;
    this.#reader = createInterface({ input: child.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
    child.stderr.on("data", (text: Buffer) => {
      this.#complaint = `${this.#complaint}${text}`.slice(-2000);
    });
    // A peer that has gone is told by the end of its answers.
    child.stdin.on("error", () => undefined);
    child.on("error", () => undefined);
  }

  async ask(request: PeerRequest): Promise<PeerAnswer> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) {
      throw new PeerError(this.#name, `it ended without an answer. ${this.#complaint}`);
    }
    const parsed = peerAnswerSchema.safeParse(JSON.parse(value));
    if (!parsed.success) {
      throw new PeerError(this.#name, `its answer is not understood: ${value.slice(0, 200)}.`, {
        cause: parsed.error,
      });
    }
    return parsed.data;
  }

  async close(): Promise<void> {
    const isGone = this.#child.exitCode !== null || this.#child.signalCode !== null;
    const ended = isGone ? undefined : once(this.#child, "exit");
    this.#child.stdin.end();
    this.#reader.close();
    await ended;
  }
}
