import { said } from "../../said/said.ts";
import { readInSteps } from "../live/stepped-prose.ts";
import type { Format } from "./format.ts";
import { mailFields } from "./plain-text/mail.ts";
import { PlainTextReader, textExtent } from "./plain-text/plain-text-reader.ts";

export const plainText: Format = {
  name: "Plain text",
  endings: ["txt"],
  languageIds: ["plaintext"],
  isSearchedFor: true,
  holdsTags: false,
  tagsByHand: said("Save the document as Markdown, or write front matter at its top."),
  ...readInSteps({
    extent: textExtent,
    reader: (_, extent, { at, state }, collector) => new PlainTextReader(extent, at, state, collector),
    lookAhead: 0,
  }),
  fields: mailFields,
};
