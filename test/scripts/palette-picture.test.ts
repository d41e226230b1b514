import UPNG from "upng-js";
import { expect, test } from "vitest";
import { withPalette } from "../../scripts/palette-picture.ts";
import { createRandom } from "../../src/numbers/random.ts";

const [width, height] = [160, 90];

/** A page of letters as a screen draws them: dark strokes whose edges have all shades between ink and paper. */
function page(): Uint8Array {
  const random = createRandom("letters");
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < pixels.length; at += 4) {
    const shade = random.integer(3) === 0 ? random.integer(256) : 255;
    pixels.set([shade, Math.min(255, shade + random.integer(40)), shade], at);
  }
  return new Uint8Array(UPNG.encode([pixels.buffer], width, height, 0));
}

const pixelsOf = (png: Uint8Array): Uint8Array =>
  new Uint8Array(UPNG.toRGBA8(UPNG.decode(Uint8Array.from(png).buffer))[0]!);

test("A picture with a palette is far smaller, as large on the screen, and looks the same.", () => {
  const before = page();
  const after = withPalette(before);
  expect(after.length).toBeLessThan(0.7 * before.length);
  expect(UPNG.decode(Uint8Array.from(after).buffer)).toMatchObject({ width, height });
  const seen = pixelsOf(after);
  const furthest = Math.max(...pixelsOf(before).map((value, at) => Math.abs(value - seen[at]!)));
  expect(furthest).toBeLessThan(32);
});
