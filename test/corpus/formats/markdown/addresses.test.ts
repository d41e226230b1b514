import { expect, it } from "vitest";
import { readingOf } from "./reading-of.ts";

it.each([
  ["of this machine", "Go to http://localhost:3000/x_y now.", "Go to localhost:3000 now."],
  ["in quotation marks", 'She said ("https://example.org/a") it.', 'She said ("example.org") it.'],
  ["with brackets in it", "See https://example.org/a_(b), please.", "See example.org, please."],
  ["at the end", "It is at http://example.org/x/.", "It is at example.org."],
  ["that a link shows", "It is [www.example.org](https://www.example.org) now.", "It is example.org now."],
])("An address %s reads as its host.", (_what, source, plain) => {
  expect(readingOf(source)).toEqual([plain]);
});
