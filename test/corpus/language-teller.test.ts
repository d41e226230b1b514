import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LanguageTeller } from "../../src/corpus/language-teller.ts";
import type { Fields } from "../../src/front-matter/fields.ts";

const everyday: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "short-sentences.json"), "utf8"),
);
const teller = await LanguageTeller.open();

const told = (sentences: readonly string[], fields: Fields = new Map()) =>
  teller.tell(fields, sentences).sentences;

const english = [
  "The river was high this morning.",
  "I opened the bridge late and nobody complained.",
  "There is nothing to be said for the new paint.",
];

describe("a sentence's language", () => {
  it.each(Object.entries(everyday))(
    "is told of at least 19 in 20 short sentences in %s alone",
    (_code, sentences) => {
      const mistaken = sentences.filter((sentence) => told([sentence])[0] === "en");
      expect(mistaken.length).toBeLessThanOrEqual(1);
    },
  );

  it.each(Object.entries(everyday))(
    "is told of every short sentence in %s in its document",
    (code, sentences) => {
      expect(told(sentences).filter((language) => language === "en")).toEqual([]);
      expect(teller.tell(new Map(), sentences).document).toBe(code);
    },
  );

  it.each([
    "The river was high this morning.",
    "Adequate.",
    "I am glad.",
    "I had mango.",
    "Reboot your admin node.",
    "Tue, Apr 17 2012 10:10:18",
    "Dorcas Wain",
    "Anyway, on to the action!",
    "npm install",
    "2020",
    "😀",
    "",
  ])("is English where nothing speaks enough for another: %s", (sentence) => {
    expect(told([sentence])).toEqual(["en"]);
  });

  it("is told of a short sentence by its neighbours", () => {
    const german = ["Heute war ich am Fluss.", "Sehr gut.", "Danke!", "Morgen gehe ich noch einmal hin."];
    expect(told(german)).toEqual(["de", "de", "de", "de"]);
    expect(told(["Danke!"])).toEqual(["en"]);
    expect(told([english[0]!, "Danke!", english[1]!])).toEqual(["en", "en", "en"]);
  });

  it("is told of a short sentence by what the document says of itself", () => {
    expect(told(["Sehr gut."], new Map([["lang", "de"]]))).toEqual(["de"]);
    expect(told(["Sehr gut."], new Map([["lang", "en"]]))).toEqual(["en"]);
  });

  it("is its own in a document of another language", () => {
    const german = everyday["de"]!.slice(0, 6);
    expect(told([...english, "Diese Reise war eine einzige Enttäuschung für alle.", ...english])).toEqual([
      ...["en", "en", "en"],
      "de",
      ...["en", "en", "en"],
    ]);
    const amid = told([...german, english[1]!, ...german], new Map([["lang", "de"]]));
    expect(amid[german.length]).toBe("en");
  });

  it("is told in scripts that put no spaces", () => {
    expect(told(["今日は雨が降っています。"])).toEqual(["ja"]);
    expect(told(["今天又下雨了，我很难过。"])).toEqual(["zh"]);
    expect(told(["Сегодня опять идёт дождь."])).toEqual(["ru"]);
  });
});

describe("a document's language", () => {
  it("is what it says itself, in any spelling", () => {
    expect(teller.tell(new Map([["lang", "de_DE"]]), english).document).toBe("de");
    expect(teller.tell(new Map([["category", "Français"]]), english).document).toBe("fr");
  });

  it("is that of most of its text, and unknown where that says nothing", () => {
    expect(teller.tell(new Map(), english).document).toBe("en");
    expect(teller.tell(new Map(), ["Adequate."]).document).toBeUndefined();
    expect(teller.tell(new Map(), []).document).toBeUndefined();
  });
});
