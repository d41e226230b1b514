import { tagKey } from "../../../text/tag-key.ts";
import type { Fields } from "../../fields.ts";
import { spacedTagsIn } from "../tags.ts";

/** Posts of Jekyll by their path. Hexo's lie in `source/_posts`, and take `tags: one two` for one tag. */
const POST = /(?:^|\/)_posts\/(?:.*\/)?\d{4}-\d{1,2}-\d{1,2}-[^/]+$/;
const MAYBE_HEXO = /(?:^|\/)source\/_posts\//;

/** Whether a document is a post of Jekyll, which takes `tags: one two` for two tags (jekyllrb.com/docs/posts, 'Tags'). */
export const isJekyllPost = (path: string | undefined): boolean =>
  path !== undefined && POST.test(path) && !MAYBE_HEXO.test(path);

/** The fields with each word for a tag where Jekyll takes it for one. */
export function withJekyllTags(fields: Fields): Fields {
  const spaced = new Set(spacedTagsIn(fields).map(tagKey));
  if (spaced.size === 0) return fields;
  return new Map(
    [...fields].map(([name, value]) => {
      const isSplit =
        typeof value === "string" && /^(?:tags|categories)$/.test(name) && spaced.has(tagKey(value));
      return [name, isSplit ? value.trim().split(/\s+/) : value] as const;
    }),
  );
}
