import { describe, expect, it } from "vitest";
import { readMarkdown } from "../../../../../src/corpus/formats/markdown.ts";
import { readingOf } from "../reading-of.ts";

describe("Of the plugin Tasks", () => {
  it("fields behind a task are no words.", () => {
    const tasks = [
      "- [ ] Call *Ann* soon 📅 2024-05-01 ⏳ 2024-04-30 🔁 every week on Monday ⏫",
      "- [x] Buy the bread. ➕ 2024-01-02 ✅ 2024-05-02",
      "1. [-] Sell the boat 🛫 2024-01-01 ❌ 2024-01-02 🏁 delete 🆔 abc1 ⛔ xyz2, xyz3",
      "- [ ] Water it 🔁 every day when done #garden 📅 2024-05-01 ^id1",
      "- [ ] Row home 🔼\n  and sleep then.",
    ];
    expect(readingOf(tasks.join("\n"))).toEqual([
      "Call Ann soon",
      "Buy the bread.",
      "Sell the boat",
      "Water it #garden",
      "Row home and sleep then.",
    ]);
    expect(readMarkdown(tasks.join("\n"), 0, "en").textTags?.map(({ tag }) => tag)).toEqual(["garden"]);
  });

  it("signs elsewhere are the writer's.", () => {
    const others = "- [ ] The 📅 2024-05-01 is a day to rest.\n- I rowed home ⏫\n\nOn it ✅ 2024-05-02";
    expect(readingOf(others)).toEqual([
      "The 📅 2024-05-01 is a day to rest.",
      "I rowed home ⏫",
      "On it ✅ 2024-05-02",
    ]);
  });
});
