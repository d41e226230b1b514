import { expect, test } from "vitest";
import { describeCounts } from "../../src/words/describe-counts.ts";
import { describeLanguages, describeWhatIsLearned } from "../../src/words/describe-languages.ts";

const found = (words: Readonly<Record<string, number>>, hasTagsAlone = false) => ({
  counts: Object.entries(words).map(([language, count]) => ({
    language,
    words: count,
    isRead: language === "en",
  })),
  hasTagsAlone,
});

test("One language is named, several with their shares, and traces of others not at all.", () => {
  expect(describeLanguages(found({}))).toBeUndefined();
  expect(describeLanguages(found({ de: 1_000, en: 9 }))).toBe("German");
  expect(describeLanguages(found({ en: 750, fr: 250 }))).toBe("English 75 %, French 25 %");
});

test("It is said what is learned of a corpus, unless that is all.", () => {
  expect(describeWhatIsLearned(found({ en: 1_000, de: 5 }))).toBeUndefined();
  expect(describeWhatIsLearned(found({}))).toBeUndefined();
  expect(describeWhatIsLearned(found({ en: 800, de: 200 }))).toBe("20 % not English: of that tags alone");
  expect(describeWhatIsLearned(found({ de: 1_000 }, true))).toBe("not English: tags yes, tone and voice no");
});

test("One of a thing is one, and several are several.", () => {
  expect(describeCounts({ documents: 1, words: 1, tags: 1 })).toBe("1 document, 1 word, 1 tag");
  expect(describeCounts({ documents: 2, words: 1_200, tags: 0 })).toBe("2 documents, 1,200 words, 0 tags");
});
