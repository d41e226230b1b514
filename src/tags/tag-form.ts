import { tagKey } from "../text/tag-key.ts";

/** The plural of a longer word; `new` and `news`, `http` and `https` are different tags. */
const plural = /(?<=[^\s/]{5})(?<![siu])s(?=$|\/)/gu;
const digit = /\d/u;

/**
 * The form in which all spellings of one tag are equal: capitals, spaces, hyphens and underscores do not
 * matter, nor does the plural of a longer last word. `Web Design`, `web-design` and `webdesign` have one
 * form, so have `status update` and `status-updates`. It is a key, not a text for people.
 */
export function tagForm(tag: string): string {
  const key = tagKey(tag);
  const joined = key.replaceAll(/[\s_-]+/gu, (gap, at: number) => {
    // `python 2 7` is not `python 27`.
    return digit.test(key.charAt(at - 1)) && digit.test(key.charAt(at + gap.length)) ? " " : "";
  });
  return joined.replaceAll(plural, "") || key;
}

/** The forms above a form of a hierarchical tag: of `a/b/c` first `a/b`, then `a`. */
export function formsAbove(form: string): readonly string[] {
  const above: string[] = [];
  for (let end = form.lastIndexOf("/"); end > 0; end = form.lastIndexOf("/", end - 1)) {
    above.push(form.slice(0, end));
  }
  return above;
}

/** The last part of a hierarchical tag, which names it without those above it. */
export function ownName(tag: string): string {
  return tag.slice(tag.lastIndexOf("/") + 1);
}
