import { expect, test } from "vitest";
import { describeTagReason } from "../../src/words/describe-tag-reason.ts";
import { filledIn, translation } from "../../src/words/translate.ts";
import { readText } from "../house/project-files.ts";

const sentences: Readonly<Record<string, string>> = JSON.parse(readText("l10n/bundle.l10n.de.json"));
const named = { matching: 1, tagged: 1 };

test.each([
  [{ ...named, kind: "literal", inTitle: true, countInText: 0 }, "named in the title"],
  [{ ...named, kind: "literal", inTitle: false, countInText: 1 }, "named once in the text"],
  [{ ...named, kind: "literal", inTitle: false, countInText: 3 }, "named 3 times in the text"],
  [{ kind: "new", inTitle: false, countInText: 1 }, "new: named once in the text"],
] as const)("The reason %j is told as %j.", (reason, told) => {
  expect(describeTagReason(reason)).toBe(told);
});

test("A reason is told in the reader's language, with its figures.", () => {
  const german = translation("de", (message, ...values) =>
    filledIn(sentences[message] ?? message, ...values),
  );
  const reason = { kind: "frequent", uses: 1_200, documents: 3_400 } as const;
  expect(describeTagReason(reason, german)).toBe("in 1.200 von 3.400 Dokumenten benutzt");
});
