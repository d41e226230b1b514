import { describe, expect, it } from "vitest";
import { hashtagsIn } from "../../../../src/front-matter/tags/hashtags/hashtag.ts";

const tags = (text: string) => hashtagsIn(text).map(({ tag }) => tag);

describe("A hashtag is", () => {
  it.each([
    ["a word", "I rowed. #boats", ["boats"]],
    ["a nested tag", "#boats/oars and #boats/oars/blades", ["boats/oars", "boats/oars/blades"]],
    [
      "a word with figures",
      "#y1984 #1984y #2031-plans #2031/05",
      ["y1984", "1984y", "2031-plans", "2031/05"],
    ],
    [
      "a word in any script",
      "#лодка #ボート #हिन्दी #படகு #قارب",
      ["лодка", "ボート", "हिन्दी", "படகு", "قارب"],
    ],
    ["an emoji", "#🚣 #👩‍🌾 #🌱seed #🇳🇿", ["🚣", "👩‍🌾", "🌱seed", "🇳🇿"]],
    ["a word with lines", "#_own #free_time", ["_own", "free_time"]],
    ["several words in brackets", "I rowed #[[the long  way]] home.", ["the long way"]],
    ["before a full stop", "I like #boats.", ["boats"]],
    ["in brackets", "(#boats)", ["boats"]],
    ["at the start of a line", "One\n#boats #oars", ["boats", "oars"]],
    ["without the slash at its end", "#boats/", ["boats"]],
    ["a word of letters that figures have, too", "#cafe #bed #decade", ["cafe", "bed", "decade"]],
  ])("%s", (_what, text, expected) => {
    expect(tags(text)).toEqual(expected);
  });

  it.each([
    ["a number", "#1984 and #12."],
    ["a stretch of numbers", "#1-3"],
    ["a colour", "#fff #FFFFFF #a1b2c3 #1e1e1e80 #09f #aabbcc"],
    ["in a word", "C# and F#m and a#b"],
    ["an address", "https://example.org/#boats"],
    ["a heading", "# Boats"],
    ["two hashes", "##boats"],
    ["a path", "#/parts/oar"],
    ["escaped", "\\#boats"],
    ["signs alone", "#_ #- #/"],
    ["followed by another", "#boats#oars"],
  ])("but not %s", (_what, text) => {
    expect(tags(text)).toEqual([]);
  });

  it("where it says", () => {
    const text = "I rowed (#boats), #[[far off]].";
    expect(hashtagsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "#boats",
      "#[[far off]]",
    ]);
  });
});
