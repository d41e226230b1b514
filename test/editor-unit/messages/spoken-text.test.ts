import { expect, test } from "vitest";
import { spokenText } from "../../../src/editor/messages/spoken-text.ts";

test("An item is spoken in sentences, without its icons and without what is empty.", () => {
  expect(spokenText("$(check) Noted · $(discard) Undo", "It was calm.\n\nClick  to take it back")).toBe(
    "Noted · Undo. It was calm. Click to take it back.",
  );
});
