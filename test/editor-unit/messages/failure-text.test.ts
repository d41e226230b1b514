import { describe, expect, it } from "vitest";
import { RefusedError } from "../../../src/editor/errors.ts";
import { describeFailure } from "../../../src/editor/messages/failure-text.ts";
import { untranslated as english } from "../../../src/words/translate.ts";

const withCode = (code: number, data?: unknown) => Object.assign(new Error("It broke"), { code, data });

describe("The words for a failure", () => {
  it("are those of our own errors.", () => {
    const failure = describeFailure(new RefusedError("No tags here.", "Add some."), english);
    expect(failure).toEqual({
      message: "No tags here.",
      advice: "Add some.",
      english: "No tags here.",
    });
  });

  it("are the server's, with the advice in its data.", () => {
    const data = { message: "Es brach.", advice: "Mach das.", english: "It broke in two." };
    expect(describeFailure(withCode(-32803, data), english)).toEqual({
      message: "Es brach.",
      advice: "Mach das.",
      english: "It broke in two.",
    });
  });

  it("say of what nobody foresaw that it was unexpected, in words of its own.", () => {
    expect(describeFailure(new TypeError("x is not a function."), english)).toEqual({
      message: "Something unexpected went wrong: x is not a function.",
      advice: "",
      english: "x is not a function.",
    });
  });

  it.each([-32096, -32097, -32098, -32099])("say that the reader ended, for code %i.", (code) => {
    expect(describeFailure(withCode(code), english)?.advice).toContain("restarts by itself");
  });

  it.each([-32800, -32801, -32802])("are none where the request was cancelled, as code %i says.", (code) => {
    expect(describeFailure(withCode(code), english)).toBeUndefined();
  });

  it.each(["nonsense", undefined, null, { advice: 7 }])("exist even for %j.", (cause) => {
    expect(describeFailure(cause, english)?.advice).toBe("");
  });
});
