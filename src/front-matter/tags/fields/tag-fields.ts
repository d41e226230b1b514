import type { FrontMatter } from "../../front-matter.ts";
import { TAG_FIELDS } from "../tags.ts";
import type { TagField, TagFields } from "./tag-field.ts";
import { tomlTagFields } from "./toml-tag-fields.ts";
import { yamlTagFields } from "./yaml-tag-fields.ts";

/** The tag fields of a front matter that is well formed. */
export function tagFieldsIn(source: string, frontMatter: FrontMatter): TagFields {
  const { format, inner } = frontMatter;
  return format === "toml" ? tomlTagFields(source, inner) : yamlTagFields(source, inner, format);
}

/** The fields that tags are read from now: keywords count only where there are no tags. */
export function activeFields(fields: readonly TagField[]): readonly TagField[] {
  const filled = fields.filter(({ keys }) => keys.length > 0);
  const own = filled.filter(({ name }) => TAG_FIELDS.includes(name));
  return own.length > 0 ? own : filled;
}

/** Where new tags go; undefined: to a new field. `category` mostly says where a post stands, so it takes none. */
export function mainField(fields: readonly TagField[], active: readonly TagField[]): TagField | undefined {
  const most = (some: readonly TagField[]) => some.toSorted((a, b) => b.keys.length - a.keys.length)[0];
  const isFallback = active.some(({ name }) => !TAG_FIELDS.includes(name));
  if (isFallback) return most(active);
  const named = fields.filter(({ name }) => name === "tags" || name === "tag");
  return most(named) ?? most(active.filter(({ name }) => name !== "category"));
}
