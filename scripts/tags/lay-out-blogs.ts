/**
 * Lays out blogs in other languages than English, for `evaluate-blogs.ts tags`: a folder for each blog, a file for each
 * post, with the day in its name. Nothing but the name of a file is changed. Their repositories have to be cloned first:
 *   node scripts/tags/lay-out-blogs.ts --clones <folder of clones> --to <folder>
 * A clone is a folder called as the repository is, a bare one as well: `Hugo`, `florian.latzel.io`, …
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LanguageTeller } from "../../src/corpus/language-teller.ts";
import { parseDocument } from "../../src/corpus/parse-document.ts";
import { byDate } from "../../src/numbers/by-date.ts";

interface Blog {
  readonly name: string;
  readonly repository: string;
  /** What is measured: later commits may have other posts. */
  readonly commit: string;
  readonly language: "de" | "fr" | "zh";
  /** Of a path in the repository. */
  readonly isPost: (path: string) => boolean;
  /** Posts after this day were translated into the language by a program. */
  readonly until?: string;
}

interface Post {
  readonly id: string;
  readonly timeMs: number;
  readonly bytes: Buffer;
}

/** docs/evaluation.md says who wrote them, and under which licences. */
const blogs: readonly Blog[] = [
  {
    name: "alexandre-touret",
    repository: "alexandre-touret.github.io",
    commit: "22254210f",
    language: "fr",
    isPost: (path) => /^content\/posts\/.*(?<!\.en)\.md$/.test(path),
  },
  {
    name: "florian-latzel",
    repository: "florian.latzel.io",
    commit: "53a6d17b9",
    language: "de",
    isPost: (path) => /^_posts\/.*\.md$/.test(path),
  },
  {
    name: "fryboyter",
    repository: "Hugo",
    commit: "887647d72",
    language: "de",
    isPost: (path) => /^content\/posts\/.*\.md$/.test(path),
  },
  {
    name: "icemanfr75",
    repository: "icemanfr75.github.io",
    commit: "5ce11c568",
    language: "fr",
    isPost: (path) => /^_posts\/.*\.md$/.test(path),
  },
  {
    name: "mogeko",
    repository: "blog",
    commit: "72a85ea44",
    language: "zh",
    isPost: (path) => /^content\/posts\/.*\.md$/.test(path),
  },
  {
    name: "vincent-bernat",
    repository: "www.luffy.cx",
    commit: "f860b167e",
    language: "fr",
    isPost: (path) => /^content\/fr\/blog\/(?!2009-separation).*\.html$/.test(path),
    until: "2023-12-31",
  },
];
/** The newest ones. */
const mostPosts = 100;
const fewestWords = 40;

const { values: options } = parseArgs({
  options: { clones: { type: "string" }, to: { type: "string" } },
});
const { clones, to } = options;
if (clones === undefined || to === undefined) {
  throw new Error("Name a folder of clones and one to write to: --clones <folder> --to <folder>");
}
const languages = await LanguageTeller.open();
for (const blog of blogs) layOut(blog, join(clones, blog.repository), join(to, blog.name));

function layOut(blog: Blog, clone: string, folder: string): void {
  if (!existsSync(clone))
    throw new Error(`${clone} is missing: clone the repository ${blog.repository} there.`);
  const posts = byDate(postsOf(blog, clone)).slice(-mostPosts);
  mkdirSync(folder, { recursive: true });
  for (const { id, timeMs, bytes } of posts) {
    const day = new Date(timeMs).toISOString().slice(0, 10);
    writeFileSync(join(folder, id.startsWith(day) ? id : `${day}-${id}`), bytes);
  }
  console.log(`${blog.name}: ${posts.length} posts`);
}

/** Posts in the blog's language that have tags, a date and some words, and are no drafts. */
function postsOf({ commit, language, isPost, until }: Blog, clone: string): readonly Post[] {
  const git = (...parts: readonly string[]) =>
    execFileSync("git", ["-C", clone, ...parts], {
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "inherit"],
    });
  const added = daysOfFirstCommits(
    git("log", commit, "--diff-filter=A", "--no-renames", "--format=@%as", "--name-only", "-z"),
  );
  const paths = git("ls-tree", "-r", "-z", "--name-only", commit).toString().split("\0").filter(isPost);
  return paths.flatMap((path) => {
    const bytes = git("cat-file", "blob", `${commit}:${path}`);
    const parsed = parseDocument(
      { path: `/${path.replace(/\.html$/, ".md")}`, bytes, modifiedMs: 0 },
      { languages },
    );
    if (parsed.kind === "failure") return [];
    const { document } = parsed;
    const timeMs = document.dateMs ?? Date.parse(added.get(path) ?? "");
    const isWanted =
      document.tags.length > 0 &&
      document.words >= fewestWords &&
      document.language === language &&
      !Number.isNaN(timeMs) &&
      timeMs < Date.parse(until ?? "9999-12-31") &&
      !/^draft: true$/m.test(bytes.toString("utf8", 0, 2_000));
    return isWanted ? [{ id: fileName(path), timeMs, bytes }] : [];
  });
}

/** The last part of a path, and of `<title>/index.md` the title. */
function fileName(path: string): string {
  const name = path
    .replace(/\/index\.md$/, ".md")
    .split("/")
    .at(-1)!;
  return name.replace(/\.html$/, ".md");
}

/** The day on which each path was added first, for blogs that keep a post's date nowhere else. */
function daysOfFirstCommits(log: Buffer): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  let day = "";
  for (const entry of log.toString().split(/[\0\n]+/)) {
    if (entry.startsWith("@")) day = entry.slice(1);
    else days.set(entry, day);
  }
  return days;
}
