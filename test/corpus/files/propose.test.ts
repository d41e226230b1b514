import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { proposeFolders, surveyFolder } from "../../../src/corpus/files/propose.ts";
import { LanguageTeller } from "../../../src/corpus/language-teller.ts";
import { MemoryFileSource } from "../memory-file-source.ts";

const options = { teller: await LanguageTeller.open() };
const everyday: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "../short-sentences.json"), "utf8"),
);
const german = everyday["de"]!.join(" ");
const english = "We walked home over the bridge, and it was late when they came to see us. ".repeat(4);

describe("proposing folders", () => {
  it("counts what looks like prose, and leaves out stubs and single files", async () => {
    const post = (tag: string) => `---\ntags: [${tag}]\n---\n${"word ".repeat(50)}`;
    const source = new MemoryFileSource({
      "/root/README.md": "word ".repeat(500),
      "/root/blog/1.md": post("a"),
      "/root/blog/2.md": post("A"),
      "/root/blog/3.md": post("b"),
      "/root/blog/old/4.md": post("c"),
      "/root/blog/old/locked.md": new Error("EACCES"),
      "/root/stubs/1.md": "One.",
      "/root/stubs/2.md": "Two.",
      "/root/stubs/3.md": "Three.",
      "/root/notes/1.txt": "word ".repeat(90),
      "/root/notes/2.txt": "word ".repeat(90),
      "/root/notes/3.txt": "word ".repeat(90),
    });
    const authors = (documents: number) => [{ name: "", documents }];
    expect(await proposeFolders("/root", source, options)).toMatchObject([
      { folder: "/root/notes", documents: 3, words: 270, tags: 0, authors: authors(3), isEstimate: false },
      { folder: "/root/blog", documents: 4, words: 200, tags: 3, authors: authors(4), isEstimate: false },
    ]);
  });

  const long = "word ".repeat(50);
  const folders = async (files: Readonly<Record<string, string>>, root = "/root") =>
    (await proposeFolders(root, new MemoryFileSource(files), options)).map(({ folder, documents }) => [
      folder,
      documents,
    ]);

  it("proposes a blog's years, months and days as the one folder in which they lie", async () => {
    const years = {
      "/root/posts/2023/1.md": long,
      "/root/posts/2023/2.md": long,
      "/root/posts/2023/3.md": long,
      "/root/posts/2024/05/31/4.md": long,
      "/root/posts/2024/06/5.md": long,
      "/root/posts/2025-06/6.md": long,
      "/root/journal/2025-06-01/7.md": long,
      "/root/journal/2025-06-02/8.md": long,
      "/root/journal/2025-06-03/9.md": long,
    };
    expect(await folders(years)).toEqual([
      ["/root/posts", 6],
      ["/root/journal", 3],
    ]);
  });

  it("never proposes more than the root, were it called after a year itself", async () => {
    const files = { "/root/2024/1.md": long, "/root/2024/2.md": long, "/root/2024/05/3.md": long };
    expect(await folders(files, "/root/2024")).toEqual([["/root/2024", 3]]);
  });

  it("takes texts that lie beside their pictures, each in a folder of its own, for one folder", async () => {
    const bundles = {
      "/root/content/one/index.md": long,
      "/root/content/two/index.md": long,
      "/root/content/2024/three/index.md": long,
    };
    expect(await folders(bundles)).toEqual([["/root/content", 3]]);
  });

  const texts = (folder: string, count: number, text = long) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`/root/${folder}/${at}.md`, text]));

  it.each([".obsidian/app.json", "logseq/config.edn", ".dendron.ws", ".zk/config.toml", "dendron.yml"])(
    "proposes a vault as one, whatever folders it has, by %s",
    async (mark) => {
      const mind = {
        ...texts("mind/areas", 3),
        ...texts("mind/journal/2024", 4),
        "/root/mind/in/one.md": long,
      };
      const files = { ...mind, ...texts("recipes", 3), [`/root/mind/${mark}`]: "{}" };
      expect(await folders(files)).toEqual([
        ["/root/mind", 8],
        ["/root/recipes", 3],
      ]);
    },
  );

  it.each([
    ["hugo.toml", "content"],
    ["config.yaml", "content"],
    ["config/_default/hugo.toml", "content"],
    ["_config.yml", "source"],
    ["eleventy.config.js", "src"],
    [".eleventy.js", "src"],
    ["astro.config.mjs", "src/content"],
  ])("proposes what a site is written in as one, by %s", async (mark, content) => {
    const site = { ...texts(`site/${content}/posts`, 3), ...texts(`site/${content}/pages/de`, 3) };
    const others = { "/root/site/README.md": long, ...texts("site/themes/dark/exampleSite/content", 4) };
    const files = { ...site, ...others, [`/root/site/${mark}`]: "title: A site" };
    expect(await folders(files)).toEqual([[`/root/site/${content}`, 6]]);
  });

  it("proposes a site whose pages lie beside its posts with them, and a site in a vault with the vault", async () => {
    const jekyll = {
      ...texts("site/_posts", 3),
      "/root/site/about.md": long,
      "/root/site/_config.yml": "a: b",
    };
    expect(await folders(jekyll)).toEqual([["/root/site", 4]]);
    const vault = { ...jekyll, ...texts("ideas", 3), "/root/.obsidian/app.json": "{}" };
    expect(await folders(vault)).toEqual([["/root", 7]]);
  });

  it("proposes a folder of many folders as one, and a few apart", async () => {
    const shelves = (count: number) =>
      Object.assign({}, ...Array.from({ length: count }, (_, at) => texts(`notes/shelf-${at}`, 3)));
    expect(await folders(shelves(13))).toEqual([["/root/notes", 39]]);
    expect(await folders(shelves(3))).toHaveLength(3);
  });

  it("sees a book in one file, and takes no list of words and no project's papers for one", async () => {
    const book = english.repeat(200);
    const words = Array.from({ length: 12_000 }, (_, at) => `word${at}`).join("\n\n");
    const papers = {
      "/root/tool/CHANGELOG.md": book,
      "/root/tool/README.md": book,
      "/root/tool/LICENSE.txt": book,
    };
    const files = { ...papers, "/root/novel/novel.md": book, "/root/data/words.txt": words };
    expect(await folders(files)).toEqual([["/root/novel", 1]]);
  });

  it("tells the languages of a folder, and whether tags alone are learned of it", async () => {
    const posts = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`/root/blog/${at}.md`, at === 0 ? english : german]),
    );
    const [found] = await proposeFolders("/root", new MemoryFileSource(posts), options);
    expect(found?.languages).toMatchObject({
      counts: [
        { language: "de", isRead: false },
        { language: "en", isRead: true },
      ],
      hasTagsAlone: true,
    });
    const insisting = { ...options, languages: ["de"] };
    const [chosen] = await proposeFolders("/root", new MemoryFileSource(posts), insisting);
    expect(chosen?.languages.hasTagsAlone).toBe(false);
  });

  it("opens some of many files, and infers the rest from them", async () => {
    const many = texts("vault", 9_000, `---\ntags: [a]\n---\n${english}`);
    const source = new MemoryFileSource(many);
    const [found] = await proposeFolders("/root", source, options);
    expect(found).toMatchObject({ documents: 9_000, words: 9_000 * 64, tags: 1, isEstimate: true });
    expect(source.readPaths.length).toBeLessThan(4_100);
  });

  it("reads no file that settings leave out", async () => {
    const source = new MemoryFileSource({ ...texts("blog", 3), ...texts("blog/drafts", 3) });
    const [found] = await proposeFolders("/root", source, { ...options, exclude: ["**/drafts/**"] });
    expect(found?.documents).toBe(3);
    expect(source.readPaths.filter((path) => path.includes("drafts"))).toEqual([]);
  });

  it("counts all that is in a folder that somebody chose, were it one short note", async () => {
    const source = new MemoryFileSource({ "/notes/one.md": "---\ntags: [a]\n---\nShort.\n" });
    expect(await surveyFolder("/notes", source, options)).toMatchObject({
      folder: "/notes",
      documents: 1,
      words: 1,
      tags: 1,
      authors: [{ name: "", documents: 1 }],
    });
  });
});
