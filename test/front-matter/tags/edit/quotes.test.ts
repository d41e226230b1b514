import fc from "fast-check";
import { expect, test } from "vitest";
import { yamlItem, yamlItemOfPackage } from "../../../../src/front-matter/tags/edit/quotes.ts";

const quotes = ["", '"', "'"] as const;
const words = fc.stringMatching(/^[\p{L}][\p{L}\d_/ -]{0,5}$/u);
const keywords = fc.constantFrom(..."y Yes NO n on Off TRUE false Null null NULL e5 E-3 y/n".split(" "));

test("Plain words are written as the package writes them, and so is what some YAML takes for something else.", () => {
  fc.assert(
    fc.property(fc.oneof(words, keywords), fc.constantFrom(...quotes), (text, quote) => {
      expect(yamlItem(text, quote)).toBe(yamlItemOfPackage(text, quote));
    }),
    { numRuns: 400 },
  );
});
