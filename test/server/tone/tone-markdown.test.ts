import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Teaching } from "../../../src/protocol/lessons.ts";
import { speakLanguage } from "../../../src/server/language.ts";
import { type ToneNote, toneMarkdown } from "../../../src/server/tone/tone-markdown.ts";
import { ToneBaseline } from "../../../src/tone/reading/tone-baseline.ts";
import { readText } from "../../house/project-files.ts";

const positive = { valence: 0.62, label: "positive", confidence: 0.81 } as const;
const negative = { valence: -0.4, label: "negative", confidence: 0.5 } as const;
const unclear = { valence: -0.001, label: null, confidence: 0.35 } as const;
const note: ToneNote = {
  reading: { general: positive, personal: null },
  strength: 1,
  baseline: undefined,
};

describe("The text of a hover", () => {
  it("tells the general reading alone where there is no other, on one scale", () => {
    expect(toneMarkdown(note)).toBe("**positive, quite sure**");
  });

  it("says that there is no tone, and that there are two", () => {
    const of = (general: ToneNote["reading"]["general"]) =>
      toneMarkdown({ ...note, reading: { general, personal: null } });

    expect(of(unclear)).toBe("**no tone, not so sure**");
    expect(of({ valence: 0.01, label: "neutral", confidence: 0.93 })).toBe("**no tone, sure**");
    expect(of({ ...unclear, mixed: true })).toBe("**mixed, both positive and negative**");
  });

  it("tells the personal reading first, and the general one where it is another", () => {
    const other = toneMarkdown({ ...note, reading: { general: positive, personal: negative } });
    const near = toneMarkdown({
      ...note,
      reading: { general: positive, personal: { ...positive, valence: 0.5 } },
    });

    expect(other).toBe("**negative, not so sure**, as you write  \nIn general positive, quite sure");
    expect(near).toBe("**positive, quite sure**, as you write");
  });

  it("tells with what strength the personal reading counts, and what was taught as it was said", () => {
    const reading = { general: positive, personal: negative };
    const taught = { ...note, reading: { ...reading, taught: true }, strength: 0.5 } as const;

    expect(toneMarkdown({ ...note, reading, strength: 0.5 })).toContain("at 50 % of your own reading");
    expect(toneMarkdown(taught)).toBe("**negative, as you said**  \nIn general positive, quite sure");
  });

  it("marks words by which way and how far they carry the tone", () => {
    const words = [
      { word: "lovely", weight: 2.1 },
      { word: "and", weight: 0.3 },
      { word: "miss", weight: -1.2 },
    ];
    expect(toneMarkdown({ ...note, reason: { words, similar: [] } })).toContain(
      "Words: lovely ++ · and + · miss −−",
    );
  });

  it("places the sentence among the writer's own", () => {
    const baseline = ToneBaseline.of(Array.from({ length: 21 }, (_, at) => at / 20 - 0.9));

    expect(toneMarkdown({ ...note, baseline })).toContain("positive than nearly all of your sentences.");
    const usual = { ...note, reading: { general: { ...unclear, valence: -0.4 }, personal: null } };
    expect(toneMarkdown({ ...usual, baseline })).toContain("About as your sentences usually are.");
  });

  it("places it so in the editor's language, too", () => {
    const sentences = JSON.parse(readText("l10n/bundle.l10n.de.json"));
    onTestFinished(() => speakLanguage(undefined));
    speakLanguage({ locale: "de", sentences });
    const baseline = ToneBaseline.of(Array.from({ length: 21 }, (_, at) => at / 20 - 0.9));
    expect(toneMarkdown({ ...note, baseline })).toContain("Positiver als fast alle Ihre Sätze.");
  });

  it("says nothing of that where it would go another way than the tone it tells first", () => {
    const baseline = ToneBaseline.of(Array.from({ length: 21 }, (_, at) => at / 20 - 0.9));
    const own = { label: "neutral", confidence: 0.93, valence: 0.02 } as const;
    for (const personal of [unclear, own, negative]) {
      const text = toneMarkdown({ ...note, baseline, reading: { general: positive, personal } });
      expect(text).toContain("as you write");
      expect(text).not.toContain("of your sentences");
    }
  });

  it("has no link, image or HTML of the document, and its own links alone", () => {
    const hostile = "[x](command:evil) <img src=x> ![y](https://example.org/z.png) \u202e";
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } };
    const text = toneMarkdown({
      ...note,
      reason: {
        words: [{ word: hostile, weight: -1.25 }],
        similar: [{ text: hostile, path: `/notes/${hostile.replaceAll("/", "-")}.md`, line: 3 }],
      },
      teach: { uri: `file:///${hostile}`, range },
    });
    const links = linksOf(text);

    expect(links.map((url) => url.replace(/[?#].*/, ""))).toEqual([
      expect.stringMatching(/^file:\/\/\/notes\//),
      "command:idiolect.teach",
      "command:idiolect.teach",
      "command:idiolect.teach",
    ]);
    const taught = links.slice(1).map((url) => {
      const [teaching] = JSON.parse(decodeURIComponent(url.split("?")[1]!)) as [Teaching];
      return teaching;
    });
    expect(taught.map((teaching) => teaching.kind === "tone" && teaching.valence)).toEqual([0.5, 0, -0.5]);
    expect(text).not.toContain("\u202e");
    expect(text).not.toContain("1.25");
  });
});

/** Addresses of links; throws where there is an image or HTML. */
function linksOf(markdown: string): readonly string[] {
  const links: string[] = [];
  const walk = (node: ReturnType<typeof fromMarkdown> | { type: string }): void => {
    if (node.type === "html" || node.type === "image") throw new Error(`found ${node.type}`);
    if (node.type === "link") links.push((node as unknown as { url: string }).url);
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(fromMarkdown(markdown));
  return links;
}
