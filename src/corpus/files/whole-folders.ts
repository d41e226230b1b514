import { outermost } from "./paths.ts";

/*
 * Folders that a program treats as one: the vault of a notes program, the site of a generator. What tells them are
 * files that the program keeps there. Of a site only the part with texts is wanted, beside which lie themes and tools.
 */

/** Settings of notes programs, below the vault. */
const vaultSettings: readonly string[] = [
  ".obsidian/*.json",
  "logseq/config.edn",
  ".zk/*",
  ".foam/*",
  ".dendron/*",
  ".silverbullet/*",
  "dendron.yml",
  ".dendron.ws",
];

const named = (name: string, endings: string): readonly string[] =>
  endings.split(" ").map((ending) => `${name}.${ending}`);

/** Settings of generators of sites, below the site's folder. */
const siteSettings: readonly string[] = [
  ...named("hugo", "toml yaml yml json"),
  "config/_default/*",
  ...named("_config", "yml yaml toml"),
  ...named(".eleventy", "js cjs mjs"),
  ...named("eleventy.config", "js cjs mjs ts"),
  ...named("astro.config", "js cjs mjs ts mts"),
  ...named("gatsby-config", "js cjs mjs ts"),
  ...named("docusaurus.config", "js cjs mjs ts"),
  ...named("mkdocs", "yml yaml"),
  ...named("_quarto", "yml yaml"),
  "pelicanconf.py",
  "book.toml",
];

/** What Hugo and Zola called theirs, as many others do: it counts for the texts in `content` beside it. */
const contentSettings: readonly string[] = named("config", "toml yaml yml json");

/** Globs for the files that tell. */
export const wholeFolderMarks: readonly string[] = [
  ...vaultSettings,
  ...siteSettings,
  ...contentSettings,
].map((mark) => `{,**/}${mark}`);

/** A folder that is one. `part`: the folder that all its texts have in common; `content`: of those in `content`. */
export interface WholeFolder {
  readonly folder: string;
  readonly extent: "whole" | "part" | "content";
}

const order: readonly string[] = ["whole", "part", "content", "none"];

/** The folders that files tell of, of several in one another the outermost. */
export function wholeFolders(marks: readonly string[]): readonly WholeFolder[] {
  const found = new Map<string, WholeFolder>();
  const add = (folder: string | undefined, extent: WholeFolder["extent"]) => {
    if (folder !== undefined && order.indexOf(extent) < order.indexOf(found.get(folder)?.extent ?? "none"))
      found.set(folder, { folder, extent });
  };
  for (const mark of marks) {
    for (const settings of vaultSettings) add(folderOf(mark, settings), "whole");
    for (const settings of siteSettings) add(folderOf(mark, settings), "part");
    for (const settings of contentSettings) add(folderOf(mark, settings), "content");
  }
  return outermost(found.keys()).map((folder) => found.get(folder)!);
}

/** The folder in which these settings lie at this path; `*` is one name. */
function folderOf(path: string, settings: string): string | undefined {
  const names = path.split("/");
  const wanted = settings.split("/");
  const last = names.slice(-wanted.length);
  const isIt = wanted.every((name, at) => last[at] !== undefined && fits(last[at], name));
  return isIt && names.length > wanted.length ? names.slice(0, -wanted.length).join("/") || "/" : undefined;
}

const fits = (name: string, wanted: string): boolean =>
  wanted.startsWith("*") ? name.endsWith(wanted.slice(1)) : name === wanted;
