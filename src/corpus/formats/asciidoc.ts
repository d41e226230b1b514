import { said } from "../../said/said.ts";
import { readInSteps } from "../live/stepped-prose.ts";
import { asciidocFields, asciidocTagField } from "./asciidoc/asciidoc-fields.ts";
import { AsciidocReader } from "./asciidoc/asciidoc-reader.ts";
import type { Format } from "./format.ts";
import { longestInline } from "./inline-reader.ts";
import { textStart } from "./source-lines.ts";

export const asciidoc: Format = {
  name: "AsciiDoc",
  endings: ["adoc", "asciidoc", "asc"],
  languageIds: ["asciidoc"],
  isSearchedFor: true,
  holdsTags: false,
  tagsByHand: said("Write them into its header, as :keywords: garden, rain."),
  tagField: asciidocTagField,
  ...readInSteps({
    extent: (source, bodyStart) => ({ start: textStart(source, bodyStart), end: source.length }),
    reader: (source, extent, { at }, collector) =>
      new AsciidocReader(source, at, at === extent.start, collector),
    lookAhead: longestInline,
  }),
  fields: asciidocFields,
};
