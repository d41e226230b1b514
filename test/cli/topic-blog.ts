import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../../src/numbers/random.ts";

const filling = "the of and to in a is that it was for on are as with his they at be this from have".split(
  " ",
);
const topics = { water: ["river", "water"], people: ["people", "who"], time: ["time", "day"] } as const;

/** Posts of words that say nothing, but for two in twelve that go with the tag; in order of date. */
export function writeTopicBlog(
  folder: string,
  count: number,
  tagOf = (topic: string): string => topic,
): string {
  mkdirSync(folder, { recursive: true });
  const random = createRandom("topics");
  const names = Object.keys(topics) as (keyof typeof topics)[];
  for (let number = 0; number < count; number++) {
    const topic = names[number % names.length]!;
    const words = Array.from({ length: 12 }, (_, at) => (at % 6 === 2 ? topics[topic] : filling));
    const text = words.map((among) => among[random.integer(among.length)]!).join(" ");
    const day = new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10);
    writeFileSync(join(folder, `${day}.md`), `---\ndate: ${day}\ntags: [${tagOf(topic)}]\n---\n\n${text}.\n`);
  }
  return folder;
}
