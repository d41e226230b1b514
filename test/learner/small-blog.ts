import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const places = ["bridge", "river", "boat", "kettle", "garden", "tower"] as const;
const judgements = [
  "It was a good day",
  "It was not what I wanted",
  "Nobody came",
  "We made tea over it",
] as const;

/** Writes `count` short posts with dates, tags (unless not wanted) and moods; about 190 words each. */
export function writeSmallBlog(folder: string, count = 14, { tags = true } = {}): string {
  mkdirSync(folder, { recursive: true });
  for (let number = 0; number < count; number++) {
    const place = places[number % places.length]!;
    const paragraph = Array.from({ length: 16 }, (_, line) => {
      const judgement = judgements[(number + line) % judgements.length]!;
      return `${judgement} at the ${place}, and I was there with her for ${line + number} hours.`;
    });
    const day = String(number + 1).padStart(2, "0");
    const mood = number % 2 === 0 ? "good" : "bad";
    const tagged = tags ? `tags: [${place}, notes]\n` : "";
    const front = `---\ntitle: The ${place} ${number}\ndate: 2024-01-${day}\n${tagged}mood: ${mood}\n---\n`;
    writeFileSync(join(folder, `${day}-${place}.md`), `${front}\n${paragraph.join(" ")}\n`);
  }
  return folder;
}
