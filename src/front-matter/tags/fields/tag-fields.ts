import type { FrontMatter } from "../../front-matter.ts";
import { lineStart, nextLine, type Stretch } from "../../lines.ts";
import type { TagFields } from "./tag-field.ts";
import { tomlTagFields } from "./toml-tag-fields.ts";
import { yamlTagFields } from "./yaml-tag-fields.ts";

/** What stands between the fences. */
export function innerOf(source: string, { start, end }: Pick<FrontMatter, "start" | "end">): Stretch {
  const innerStart = nextLine(source, start);
  return { start: innerStart, end: Math.max(innerStart, lineStart(source, end)) };
}

/** The tag fields of a front matter that is well formed. */
export function tagFieldsIn(source: string, frontMatter: FrontMatter): TagFields {
  const inner = innerOf(source, frontMatter);
  return frontMatter.format === "yaml" ? yamlTagFields(source, inner) : tomlTagFields(source, inner);
}
