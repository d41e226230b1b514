// Makes what a writer's voice is told apart from: models/voice-background, of bloggers whose licences let it be passed on.
//   node scripts/voice/make-background.ts --data ../shared/data
// It holds hashes of terms and the commonest words, none of the texts. docs/evaluation.md says what it is worth.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readPosts, readRewrites } from "../../src/lab/voice/rewritten-texts.ts";
import { createRandom } from "../../src/numbers/random.ts";
import { learnAssistant } from "../../src/voice/learn-assistant.ts";
import { encodeBackground } from "../../src/voice/named-background.ts";
import { PassageSpace, passageTerms } from "../../src/voice/voice-background.ts";

const commonWords = 500;
const passagesOfWriter = 12;
/** Of one writer's words a word counts at most as this share, so that no subject makes a word common. */
const mostOfWriter = 0.01;

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data" },
    to: { type: "string", default: "models/voice-background" },
  },
});

const random = createRandom("voice background");
const rewrites = readRewrites(join(options.data, "voice", "rewrites.jsonl.gz"));
const posts = readPosts(join(options.data, "text", "open_blogs.jsonl.gz"), rewrites);
const drawn = [...Map.groupBy(posts, ({ writer }) => writer)].map(([writer, texts]) => ({
  writer,
  passages: random.shuffle(texts.flatMap((post) => post.passages)),
}));
const common = commonestWords(drawn.map(({ passages }) => passages.slice(0, 60)));
const impostors = drawn.flatMap(({ writer, passages }) =>
  passages.slice(0, passagesOfWriter).map((text) => ({ writer, terms: passageTerms(text, common) })),
);
const space = new PassageSpace({ common, impostors });
const charactersOf = (text: string) => space.vectors(text).characters;
const assistant = learnAssistant(
  rewrites.map(({ original, light, full }) => ({
    original: charactersOf(original),
    rewritten: [charactersOf(light), charactersOf(full)],
  })),
  random,
);
const rewritten = [...new Set(rewrites.map(({ writer }) => writer))];
const bytes = encodeBackground({ common, impostors, assistant, rewritten });
mkdirSync(options.to, { recursive: true });
writeFileSync(join(options.to, "terms.bin.gz"), bytes);
console.log(`${impostors.length} passages of ${drawn.length} writers, ${bytes.length} bytes`);

function commonestWords(writers: readonly (readonly string[])[]): ReadonlySet<string> {
  const shares = new Map<string, number>();
  for (const passages of writers) {
    const words = passages.flatMap((text) => text.toLowerCase().match(/\p{L}+(?:['’]\p{L}+)*/gu) ?? []);
    for (const [word, uses] of Map.groupBy(words, (word) => word)) {
      shares.set(word, (shares.get(word) ?? 0) + Math.min(mostOfWriter, uses.length / words.length));
    }
  }
  const byShare = [...shares].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Set(byShare.slice(0, commonWords).map(([word]) => word));
}
