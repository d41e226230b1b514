import { globSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readText, repository } from "./project-files.ts";
import { spokenSentences } from "./spoken-sentences.ts";
import { unspokenWords } from "./unspoken-words.ts";

type Sentences = Readonly<Record<string, string>>;

const languages = ["de", "fr"] as const;
const bundleOf = (language: string): Sentences => JSON.parse(readText(`l10n/bundle.l10n.${language}.json`));
const manifestOf = (language: string): Sentences => JSON.parse(readText(`package.nls${language}.json`));

const spoken = spokenSentences();
const inCode = [...new Set(spoken.flatMap(({ text }) => text ?? []))].sort();
const inManifest = manifestOf("");

/** What a translation has to keep as it is: places of values, code, settings' names and links to commands. */
const kept = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\{\d\}|`[^`]+`|\(command:[\w.]+\)|idiolect\.\w+(?:\.\w+)*|~\//g)]
    .map(([part]) => part)
    .sort();

/** Sentences of which a translation lacks something that has to be kept, or has another. */
const changed = (sentences: Sentences): readonly string[] =>
  Object.entries(sentences).flatMap(([sentence, translated]) =>
    JSON.stringify(kept(sentence)) === JSON.stringify(kept(translated))
      ? []
      : [`${sentence} → ${translated}`],
  );

test("The code says sentences that can be seen where they are said, so that each can be translated.", () => {
  expect(spoken.filter(({ text }) => text === undefined).map(({ path }) => path)).toEqual([]);
  expect(inCode.length).toBeGreaterThan(300);
});

/** Texts with words that nobody reads as a sentence of ours, or that are in English on purpose. */
const inEnglish: readonly RegExp[] = [
  // What agents get.
  /^src\/server\/agents\.ts$/,
  // A report of a problem is read by those who mend it; it quotes the log.
  /^src\/editor\/problem\//,
];
/** Code: clauses of the manifest, pictures, pages, a name that only code reads. */
const isCode = /==|&&|=~|<svg|<!DOCTYPE|^history of/;
/** Names of classes. */
const isClass = /^[a-z]+ [a-z]+$/;

test("No sentence of editor or server goes past the translations.", () => {
  const escaped = unspokenWords(/^src\/(editor|server|webview)\//).filter(
    ({ path, text }) =>
      !isCode.test(text) &&
      !(path.startsWith("src/webview/") && isClass.test(text)) &&
      !inEnglish.some((pattern) => pattern.test(path)),
  );
  expect(escaped).toEqual([]);
});

test("There are translations of these languages and no others.", () => {
  const files = globSync("{l10n/bundle.l10n.*,package.nls.*.json}", { cwd: repository });
  expect(files.sort()).toEqual(
    languages
      .flatMap((language) => [`l10n/bundle.l10n.${language}.json`, `package.nls.${language}.json`])
      .sort(),
  );
});

describe.each(languages)("The translation into %s", (language) => {
  const bundle = bundleOf(language);

  test("It has each sentence of the code once, in order, and no other: add new ones to l10n/bundle.l10n.*.json.", () => {
    expect(Object.keys(bundle)).toEqual(inCode);
  });

  test("It leaves none empty, and keeps places of values and names.", () => {
    expect(Object.values(bundle).filter((sentence) => sentence.trim() === "")).toEqual([]);
    expect(changed(bundle)).toEqual([]);
  });

  test("It has each sentence of the manifest and no other: add new ones to package.nls.*.json.", () => {
    const manifest = manifestOf(`.${language}`);
    expect(Object.keys(manifest)).toEqual(Object.keys(inManifest));
    const pairs = Object.entries(inManifest).map(([key, sentence]) => [sentence, manifest[key] ?? ""]);
    expect(changed(Object.fromEntries(pairs))).toEqual([]);
  });

  test("It uses the quotation marks and spaces of its language.", () => {
    const all = [...Object.values(bundle), ...Object.values(manifestOf(`.${language}`))];
    const odd = language === "de" ? /[‘“][^„”]*["”]|(^|\s)"|'(?=\w+')/ : /[“”„]|\w'\w(?<!don't)|[^\s\d/]\?$/;
    expect(all.filter((sentence) => odd.test(sentence.replace(/`[^`]*`/g, "")))).toEqual([]);
  });
});
