import { describe, expect, it } from "vitest";
import { decodeText } from "../../../src/corpus/files/decode.ts";

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const decoded = (...bytes: readonly number[]) => decodeText(Uint8Array.from(bytes));

describe("bytes become text", () => {
  it("as UTF-8, whose stray bytes do not make another encoding of all the rest", () => {
    expect(decoded(...utf8("The café was naïve. One "), 0xe9, ...utf8(" there."))).toEqual({
      kind: "text",
      source: "The café was naïve. One \uFFFD there.",
      strays: 1,
    });
  });

  it("as UTF-8 where the file was cut off within a letter", () => {
    expect(decoded(...utf8("Прив"), 0xd0)).toEqual({ kind: "text", source: "Прив\uFFFD", strays: 1 });
  });

  it("as Windows-1252 where no letter beyond ASCII is UTF-8", () => {
    expect(decoded(...utf8("One caf"), 0xe9, 0x2e)).toEqual({
      kind: "text",
      source: "One café.",
      guessed: "windows-1252",
    });
  });

  it("as Windows-1252 where one letter in many is UTF-8 by chance", () => {
    const latin = Array.from({ length: 9 }, () => [0xe9, 0x20]).flat();
    expect(decoded(...latin, 0xc3, 0xa9)).toMatchObject({ guessed: "windows-1252" });
  });
});
