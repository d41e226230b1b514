import { expect, it } from "vitest";
import { formatOf } from "../../../src/corpus/formats/formats.ts";
import { LiveSource } from "../../../src/corpus/live/live-source.ts";

it.each(["org", "tex", "rst", "adoc", "txt"])(
  "A long text is read in steps, none of them large, as it is read at one go: %s.",
  (ending) => {
    const source = Array.from({ length: 3_000 }, (_, at) => `The tide of day ${at} was a slow one.\n\n`).join(
      "",
    );
    const format = formatOf(`a.${ending}`);
    const live = new LiveSource(source, `a.${ending}`, format);
    let largest = 0;
    let before = 0;
    while (live.advance()) {
      largest = Math.max(largest, live.share - before);
      before = live.share;
    }
    expect(largest * source.length).toBeLessThan(10_000);
    expect(live.whole.sentences).toEqual(format.read(source, 0, "en").sentences);
    expect(live.whole.sentences).toHaveLength(3_000);
  },
);
