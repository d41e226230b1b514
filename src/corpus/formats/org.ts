import { said } from "../../said/said.ts";
import { readInSteps } from "../live/stepped-prose.ts";
import type { Format } from "./format.ts";
import { longestInline } from "./inline-reader.ts";
import { orgFields, orgTagField } from "./org/org-fields.ts";
import { OrgReader } from "./org/org-reader.ts";
import { textStart } from "./source-lines.ts";

export const org: Format = {
  name: "Org",
  endings: ["org"],
  languageIds: ["org"],
  isSearchedFor: true,
  holdsTags: false,
  tagsByHand: said("Write them on a line at its top, as #+filetags: :garden:rain:."),
  tagField: orgTagField,
  ...readInSteps({
    extent: (source, bodyStart) => ({ start: textStart(source, bodyStart), end: source.length }),
    reader: (source, _, { at }, collector) => new OrgReader(source, at, collector),
    lookAhead: longestInline,
  }),
  fields: orgFields,
};
