import { readSync, writeSync } from "node:fs";
import { WeightCache } from "../../../src/plm/cache/weight-cache.ts";
import { readModelDirectory } from "../../../src/plm/files/model-directory.ts";
import { tinyBertPath } from "../tiny-model.ts";

/*
 * A process that unpacks the tiny model and waits before each tensor: it writes a byte and goes on when it gets one.
 * Nothing of its own happens meanwhile, so it can be killed at that very place.
 */

const directory = await readModelDirectory(tinyBertPath);
const tensor: typeof directory.tensor = (name) => {
  writeSync(1, ".");
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit(1);
  return directory.tensor(name);
};
await WeightCache.open({ ...directory, tensor }, process.argv[2]!);
writeSync(1, "!");
readSync(0, Buffer.alloc(1));
