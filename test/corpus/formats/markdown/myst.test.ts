import { describe, expect, it } from "vitest";
import { partsOf, readingOf } from "./reading-of.ts";

describe("Of MyST", () => {
  it("directives of prose are text, without their fences, titles and options.", () => {
    const note =
      "Before it.\n```{note} A title\n:class: dropdown\n:open:\n\nIn it. And *so*.\n\n- An item\n```\nAfter.";
    expect(readingOf(note)).toEqual(["Before it.", "In it.", "And so.", "An item", "After."]);
    const nested =
      "````{admonition} A title\n---\nclass: tip\nname: x\n---\nIn `it`.\n```{code} python\nprint('no words')\n```\n```{tip}\nGo home.\n```\nMore.\n````\n\nAfter.";
    expect(readingOf(nested)).toEqual(["In it.", "Go home.", "More.", "After."]);
    expect(readingOf("- An item\n\n  ```{warning}\n  In it.\n  ```\n\n- Another one")).toEqual([
      "An item",
      "In it.",
      "Another one",
    ]);
  });

  it("directives of code, pictures, formulas and lists of pages are none, whatever fences they have.", () => {
    for (const kind of ["figure a.png", "math", "code-block python", "toctree", "{r}"]) {
      expect(readingOf(`One here.\n\n\`\`\`{${kind}}\n:name: x\n\nNo words.\n\`\`\`\n\nTwo.`)).toEqual([
        "One here.",
        "Two.",
      ]);
    }
    expect(readingOf(":::{figure} a.png\n:name: x\n\nNo words.\n:::\n\nTwo.")).toEqual(["Two."]);
    expect(readingOf(":::{tip}\n:class: x\n\nGo home.\n:::\n\nTwo.")).toEqual(["Go home.", "Two."]);
  });

  it("a directive that nothing closes is code, as it is elsewhere.", () => {
    expect(readingOf("One.\n\n```{note}\nNo words.\n\nNor these.")).toEqual(["One."]);
  });

  it("lines that look like options stand elsewhere as they are.", () => {
    expect(readingOf("```{note}\nShe said this.\n:class: is a word to her.\n```")).toEqual([
      "She said this.",
      "is a word to her.",
    ]);
  });

  it("roles are what they show, and targets are nothing.", () => {
    const source =
      "(my-target)=\n# Title\n\nSee {ref}`the harbour <my-target>`, {doc}`oars` and {math}`a^2` of {cite:p}`Lee2020`. Press {kbd}`x`.";
    expect(readingOf(source)).toEqual(["See the harbour, oars and of.", "Press x."]);
    expect(partsOf(source, "math")).toEqual(["{math}`a^2`"]);
    expect(readingOf("Set {a} and `b`.")).toEqual(["Set {a} and b."]);
  });
});
