import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Passage } from "../../src/learning/passages.ts";
import type { SoftPrompts } from "../../src/prompts/soft-prompts.ts";
import { TextEncoder } from "../../src/tone/reading/text-encoder.ts";
import { PeerError } from "../errors.ts";
import { say } from "../say.ts";
import { type Spread, spreadOf } from "../spread.ts";
import { formatTable } from "../table.ts";
import { fullPassages, passagesOf, sampleBlog } from "../texts.ts";
import type { Workplace } from "../workplace.ts";

const lengthsTokens = [16, 32, 128];
const warmUps = 10;

export interface WarmReading {
  readonly tokens: number;
  readonly withPrompts: boolean;
  readonly milliseconds: Spread;
  /** On all threads; where other work runs, it tells more. */
  readonly processorMs: Spread;
}

const coldStartSchema = z.object({
  loadMs: z.number(),
  openMs: z.number(),
  firstReadingMs: z.number(),
});

/** Loading the modules, opening the model, and the first reading with the compilation it waits for. */
type ColdStart = z.infer<typeof coldStartSchema>;

export interface ReadingResult {
  readonly warm: readonly WarmReading[];
  /** A fresh process; `firstTime` has to write the weights to the cache as well. */
  readonly cold: readonly { readonly firstTime: boolean; readonly phases: Record<keyof ColdStart, Spread> }[];
}

/** Times readings of one sentence at a time, and the start of a process up to its first reading. */
export async function measureReading(place: Workplace): Promise<ReadingResult> {
  const running = await passagesOf(place.model, sampleBlog);
  const warm: WarmReading[] = [];
  const encoder = new TextEncoder(place.model, { threads: place.settings.threads });
  const longest = place.model.config.max_position_embeddings;
  for (const tokens of lengthsTokens.filter((length) => length <= longest)) {
    const sentences = fullPassages(place.model, running, tokens);
    for (const prompts of [undefined, place.prompts]) {
      const times = await timeReadings(encoder, sentences, prompts, place.settings.readings);
      warm.push({ tokens, withPrompts: prompts !== undefined, ...times });
    }
  }
  await encoder.release();
  const result = { warm, cold: [await timeStarts(place, true), await timeStarts(place, false)] };
  say(describe(result));
  return result;
}

async function timeReadings(
  encoder: TextEncoder,
  sentences: readonly Passage[],
  prompts: SoftPrompts | undefined,
  count: number,
): Promise<Pick<WarmReading, "milliseconds" | "processorMs">> {
  const [passed, processor]: [number[], number[]] = [[], []];
  for (let at = -warmUps; at < count; at++) {
    const sentence = sentences[(at + warmUps) % sentences.length]!;
    const [startMs, startUs] = [performance.now(), process.cpuUsage()];
    await encoder.read([sentence], prompts);
    const { user, system } = process.cpuUsage(startUs);
    if (at >= 0) {
      passed.push(performance.now() - startMs);
      processor.push((user + system) / 1000);
    }
  }
  return { milliseconds: spreadOf(passed), processorMs: spreadOf(processor) };
}

async function timeStarts({ settings, folder }: Workplace, firstTime: boolean) {
  const cache = join(folder, "cold-cache");
  const starts: ColdStart[] = [];
  // One start that is not timed fills the caches of disk and model.
  for (let at = -1; at < settings.coldStarts; at++) {
    if (firstTime) {
      await rm(cache, { recursive: true, force: true });
    }
    const start = await startOnce([settings.modelPath, cache, String(settings.threads)]);
    if (at >= 0) {
      starts.push(start);
    }
  }
  const phase = (name: keyof ColdStart) => spreadOf(starts.map((start) => start[name]));
  const phases = {
    loadMs: phase("loadMs"),
    openMs: phase("openMs"),
    firstReadingMs: phase("firstReadingMs"),
  };
  return { firstTime, phases };
}

async function startOnce(words: readonly string[]): Promise<ColdStart> {
  const program = join(import.meta.dirname, "..", "cold-reading.ts");
  const child = spawn(process.execPath, [program, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (exitCode !== 0) {
    throw new PeerError("Cold start", `it ended with code ${exitCode}.`);
  }
  return coldStartSchema.parse(JSON.parse(output));
}

function describe({ warm, cold }: ReadingResult): string {
  const rows = warm.map(({ tokens, withPrompts, milliseconds, processorMs }) => [
    `${tokens} tokens, ${withPrompts ? "with" : "without"} prompts`,
    String(milliseconds.count),
    ...[milliseconds.median, milliseconds.p95, processorMs.median, processorMs.p95].map((ms) =>
      ms.toFixed(2),
    ),
  ]);
  const coldRows = cold.map(({ firstTime, phases }) => [
    firstTime ? "first time on a machine" : "weights in the cache",
    ...[phases.loadMs, phases.openMs, phases.firstReadingMs].map(({ median }) => median.toFixed(0)),
  ]);
  return [
    "\nReading one sentence (warm, without tokenising)",
    formatTable(["", "readings", "p50 ms", "p95 ms", "processor p50 ms", "p95 ms"], rows),
    `\nFirst reading of a fresh process (median of ${cold[0]?.phases.openMs.count})`,
    formatTable(["", "modules ms", "open model ms", "compile and read ms"], coldRows),
  ].join("\n");
}
