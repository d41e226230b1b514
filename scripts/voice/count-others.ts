// Counts how others write, which the report compares a writer's words and habits with: models/voice-background/writing.json.
//   node scripts/voice/count-others.ts --data ../shared/data
// It holds means over bloggers whose licences let their texts be passed on, and none of the texts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseSource } from "../../src/corpus/parse-document.ts";
import { unpackedLines } from "../../src/lab/measures/unpacked-lines.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { addWriting, encodeOthers, measureOthers } from "../../src/voice/others-writing.ts";
import { countWriting } from "../../src/voice/writing-counts.ts";

/** More hardly change a writer's rates. */
const mostPosts = 60;

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data" },
    to: { type: "string", default: "models/voice-background" },
  },
});

interface Row {
  readonly writer: string;
  readonly text: string;
  readonly path?: string;
}

const random = createRandom("how others write");
const lines = [...unpackedLines(join(options.data, "text", "open_blogs.jsonl.gz"))];
const rows = lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as Row);
const writers = [...Map.groupBy(rows, ({ writer }) => writer).values()].map((posts) =>
  addWriting(random.shuffle(posts).slice(0, mostPosts).map(countPost)),
);
const others = measureOthers(writers);
const text = encodeOthers(others);
writeFileSync(join(options.to, "writing.json"), text);
console.log(`${others.words.size} words of ${others.writers} writers, ${text.length} bytes`);

function countPost({ text: source, path: file = "post.md" }: Row) {
  const { sentences } = parseSource(source, /\.(mdx|txt)$/i.test(file) ? file : `${file}.md`);
  return countWriting(sentences.map(({ plain }) => plain));
}
