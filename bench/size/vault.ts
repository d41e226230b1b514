import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom, type Random } from "../../src/numbers/random.ts";

/** A note of a vault that nobody wrote. */
export interface VaultNote {
  /** Below the vault, with `/`. */
  readonly path: string;
  readonly source: string;
}

const subjects = 40;
const tagsPerSubject = 6;
const namesPerSubject = 60;
const notesPerFolder = 400;
const dayMs = 86_400_000;
const firstDayMs = Date.UTC(2012, 0, 2);

const syllables =
  "ba ce di fo gu la me ni po ru sa te vi wo ya kel mor tan ver lin gar dus rim hol pen".split(" ");
const common =
  `the a of to and in that it is was for on with as at by from this had not but are or his her they she he we you
  one all there when what some so out up into about time then them only new other could these two may first any my now
  such like our over me even most made after also did many before must through back years where much your way well down
  should because each just those people how too little good very make world still see own work long here get both between
  life being under never day same another know while last might great old year off come since against go came right used
  take three small large often early again garden morning letter window street river evening kitchen question answer`.split(
    /\s+/,
  );

interface Subject {
  readonly tags: readonly string[];
  readonly names: readonly string[];
}

/**
 * Notes of an invented writer, the same for the same seed: subjects of six tags and sixty words each, of which some are
 * much more frequent than others; titles, links between notes, hashtags, and front matter in several notations or none.
 * The first notes are the same however many there are.
 */
export function* vaultNotes(count: number, seed: number): Generator<VaultNote, void, undefined> {
  const random = createRandom(seed).fork("vault");
  const all = Array.from({ length: subjects }, (_, at) => inventSubject(random.fork(`subject ${at}`)));
  for (let at = 0; at < count; at++) yield noteAt(at, all, random.fork(`note ${at}`));
}

/** Writes the notes into a folder, as many as are named. */
export function writeVault(folder: string, count: number, seed: number): void {
  for (const { path, source } of vaultNotes(count, seed)) {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, source);
  }
}

function inventSubject(random: Random): Subject {
  const word = () => Array.from({ length: 2 + random.integer(2) }, () => pick(syllables, random)).join("");
  const main = word();
  const tags = Array.from({ length: tagsPerSubject }, (_, at) => {
    if (at === 0) return main;
    return at === 1 ? `${main}/${word()}` : random() < 0.3 ? `${word()}-${word()}` : word();
  });
  return { tags, names: Array.from({ length: namesPerSubject }, word) };
}

function noteAt(at: number, all: readonly Subject[], random: Random): VaultNote {
  const own = often(all, random);
  const beside = often(all, random);
  const tags = [
    ...new Set([
      ...some(own.tags, 1 + random.integer(3), random),
      ...(random() < 0.3 ? [beside.tags[0]!] : []),
    ]),
  ];
  const title = sentence([own], 2 + random.integer(4), random);
  const words = Math.round(Math.exp(4.6 + 0.7 * random.normal()));
  const paragraphs: string[] = [];
  for (let written = 0; written < Math.max(20, words); ) {
    const sentences = Array.from({ length: 2 + random.integer(4) }, () => {
      const length = 6 + random.integer(14);
      written += length;
      return `${sentence([own, own, beside], length, random)}.`;
    });
    if (at > 0 && random() < 0.2) sentences.push(`See [[${noteName(random.integer(at))}]].`);
    paragraphs.push(sentences.join(" "));
  }
  const inText = random() < 0.15 ? `\n\n${tags.map((tag) => `#${tag}`).join(" ")}` : "";
  const head = frontMatter(title, tags, new Date(firstDayMs + at * dayMs * 0.3), random);
  const folder = `shelf-${String(Math.floor(at / notesPerFolder)).padStart(3, "0")}`;
  return {
    path: `${folder}/${noteName(at)}.md`,
    source: `${head}# ${title}\n\n${paragraphs.join("\n\n")}${inText}\n`,
  };
}

const noteName = (at: number): string => `note-${String(at).padStart(6, "0")}`;

/** Lists and texts in YAML, TOML, tags alone, and nothing at all. */
function frontMatter(title: string, tags: readonly string[], date: Date, random: Random): string {
  const day = date.toISOString().slice(0, 10);
  const notation = random();
  if (notation < 0.4) return `---\ntitle: ${title}\ndate: ${day}\ntags: [${tags.join(", ")}]\n---\n\n`;
  if (notation < 0.7) {
    return `---\ncreated: ${day}\ntags:\n${tags.map((tag) => `  - ${tag}\n`).join("")}aliases:\n  - ${title}\n---\n\n`;
  }
  if (notation < 0.8) {
    const quoted = tags.map((tag) => `"${tag}"`).join(", ");
    return `+++\ntitle = "${title}"\ndate = ${day}\ntags = [${quoted}]\n+++\n\n`;
  }
  return notation < 0.9 ? `---\ntags: ${tags.join(", ")}\n---\n\n` : "";
}

function sentence(own: readonly Subject[], length: number, random: Random): string {
  const words = Array.from({ length }, () => {
    return random() < 0.3 ? often(pick(own, random).names, random) : often(common, random);
  });
  const text = words.join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const pick = <T>(list: readonly T[], random: Random): T => list[random.integer(list.length)]!;

/** The first ones more often: the place is the square of an even number. */
const often = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() ** 2 * list.length)]!;

const some = <T>(list: readonly T[], count: number, random: Random): readonly T[] =>
  Array.from({ length: count }, () => often(list, random));
