import { said } from "../../said/said.ts";
import { readInSteps } from "../live/stepped-prose.ts";
import type { Format } from "./format.ts";
import { longestInline } from "./inline-reader.ts";
import {
  restructuredTextFields,
  restructuredTextStart,
  restructuredTextTagField,
} from "./restructured-text/restructured-text-fields.ts";
import { RestructuredTextReader } from "./restructured-text/restructured-text-reader.ts";

export const restructuredText: Format = {
  name: "reStructuredText",
  endings: ["rst", "rest"],
  languageIds: ["restructuredtext"],
  isSearchedFor: true,
  holdsTags: false,
  tagsByHand: said("Write them into the fields at its top, as :tags: garden, rain."),
  tagField: restructuredTextTagField,
  ...readInSteps({
    extent: (source, bodyStart) => ({ start: restructuredTextStart(source, bodyStart), end: source.length }),
    reader: (source, _, { at, state }, collector) => new RestructuredTextReader(source, at, state, collector),
    lookAhead: longestInline,
  }),
  fields: restructuredTextFields,
};
