import { describe, expect, it } from "vitest";
import { RefusedError } from "../../../src/editor/errors.ts";
import { describeFailure } from "../../../src/editor/messages/failure-text.ts";
import { untranslated as english } from "../../../src/words/translate.ts";

const withCode = (code: number, data?: unknown) => Object.assign(new Error("It broke"), { code, data });

describe("The words for a failure", () => {
  it("are those of our own errors.", () => {
    const failure = describeFailure(new RefusedError("No tags here.", "Add some."), english);
    expect(failure).toEqual({ message: "No tags here.", advice: "Add some." });
  });

  it("are the server's, with the advice in its data.", () => {
    expect(describeFailure(withCode(-32803, { advice: "Do this." }), english)).toEqual({
      message: "It broke",
      advice: "Do this.",
    });
  });

  it("say the advice once, though the message has it as well.", () => {
    const cause = Object.assign(new Error("It broke. Do this."), { data: { advice: "Do this." } });
    expect(describeFailure(cause, english)).toEqual({ message: "It broke.", advice: "Do this." });
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
