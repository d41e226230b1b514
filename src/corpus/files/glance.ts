import { tagsIn } from "../../front-matter/tags/tags.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { SignedDocument } from "../attribution.ts";
import { authorsOf } from "../authors.ts";
import type { LanguageTeller } from "../language-teller.ts";
import { countWords, headOf, parseSource, withLanguages } from "../parse-document.ts";
import { decodeText } from "./decode.ts";
import type { FileSource, FoundFile } from "./file-source.ts";
import type { ReadLimits } from "./read-regular-file.ts";
import { asksToBeLeftOut } from "./survey.ts";

/** What the beginning of a text tells. */
interface Beginning {
  /** Words in each language that was told. */
  readonly languages: ReadonlyMap<string, number>;
  /** Its sentences end as sentences do, other than the lines of a list or a log. */
  readonly isRunning: boolean;
}

/** What can be seen of a document without all of it being read. */
export interface Glance extends SignedDocument {
  readonly bytes: number;
  /** Counted with markup, so an estimate. */
  readonly words: number;
  readonly tagKeys: readonly string[];
  /** Absent where it was not asked for, or cannot be read in part. */
  readonly beginning?: Beginning;
}

const beginningCharacters = 8_000;
const sentenceEnd = /[.!?…。！？।][\p{P}\s]*$/u;
const leastShareOfEnds = 0.5;

/** Looks at a file; undefined for what cannot be read or asks to be left out. */
export async function glanceAt(
  { path, bytes }: FoundFile,
  limits: ReadLimits,
  source: FileSource,
  teller?: LanguageTeller,
): Promise<Glance | undefined> {
  if (bytes > limits.maximumBytes) return undefined;
  const decoded = await source.read(path, limits).then(decodeText, () => undefined);
  if (decoded?.kind !== "text") return undefined;
  const { fields, frontMatter } = headOf(decoded.source, path);
  if (asksToBeLeftOut(fields)) return undefined;
  const bodyStart = frontMatter?.end ?? 0;
  const beginning =
    teller && beginningOf(decoded.source.slice(0, bodyStart + beginningCharacters), path, teller);
  return {
    path,
    bytes,
    authors: authorsOf(fields),
    words: countWords(decoded.source.slice(bodyStart)),
    tagKeys: tagsIn(fields).map(tagKey),
    ...(beginning && { beginning }),
  };
}

/** Undefined for a notation of which a part cannot be read. */
function beginningOf(source: string, path: string, teller: LanguageTeller): Beginning | undefined {
  try {
    const { sentences } = withLanguages(parseSource(source, path), teller);
    const languages = new Map<string, number>();
    for (const { plain, language } of sentences) {
      if (language !== undefined) {
        languages.set(language, (languages.get(language) ?? 0) + countWords(plain));
      }
    }
    const ends = sentences.filter(({ plain }) => sentenceEnd.test(plain)).length;
    return { languages, isRunning: ends > leastShareOfEnds * sentences.length };
  } catch {
    return undefined;
  }
}
