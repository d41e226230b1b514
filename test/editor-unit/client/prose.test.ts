import { expect, test } from "vitest";
import { isProse, proseSelector } from "../../../src/editor/client/prose.ts";

test.each([
  ["markdown", "file", true],
  ["org", "untitled", true],
  ["markdown", "vscode-notebook-cell", true],
  ["python", "vscode-notebook-cell", false],
  ["plaintext", "vscode-notebook-cell", false],
  ["markdown", "git", false],
  ["python", "file", false],
])("A document in %s with the scheme %s is read: %s.", (languageId, scheme, isRead) => {
  expect(isProse({ languageId, uri: { scheme } })).toBe(isRead);
  const isSelected = proseSelector.some((one) => one.language === languageId && one.scheme === scheme);
  expect(isSelected).toBe(isRead);
});
