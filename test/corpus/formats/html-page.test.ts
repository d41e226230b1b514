import { expect, test } from "vitest";
import { htmlPage } from "../../../src/corpus/formats/html-page.ts";
import { readFormat } from "./read-format.ts";

const source = `<!DOCTYPE html>
<html lang="en"><head><title>My garden &amp; me</title>
<meta name="author" content="Ann Lee"><meta name="keywords" content="garden, rain">
<meta property="article:published_time" content="2020-05-06"></head>
<body><nav>Home page. About us.</nav><header><p>A site of mine.</p></header>
<article><h1>My garden</h1>
<p>First <em>words</em> of it, with <code>code</code> and <a href="https://x.org">a link</a>. It rains {{ site.x }} today.</p>
<pre>print("x")</pre><blockquote>Not mine at all.</blockquote>
<ul><li>An item here.</li></ul><footer>Filed under gardens.</footer></article>
<script>var a = "No prose here.";</script></body></html>
`;

test("a page of HTML gives the writer's sentences, with places, and what the document says of itself.", () => {
  expect(readFormat(source, htmlPage)).toEqual({
    sentences: ["First words of it, with code and a link.", "It rains today.", "An item here."],
    headings: ["1 My garden"],
    kinds: ["code", "heading", "html", "link", "prose", "quotation"],
    misplaced: [],
    said: {
      title: "My garden & me",
      date: 1588723200000,
      authors: ["Ann Lee"],
      tags: ["garden", "rain"],
    },
  });
});

test.each(["<b></i>", "<main>", "{{", "<meta "])("%j again and again costs little.", (sign) => {
  const startMs = process.cpuUsage().user / 1000;
  try {
    readFormat(sign.repeat(100_000 / sign.length), htmlPage);
  } catch (cause) {
    expect(cause).toMatchObject({ name: "BrokenDocumentError" });
  }
  expect(process.cpuUsage().user / 1000 - startMs).toBeLessThan(2_000);
});
