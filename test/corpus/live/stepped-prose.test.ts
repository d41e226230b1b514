import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOf } from "../../../src/corpus/formats/formats.ts";
import { LiveSource } from "../../../src/corpus/live/live-source.ts";

const endings = ["org", "tex", "rst", "adoc", "txt"] as const;

/** What opens and closes something in each notation, beside words and blank lines. */
const notations: Readonly<Record<(typeof endings)[number], string>> = {
  org: "* |** TODO |#+begin_src c\n|#+end_src\n|#+begin_quote\n|#+end_quote\n|#+BEGIN_EXAMPLE\n|:LOGBOOK:\n|:END:\n|\\begin{align}\n|\\end{align}\n|# |- |1. |- Term :: |[fn:1] |[fn:: Noted. ]|[[a][b]]|[[|]]|*so*|*|=x=|\\(|\\)|\\[|\\]|$|| a |\n|: code\n|#+title: a\n|SCHEDULED: <2024-01-01>\n",
  tex: "\\begin{document}\n|\\end{document}\n|\\begin{itemize}\n|\\end{itemize}\n|\\item |\\begin{verbatim}\n|\\end{verbatim}\n|\\begin{equation}\n|\\end{equation}\n|\\section{|\\emph{|{|}|\\footnote{Noted. |\\caption{|%|% a\n|$|$$|\\[|\\]|\\(|\\)|\\iffalse |\\fi |\\verb+a+|\\par |``|''|\\unknown{|\\\\|\\label{a}|\\begin{frame}{Title}\n|\\end{frame}\n",
  rst: "===\n|----\n|~~~\n|- |* |#. |.. note::\n\n   |.. code::\n\n   |.. image:: a\n|.. _a:\n|::\n\n    |::|    |  |:field: |>>> a\n|`a`_|`|``|*|**|:math:`a`|+---+\n|== ==\n|.. [1] |> |term\n    ",
  adoc: "= |== |----\n|....\n|====\n|____\n|////\n|--\n|```\n||===\n|[source]\n|[quote]\n|[NOTE]\n|.Title\n|* |. |- |term:: |+\n|// a\n|:attr: a\n|NOTE: |`|*|_|++|link:a[|]|footnote:[Noted. |(((|)))|<<a,|>>|stem:[a]|  |'''\n|image::a[]\n",
  txt: "> |On Monday, Ann wrote:\n|-- \n|- |1. |===\n|---\n|From: A\nSubject: b\nDate: c\n\n|_so_|*so*|----- Original Message -----\n|Short\n|A line of a diary\n|word word word word word word word word word word word word\n",
};
const words = ["A sentence. ", "She rowed home. ", "word ", " ", ".", "\n", "\n\n", "\n\n\n", "\r\n", "\r"];
/** Longer than what is read for itself, and so that nothing tells anything across it. */
const filler = "\n\nSome words of a paragraph that nobody edits. It has two sentences.\n".repeat(12);
const desert = filler.repeat(14);
/** A line longer than any writer's, and a paragraph of many lines: parts of them are read for themselves. */
const longLine = `${"Some words of a line that nobody edits. It has two sentences. ".repeat(600)}\n\n`;
const longParagraph = `${"Some words of a paragraph that nobody edits. It has two lines,\nor many of them.\n".repeat(500)}\n`;

describe("A text that is edited", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const [numRuns, seed] = [Number(process.env["RUNS"] ?? 40), 16];

  it.each(endings)("is read as the same text from scratch: %s.", (ending) => {
    const piece = fc.constantFrom(...notations[ending].split(/\|(?=.)/s), ...words);
    const stretch = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    const gap = fc.oneof(
      { weight: 9, arbitrary: fc.constant(filler) },
      { weight: 1, arbitrary: fc.constant(desert) },
    );
    const text = fc
      .array(fc.tuple(stretch, gap), { minLength: 2, maxLength: 6 })
      .map((pieces) => pieces.flat().join(""));
    const edit = fc.record({
      at: share,
      gone: fc.nat(40),
      put: fc.array(piece, { maxLength: 4 }),
      steps: share,
    });
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 5 }), (start, edits) => {
        let source = start;
        let live = opened(source, ending);
        while (live.advance());
        for (const { at, gone, put, steps } of edits) {
          const from = Math.floor(at * source.length);
          source = source.slice(0, from) + put.join("") + source.slice(from + gone);
          live = opened(source, ending, live);
          // The next edit may come before all is read.
          for (let left = Math.floor(steps * 8); left > 0 && live.advance(); left--);
          if (steps > 0.3) continue;
          expectSame(live, source, ending);
        }
        expectSame(live, source, ending);
      }),
      { numRuns, seed },
    );
  });
});

describe("An edit", () => {
  /** What is put below `before` and a filler tells how `before` is read; with a start, also what stands above it. */
  it.each<[string, string, string, string, string?]>([
    ["closes a block far above", "org", "#+begin_src\n", "#+end_src\n"],
    ["closes a drawer far above", "org", ":LOGBOOK:\n", ":END:\n"],
    ["closes a formula far above", "tex", "$$ a\n", "$$\n"],
    ["closes an argument far above", "tex", "\\emph{So\n", "} she said.\n"],
    ["closes an environment far above", "tex", "\\begin{verbatim}\n", "\\end{verbatim}\n"],
    ["closes what is left out far above", "tex", "\\iffalse\n", "\\fi\n"],
    ["ends the text", "tex", "She rowed.\n", "\\end{document}\n"],
    ["begins the text", "tex", "She rowed.\n", "\\begin{document}\n"],
    ["closes a block far above", "adoc", "----\n", "----\n"],
    ["makes code of what is indented", "rst", "She rowed:\n", "\n    So.\n"],
    ["gives another level to what stands below", "rst", "", "\nTitle\n~~~~~\n"],
    ["puts what stands below into a box", "rst", "", "\n.. note::\n\n      Box.\n"],
    ["says whose words come below", "txt", "On Monday, Ann wrote:", "\n> She rowed.\n"],
    [
      "says with another line whose words come below",
      "txt",
      "On Monday Ann of the bridge",
      "\nwrote:\n> She rowed.\n",
    ],
    [
      "begins the mail that is answered",
      "txt",
      "She rowed.\n\n-----Original Message-----\n",
      "From: Ann\nSent: Monday\nTo: Tom\n\nSo.\n",
    ],
    ["begins a signature", "txt", "She rowed.\n\n", "-- \nAnn\n"],
    [
      "ends a signature",
      "txt",
      `She rowed.\n\n-- \n${`${"Ann of the bridge. ".repeat(9)}\n\n`.repeat(11)}`,
      "Ann\n",
    ],
    ["shows how long lines are", "txt", "She\nrowed\n", "\nShe rowed home in the morning, and\nslept.\n"],
  ])("%s: %s.", (_, ending, before, added) => {
    const gap = ending === "txt" ? "\n\n" : filler.repeat(5);
    const below = `${filler}\n\nTitle\n=====\n\nShe slept.\n\nOther\n~~~~~\n\n    Some.\n${filler}`;
    for (const behind of [below, ""]) {
      const source = `${desert}\n\n${before}${gap}${behind}`;
      const edited = `${desert}\n\n${before}${gap}${added}${behind}`;
      for (const [from, to] of [
        [source, edited],
        [edited, source],
      ] as const) {
        const former = opened(from, ending);
        while (former.advance());
        expectSame(opened(to, ending, former), to, ending);
      }
    }
  });

  it.each(endings)("reads what it touches, and no more: %s.", (ending) => {
    let source = desert.repeat(16);
    let live = opened(source, ending);
    while (live.advance());
    for (const place of [0.1, 0.5, 0.9, 1]) {
      const at = Math.floor(place * source.length);
      source = `${source.slice(0, at)}xy${source.slice(at)}`;
      const next = opened(source, ending, live);
      let steps = 0;
      for (; next.around(at) === undefined; steps++) next.advance();
      expect(steps).toBeLessThan(5);
      while (next.advance()) steps++;
      expect(steps).toBeLessThan(14);
      live = next;
    }
  });
});

it("An edit of a mail's head that says how its signs stand reads all of it again.", () => {
  const mail = (encoding: string) =>
    `From: Ann\nSubject: Tea\nContent-Transfer-Encoding: ${encoding}\n\n${"A caf=C3=A9 is near.\n\n".repeat(200)}`;
  for (const [from, to] of [
    ["8bit", "quoted-printable"],
    ["quoted-printable", "8bit"],
  ] as const) {
    const former = opened(mail(from), "txt");
    while (former.advance());
    expectSame(opened(mail(to), "txt", former), mail(to), "txt");
  }
});

describe("In a list without end an edit", () => {
  it.each<[string, string]>([
    ["adoc", "a:: She rowed.\n"],
    ["adoc", "* She rowed.\n"],
    ["org", "- a :: She rowed.\n"],
    ["rst", "a\n  She rowed.\n"],
    ["tex", "\\item She rowed.\n"],
    ["tex", "\\section{She rowed.}\n"],
    ["txt", "- She rowed.\n"],
    ["txt", "She rowed.\n"],
  ])("is read with what it touches, and no more: %s, %j.", (ending, item) => {
    const source = item.repeat(Math.ceil(200_000 / item.length));
    const live = opened(source, ending);
    while (live.advance());
    const at = 100_000;
    const next = opened(`${source.slice(0, at)}xy${source.slice(at)}`, ending, live);
    let steps = 0;
    for (; next.around(at) === undefined; steps++) next.advance();
    expect(steps).toBeLessThan(5);
    expectSame(next, `${source.slice(0, at)}xy${source.slice(at)}`, ending);
  });
});

describe("What nothing parts for long", () => {
  const texts: Readonly<Record<string, string>> = {
    "one line": longLine.trimEnd().repeat(5),
    "one line without an end of a sentence": "*a [b ".repeat(40_000),
    "one line of Chinese": "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。".repeat(6_000),
    "one line of Chinese without an end of a sentence": "天地玄黄".repeat(30_000),
    "one paragraph": longParagraph.trimEnd().repeat(5),
  };
  const cases = endings.flatMap((ending) => Object.keys(texts).map((name) => [ending, name] as const));

  it.each(cases)(
    "is read in steps, none of them large, and after an edit only near it: %s, %s.",
    (ending, name) => {
      const source = texts[name]!;
      const live = opened(source, ending);
      let largest = 0;
      for (let before = 0; live.advance(); before = live.share)
        largest = Math.max(largest, live.share - before);
      expect(largest * source.length).toBeLessThan(35_000);
      const at = Math.floor(source.length / 2);
      const edited = `${source.slice(0, at)}xy${source.slice(at)}`;
      const next = opened(edited, ending, live);
      let steps = 0;
      for (; next.around(at) === undefined; steps++) next.advance();
      expect(steps).toBeLessThan(8);
      expectSame(next, edited, ending);
    },
  );
});

describe("A long text", () => {
  const sentences = Array.from({ length: 3_000 }, (_, at) => `The tide of day ${at} was a slow one.`);
  const source = sentences.map((sentence) => `${sentence}\n\n`).join("");

  it.each(endings)("is read in steps, none of them large, as it is read at one go: %s.", (ending) => {
    const live = opened(source, ending);
    let largest = 0;
    for (let before = 0; live.advance(); before = live.share)
      largest = Math.max(largest, live.share - before);
    expect(largest * source.length).toBeLessThan(10_000);
    expect(live.whole.sentences).toEqual(formatOf(`a.${ending}`).read(source, 0, "en").sentences);
    expect(live.whole.sentences).toHaveLength(3_000);
  });

  it.each(["- She rowed.\n", "She rowed.\n", "> She rowed.\n"])(
    "is read in steps also where no blank line stands in it: %j.",
    (line) => {
      const plain = line.repeat(10_000);
      const live = opened(plain, "txt");
      let largest = 0;
      for (let before = 0; live.advance(); before = live.share)
        largest = Math.max(largest, live.share - before);
      expect(largest * plain.length).toBeLessThan(20_000);
    },
  );

  it.each(endings)("tells what stands at a place as soon as it has been read: %s.", (ending) => {
    const live = opened(source, ending);
    const at = source.indexOf("day 1000 ");
    while (live.around(at) === undefined) live.advance();
    expect(live.share * source.length).toBeLessThan(at + 10_000);
    expect(live.around(at)!.sentences.map(({ plain }) => plain)).toContain(sentences[1_000]);
  });
});

/** Opens a text, after another version of it where that is given. */
function opened(source: string, ending: string, former?: LiveSource): LiveSource {
  return new LiveSource(source, `a.${ending}`, formatOf(`a.${ending}`), former);
}

/** Has the difference shown only where there is one, which takes long to look for. */
function expectSame(live: LiveSource, source: string, ending: string): void {
  const [own, fresh] = [live.whole, opened(source, ending).whole];
  if (!isDeepStrictEqual(own, fresh)) expect(own).toEqual(fresh);
}

it.each(endings)("No sentence of a script without blanks is lost where its line is cut: %s.", (ending) => {
  const written = Array.from({ length: 3_000 }, (_, at) => `第${at}日，潮水很慢。`);
  const live = opened(written.join(""), ending);
  while (live.advance());
  expect(live.whole.sentences.map(({ plain }) => plain)).toEqual(written);
});

it.each<[string, string]>([
  ["org", "(=a=)"],
  ["adoc", "`a`,"],
  ["rst", "``a``,"],
])(
  "In a run of signs that is longer than any word notation is looked for at its ends alone: %s, %j.",
  (ending, unit) => {
    const live = opened(`She wrote ${unit.repeat(10_000)} on it.`, ending);
    while (live.advance());
    const codes = live.whole.parts.filter(({ kind }) => kind === "code");
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.length).toBeLessThan(1_000);
  },
);
