import { describe, expect, it } from "vitest";
import { blankExpressions } from "../../../../src/corpus/formats/markdown/mdx.ts";
import { readingOfMdx } from "./reading-of.ts";

describe("MDX is read without", () => {
  it.each([
    ["imports", 'import X from "./x.js"\nimport { y } from "y"\n\nMine here.'],
    [
      "exports with blank lines in them",
      "export default function A() {\n  const x = '}';\n\n  return <p>Not prose.</p>;\n}\n\nMine here.",
    ],
    ["comments", "{/*\n  hidden, I hate it\n\n  all of it\n*/}\n\nMine {/* or not */}here."],
    ["expressions over lines", "{list.map((x) => (\n  <li key={x}>Item.</li>\n))}\n\nMine here."],
    [
      "expressions in attributes",
      "<Side\n  of={[\n    { label: 'A > b' },\n\n  ]}\n/>\n\nMine <b x={'>'}>here</b>.",
    ],
    ["tags round text that is indented", "<Tabs>\n  <Tab>\n\n    Mine here.\n\n  </Tab>\n</Tabs>"],
    [
      "code within tags, however far it is indented",
      "1. Mine here.\n\n    <Tabs>\n      <Tab of={1}>\n      ```sh\n      go <Header a={b}>\n      ```\n      </Tab>\n    </Tabs>",
    ],
    ["quotations in HTML", "<blockquote cite={x}>\n\nNot mine.\n\n</blockquote>\n\nMine here."],
  ])("%s", (_what, source) => {
    expect(readingOfMdx(source)).toEqual(["Mine here."]);
  });

  it("losing what only looks like code", () => {
    expect(readingOfMdx("import duties are bad.\n\nexport {\n\nA brace { is left. So 2 < 3.")).toEqual([
      "import duties are bad.",
      "A brace { is left.",
      "So 2 < 3.",
    ]);
  });

  it("expressions in HTML", () => {
    expect(blankExpressions("<p>{a {b} '}'}c { d", "_")).toBe(`<p>${"_".repeat(11)}c { d`);
  });
});
