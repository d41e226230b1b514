import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailFields } from "../../../src/corpus/formats/plain-text/mail.ts";
import { plainText } from "../../../src/corpus/formats/plain-text.ts";

describe("reading plain text", () => {
  it("finds paragraphs, headings, list items and quotations", () => {
    const source =
      "A Walk\n\nIt rained\nall day. We went\r\nout.\n\n> Someone else said this.\n\n- one thing\n- another thing\n\nPart Two\n========\n\nThe end.";
    const { sentences, headings, parts } = plainText.read(source, 0, "en");
    expect(sentences.map(({ paragraph, plain }) => [paragraph, plain])).toEqual([
      [0, "It rained all day."],
      [0, "We went out."],
      [1, "one thing"],
      [2, "another thing"],
      [3, "The end."],
    ]);
    expect(headings.map(({ plain, level }) => [plain, level])).toEqual([
      ["A Walk", 1],
      ["Part Two", 1],
    ]);
    expect(parts.filter((part) => part.kind === "quotation")).toHaveLength(1);
  });

  it("takes no line of a paragraph without end for a heading, and breaks none where a sentence goes on", () => {
    const lines = Array.from({ length: 250 }, (_, at) => `The tide of day ${at}\nwas slow. It rose\n`);
    const source = `${lines.join("")}and the boats lay dry`;
    const { sentences, headings } = plainText.read(source, 0, "en");
    const fifty = plainText.read(`${lines.slice(0, 50).join("")}and the boats lay dry`, 0, "en").sentences;
    expect(headings).toEqual([]);
    expect(sentences.slice(0, 50).map(({ plain }) => plain)).toEqual(
      fifty.slice(0, 50).map(({ plain }) => plain),
    );
    const ended = plainText.read(`${"The tide was slow today.\n".repeat(300)}Nothing else`, 0, "en");
    expect(ended.headings).toEqual([]);
    expect(ended.sentences.at(-1)?.plain).toBe("Nothing else");
  });

  it("takes each long line for a paragraph", () => {
    const long = `${"word ".repeat(40)}end.`;
    const { sentences } = plainText.read(`${long}\n${long}`, 0, "en");
    expect(sentences.map(({ paragraph }) => paragraph)).toEqual([0, 1]);
  });

  it("leaves out what a mail quotes, the line above it, its head and its signature", () => {
    const mail =
      "From: Ann Lee <ann@x.org>\nSubject: Roses\nDate: 2020-05-06\n\nThanks for that.\nOn Monday, Bob wrote:\n> I hated it.\n> It was awful.\nI liked it.\n\n-- \nAnn\nGardener\n";
    expect(plainText.read(mail, 0, "en").sentences.map(({ plain }) => plain)).toEqual([
      "Thanks for that.",
      "I liked it.",
    ]);
    expect(mailFields(mail, 0)).toEqual(
      new Map([
        ["author", "Ann Lee <ann@x.org>"],
        ["title", "Roses"],
        ["date", "2020-05-06"],
      ]),
    );
  });

  it("takes lines that were broken on purpose for sentences, and wrapped ones for one", () => {
    const diary =
      "Up early\nRain all day\nSoup\n\nA line that was wrapped by hand at the\nwidth of all lines here.";
    expect(plainText.read(diary, 0, "en").sentences.map(({ plain }) => plain)).toEqual([
      "Up early",
      "Rain all day",
      "Soup",
      "A line that was wrapped by hand at the width of all lines here.",
    ]);
  });

  it("gives exact positions for every text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("Word one. ", "two\n", "\r\n", "\n\n", "- x", "> y\n", "\uFEFF")),
        (parts) => {
          const source = parts.join("");
          for (const { text, start, end } of plainText.read(source, 0, "en").sentences) {
            expect(source.slice(start, end)).toBe(text);
          }
        },
      ),
    );
  });
});

it("Words that are stressed in plain text are read without the signs, and signs alone are left.", () => {
  const source =
    "For _I_ was there, and *all of it* was so. A snake_case_name, 2 * 3 * 4, *.txt and *.md stay.\n";
  const { sentences } = plainText.read(source, 0, "en");
  expect(sentences.map(({ plain }) => plain)).toEqual([
    "For I was there, and all of it was so.",
    "A snake_case_name, 2 * 3 * 4, *.txt and *.md stay.",
  ]);
  for (const { text, start, end } of sentences) expect(text).toBe(source.slice(start, end));
  expect(sentences[0]?.text).toContain("_I_");
});

describe("Of a mail", () => {
  const plain = (source: string) =>
    plainText.read(source, 0, "en").sentences.map(({ plain: words }) => words);

  it("what another wrote is left out where its attribution is broken into two lines.", () => {
    const mail =
      "Hello Tom.\n\nOn Sunday, the third of May, Anna Crane of the harbour office\nwrote:\n> The tide was late.\n\nSo were we.\n";
    expect(plain(mail)).toEqual(["Hello Tom.", "So were we."]);
  });

  it("words of the writer's own that end alike are kept where nothing is quoted below.", () => {
    expect(plain("On the wall of the harbour office somebody\nwrote:\n\nThe tide was late.\n")).toEqual([
      "On the wall of the harbour office somebody wrote:",
      "The tide was late.",
    ]);
  });

  it("the one that it answers is left out, which stands below with its head and without marks.", () => {
    const original =
      "From: Anna Crane\nSent: Sunday\nSubject: Tides\n\nThe tide was late.\n\nIt came at six.\n";
    expect(plain(`We saw it.\n\n-----Original Message-----\n${original}`)).toEqual(["We saw it."]);
    expect(plain(`We saw it.\n\n-----Original Message-----\n\n${original}`)).toEqual(["We saw it."]);
    expect(plain("We saw it.\n\n-----Original Message-----\nThe tide was late.\n")).toHaveLength(2);
  });

  it("signs that stand as codes are read where the head says so, in their places", () => {
    const head = (encoding: string) =>
      `From: Ann\nSubject: Tea\nDate: 1 May 2020\nContent-Transfer-Encoding: ${encoding}\n\n`;
    const body = "The caf=C3=A9 was f=\null of people.=20\nWe sat by 2 =3D 2 windows.\n\nna=EFve of us.\n";
    const read = ["The café was full of people.", "We sat by 2 = 2 windows.", "naïve of us."];
    const mail = `${head("quoted-printable")}${body}`;
    const { sentences } = plainText.read(mail, 0, "en");
    expect(sentences.map((sentence) => sentence.plain)).toEqual(read);
    expect(sentences[0]).toMatchObject({ start: mail.indexOf("The"), end: mail.indexOf("=20") });
    expect(plain(`${head("8bit")}${body}`)[0]).toMatch(/^The caf=C3=A9/);
    expect(plain(`${head("base64")}VGhlIHRpZGUgd2FzIGhpZ2gu\n`)).toEqual([]);
  });

  it("the head is left out with whatever the mail's way has put into it.", () => {
    const head =
      "From anna@harbour.example Sun May 3 10:00:00 2020\nReturn-Path: <anna@harbour.example>\nReceived: by tides.example with SMTP;\n\tSun, 3 May 2020\nX-Sea-State: calm\nFrom: Anna Crane\nSubject: Tides\n";
    expect(plain(`${head}\nThe tide was late.\n`)).toEqual(["The tide was late."]);
    expect(
      plain("Bread: two loaves\nButter: none left\nSubject: a poor harvest\n\nWe went home.\n"),
    ).toHaveLength(2);
  });
});
