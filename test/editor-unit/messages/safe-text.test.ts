import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { safeText } from "../../../src/editor/messages/safe-text.ts";

/** What VS Code makes icons and links of in messages and lists. */
const active = /\$\(|\]\((?:https?:|command:|file:)/;

describe("Text for messages and lists", () => {
  it.each([
    ["click [here](command:workbench.action.quit)", "click [here] (command:workbench.action.quit)"],
    ["$(alert) urgent", "$ (alert) urgent"],
    ["line one\nline two\u2028three", "line one line two three"],
    ["\u202Eevil\u202C tag", "evil  tag"],
    ["zero\u200Bwidth\uFEFF", "zero width"],
    ["\u0007bell", "bell"],
  ])("'%j' becomes %j", (hostile, harmless) => {
    expect(safeText(hostile)).toBe(harmless);
  });

  test("Nothing in it is an icon or a link, whatever comes in.", () => {
    const pieces = fc.constantFrom("$", "(", "[", "]", "](", "$(", "\u200B", "x", "command:", "\n", "\u202E");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = safeText(parts.join(""));
        expect(text).not.toMatch(active);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  test("It is cut at whole characters, however long the line is.", () => {
    const text = safeText("🙂".repeat(1_000_000), 10);
    expect([...text]).toEqual([..."🙂".repeat(9), "…"]);
  });
});
