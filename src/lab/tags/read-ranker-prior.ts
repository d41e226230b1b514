import { readFile } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "../../cli/errors.ts";
import type { RankerPrior } from "../../tags/ranker/ranker.ts";

const rankerPriorShape = z.object({
  version: z.literal(1),
  bias: z.number(),
  features: z.record(z.string(), z.object({ mean: z.number(), deviation: z.number(), weight: z.number() })),
});

/** Reads ranker weights of other writers, as scripts/tags/fit-ranker-prior.ts writes them. */
export async function readRankerPrior(path: string): Promise<RankerPrior> {
  try {
    return rankerPriorShape.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new UsageError(
      `${path} holds no ranker weights. Make them with scripts/tags/fit-ranker-prior.ts --leave-one-out.`,
      { cause },
    );
  }
}
