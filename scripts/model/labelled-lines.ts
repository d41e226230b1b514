/*
 * Writes the labelled texts that the base is trained on, tokenised, for training elsewhere (tone_teacher.py):
 *   node scripts/model/labelled-lines.ts --source <start weights> --out labelled.jsonl [--data ../shared/data]
 * A line is {"set", "ids", "members", "universe"}: which classes of the five are meant, of which that could have been. What is
 * left out of a build is left out here.
 */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { loadTokenizer } from "../../src/plm/tokens/tokenizer.ts";
import { classMasks } from "../../src/tone/head/tone-classes.ts";
import { loadBuildData } from "./data.ts";
import { workFolder } from "./training-kind.ts";

const { values: options } = parseArgs({
  options: {
    source: { type: "string" },
    out: { type: "string" },
    data: { type: "string", default: "../shared/data" },
    work: { type: "string" },
  },
});
if (options.source === undefined || options.out === undefined)
  throw new Error(
    "Name the directory of the start weights and the file to write: --source <dir> --out <file>",
  );
const tokenizer = await loadTokenizer(options.source, { namesEmoji: true });
const { sentiment } = loadBuildData({
  dataPath: options.data,
  cachePath: options.work ?? workFolder("open"),
  tokenizer,
  kind: "open",
  say: console.log,
});
const lines = function* (): Generator<string> {
  for (const { set, ids, label, classes } of sentiment.train)
    yield `${JSON.stringify({ set, ids: Array.from(ids), ...classMasks(label, classes) })}\n`;
};
await pipeline(lines, createWriteStream(options.out));
console.log(`${sentiment.train.length} texts`);
