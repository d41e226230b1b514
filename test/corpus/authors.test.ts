import { describe, expect, it } from "vitest";
import { attribute, type SignedDocument } from "../../src/corpus/attribution.ts";
import { authorKey, authorsOf } from "../../src/corpus/authors.ts";
import { readFrontMatter } from "../../src/front-matter/front-matter.ts";

const authorsIn = (...lines: readonly string[]) =>
  authorsOf(readFrontMatter(`---\n${lines.join("\n")}\n---\nText.\n`)?.fields ?? new Map());

describe("The authors of a document", () => {
  it.each([
    [["author: Ann"], ["Ann"]],
    [["Author: Ann Lee <ann@example.org>"], ["Ann Lee"]],
    [["author: ann@example.org (Ann Lee)"], ["Ann Lee"]],
    [["author: Ann Lee, ann@example.org"], ["Ann Lee"]],
    [["author: ann@example.org"], ["ann@example.org"]],
    [["author: {name: Ann Lee, email: ann@example.org}"], ["Ann Lee"]],
    [
      ["authors:", "  - name: Ann Lee", "  - Bob"],
      ["Ann Lee", "Bob"],
    ],
    [["authors: [Ann, ann, ÁNN]"], ["Ann"]],
    [["by: Ann and Bob"], ["Ann", "Bob"]],
    [["creator: Ann Lee; Bob Ray & Cy Fox"], ["Ann Lee", "Bob Ray", "Cy Fox"]],
    [["author: Ann Lee, Bob Ray"], ["Ann Lee", "Bob Ray"]],
    [["author: Lee, Ann"], ["Ann Lee"]],
    [["author:", "byline: Ann"], ["Ann"]],
    [["author: ''"], []],
    [["title: x"], []],
  ] as const)("are read from %j: %j.", (lines, names) => {
    expect(authorsIn(...lines)).toEqual(names);
  });

  it("are known in every spelling of a name.", () => {
    const spellings = [
      "José P. Núñez",
      "jose p nunez",
      "JOSE\u0301 P. NU\u0301N\u0303EZ",
      "José  P. Núñez <j@x.org>",
    ];
    expect(new Set(spellings.map(authorKey)).size).toBe(1);
    expect(authorKey("Jo")).not.toBe(authorKey("José"));
  });
});

/** Documents by path with their authors, one a line. */
function documents(counts: Readonly<Record<string, readonly [number, readonly string[]]>>): SignedDocument[] {
  return Object.entries(counts).flatMap(([folder, [count, authors]]) =>
    Array.from({ length: count }, (_, at) => ({ path: `${folder}/${at}.md`, authors })),
  );
}

const own = (all: readonly SignedDocument[], folders: readonly string[], wish = {}) => {
  const { author, authors, others } = attribute(all, folders, wish);
  return { author, authors, left: others.size, kept: all.filter(({ path }) => !others.has(path)).length };
};

describe("Of several people who write in one folder", () => {
  const blog = documents({
    "/b/ann": [412, ["Ann"]],
    "/b/bob": [6, ["Bob"]],
    "/b/both": [3, ["Ann", "Bob"]],
  });

  it("the one with most documents is learned, and the others are left out.", () => {
    expect(own(blog, ["/b"])).toEqual({
      author: "Ann",
      authors: [
        { name: "Ann", documents: 412 },
        { name: "Bob", documents: 6 },
      ],
      left: 9,
      kept: 412,
    });
  });

  it("whoever is asked for is learned, in any spelling.", () => {
    expect(own(blog, ["/b"], { author: "BOB <bob@example.org>" })).toMatchObject({ author: "Bob", kept: 6 });
    expect(own(blog, ["/b"], { author: "Zoe" })).toMatchObject({ author: "Zoe", kept: 0 });
  });

  it("who was learned before is learned again, though another has more by now.", () => {
    expect(own(blog, ["/b"], { guesses: ["bob", "Ann"] })).toMatchObject({ author: "Bob", kept: 6 });
    expect(own(blog, ["/b"], { guesses: ["nobody"] })).toMatchObject({ author: "Ann" });
  });

  it("documents written together count where that is asked for, and then for each of them.", () => {
    expect(own(blog, ["/b"], { coAuthors: true })).toMatchObject({ author: "Ann", kept: 415, left: 6 });
    expect(own(blog, ["/b"], { author: "Bob", coAuthors: true })).toMatchObject({ kept: 9, left: 412 });
    expect(attribute(blog, ["/b"], {}).others.get("/b/both/0.md")).toBe("together");
  });

  it("where nobody wrote alone, it is who is named most, or was learned before.", () => {
    const shared = documents({ "/b/x": [3, ["Ann", "Bob"]], "/b/y": [2, ["Bob", "Cy"]] });
    expect(own(shared, ["/b"])).toEqual({ author: "Bob", authors: [], left: 5, kept: 0 });
    expect(attribute(shared, ["/b"], {}).others.get("/b/x/0.md")).toBe("together");
    expect(own(shared, ["/b"], { coAuthors: true })).toMatchObject({ author: "Bob", kept: 5 });
    expect(own(shared, ["/b"], { coAuthors: true, guesses: ["cy"] })).toMatchObject({
      author: "Cy",
      kept: 2,
    });
  });

  it("a document that names nobody is by whoever is named most in the nearest folder.", () => {
    const mixed = [
      ...blog,
      ...documents({ "/b": [2, []], "/b/bob/old": [1, []] }),
      ...documents({ "/b/ann/x": [1, []] }),
    ];
    expect(own(mixed, ["/b"])).toMatchObject({ kept: 415 });
    expect(own(mixed, ["/b"], { author: "Bob" })).toMatchObject({ kept: 7 });
  });
});

describe("Where names are the exception,", () => {
  const diary = [...documents({ "/d": [30, []] }), ...documents({ "/d/guests": [2, ["Guest"]] })];

  it("they are of guests, and the others are the writer's.", () => {
    expect(own(diary, ["/d"])).toEqual({
      author: "",
      authors: [
        { name: "", documents: 30 },
        { name: "Guest", documents: 2 },
      ],
      left: 2,
      kept: 30,
    });
    expect(own(diary, ["/d"], { guesses: ["", "blog"] })).toMatchObject({ kept: 30 });
    expect(own(diary, ["/d"], { author: "Me" })).toMatchObject({ author: "Me", kept: 30, left: 2 });
  });

  it("they are not where more than one in ten documents has one: those without are by the only author.", () => {
    const partly = documents({ "/p": [9, []], "/p/signed": [3, ["Ann"]] });
    expect(own(partly, ["/p"])).toMatchObject({ author: "Ann", kept: 12, left: 0 });
    const tenth = documents({ "/p": [18, []], "/p/signed": [2, ["Ann"]] });
    expect(own(tenth, ["/p"])).toMatchObject({ author: "", kept: 18, left: 2 });
  });

  it("another folder's author gets those as well, as somebody chose both.", () => {
    const both = [...diary, ...documents({ "/b": [4, ["Ann"]] })];
    expect(own(both, ["/d", "/b"])).toMatchObject({ author: "Ann", kept: 34, left: 2 });
  });

  it("and become the rule, the one who is named then is the writer.", () => {
    const signed = [...diary, ...documents({ "/d/new": [20, ["Ann"]] })];
    expect(own(signed, ["/d"], { guesses: ["", "blog"] })).toMatchObject({
      author: "Ann",
      kept: 50,
      left: 2,
    });
  });
});

it("Whoever is named nowhere gets what names nobody.", () => {
  const few = [...documents({ "/b": [4, ["Ann"]] }), ...documents({ "/b/x": [1, []] })];
  expect(own(few, ["/b"], { author: "Zoe" })).toMatchObject({ author: "Zoe", kept: 1, left: 4 });
  expect(own(few, ["/b"])).toMatchObject({ author: "Ann", kept: 5 });
});

it("Without any name everything is the writer's.", () => {
  expect(own(documents({ "/b": [3, []] }), ["/b"])).toEqual({
    author: "",
    authors: [{ name: "", documents: 3 }],
    left: 0,
    kept: 3,
  });
});
