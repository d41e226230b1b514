import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { PretrainedModel } from "../../src/plm/pretrained-model.ts";
import { PeerError } from "../errors.ts";
import { writeLargeModel } from "../large-model.ts";
import { say } from "../say.ts";
import { spreadOf } from "../spread.ts";
import { formatTable } from "../table.ts";
import type { Workplace } from "../workplace.ts";

/** 4 × 512 tokens make an optimiser step of the usual size. */
const [runsPerStep, steps] = [4, 3];

const measuredSchema = z.object({
  compileMs: z.number(),
  stepMs: z.array(z.number()),
  losses: z.array(z.number()),
  tokensPerStep: z.number(),
  peakMemoryBytes: z.number(),
});

export interface LargeResult {
  readonly products: "full" | "rounded";
  readonly compileMs: number;
  /** Median without the first step. */
  readonly stepMs: number;
  readonly tokensPerStep: number;
  readonly peakMemoryBytes: number;
}

/** Prompt learning with a random model of BERT-large's shape at 512 positions, in a process of its own. */
export async function measureLarge(place: Workplace): Promise<readonly LargeResult[]> {
  const { folder, settings } = place;
  const cache = join(folder, "large-cache");
  const model = writeLargeModel(join(folder, "large"), join(settings.modelPath, "tokenizer.json"));
  await PretrainedModel.open(model, cache);
  const results: LargeResult[] = [];
  for (const products of ["full", "rounded"] as const) {
    const words = [model, cache, String(settings.threads), products, String(runsPerStep), String(steps)];
    const { stepMs, losses, ...measured } = await measureOnce(words);
    if (!losses.every(Number.isFinite)) throw new PeerError("BERT-large", "its loss is not finite.");
    results.push({ products, stepMs: spreadOf(stepMs.slice(1)).median, ...measured });
  }
  say(describe(results));
  return results;
}

async function measureOnce(words: readonly string[]): Promise<z.infer<typeof measuredSchema>> {
  const program = join(import.meta.dirname, "..", "large-step.ts");
  const child = spawn(process.execPath, [program, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (exitCode !== 0) throw new PeerError("BERT-large", `it ended with code ${exitCode}.`);
  return measuredSchema.parse(JSON.parse(output));
}

function describe(results: readonly LargeResult[]): string {
  const rows = results.map(({ products, compileMs, stepMs, tokensPerStep, peakMemoryBytes }) => [
    products === "full" ? "products in full" : "products in 8 bits",
    (compileMs / 1000).toFixed(1),
    (stepMs / 1000).toFixed(1),
    (tokensPerStep / (stepMs / 1000)).toFixed(0),
    (peakMemoryBytes / 2 ** 20).toFixed(0),
  ]);
  return [
    `\nA step of prompt learning with the shape of BERT-large (24 × 1024), ${runsPerStep} × 512 tokens`,
    formatTable(["", "compile s", "step s", "tokens a second", "peak MiB"], rows),
  ].join("\n");
}
