import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** The kinds of text that are trained and measured apart. */
export const textKinds = [
  "wikipedia",
  "wikitext",
  "books",
  "textbooks",
  "government",
  "speeches",
  "mixed",
  "blogs",
] as const;
export type TextKind = (typeof textKinds)[number];

export interface TextSource {
  readonly kind: TextKind;
  /** Relative to the data folder. */
  readonly file: string;
  readonly licence: string;
  readonly credit: string;
  /** How many consecutive rows (of one writer and title, where known) count as one document. */
  readonly rowsPerDocument: number;
}

/** Text under an open licence or in the public domain, each with the licence that its collection names. */
export const textSources: readonly TextSource[] = [
  {
    kind: "wikipedia",
    file: "text/wikipedia_english.txt.gz",
    licence: "CC BY-SA 3.0",
    credit: "Wikipedia contributors",
    rowsPerDocument: 20,
  },
  {
    kind: "wikitext",
    file: "text/wikitext2_valid_test.txt.gz",
    licence: "CC BY-SA 3.0",
    credit: "Wikipedia contributors; WikiText, Merity and others 2016",
    rowsPerDocument: 20,
  },
  {
    kind: "books",
    file: "text/books_standard_ebooks.jsonl.gz",
    licence: "CC0 (editions); texts in the public domain in the United States",
    credit: "Standard Ebooks",
    rowsPerDocument: 8,
  },
  {
    kind: "textbooks",
    file: "text/textbooks_openstax_ccby.txt.gz",
    licence: "CC BY 4.0",
    credit: "OpenStax, Rice University",
    rowsPerDocument: 20,
  },
  {
    kind: "government",
    file: "text/gov_blogs_us.jsonl.gz",
    licence: "public domain, CC0",
    credit: "18F and Digital.gov",
    rowsPerDocument: 1,
  },
  {
    kind: "speeches",
    file: "text/speeches_us_presidents.jsonl.gz",
    licence: "public domain",
    credit: "Presidents of the United States; NLTK data",
    rowsPerDocument: 8,
  },
  {
    kind: "mixed",
    file: "text/mixed_masc.txt.gz",
    licence: "linguistic education, research and development, commercial development included",
    credit: "Manually Annotated Sub-Corpus, American National Corpus",
    rowsPerDocument: 20,
  },
  {
    kind: "blogs",
    file: "text/open_blogs.jsonl.gz",
    licence: "CC BY, CC BY-SA, CC0 or public domain, as each writer's repository says",
    credit: "44 bloggers, each named in the file",
    rowsPerDocument: 1,
  },
];

/** A stretch of one writer's text (writer absent where unknown), cut into paragraphs. */
export interface SourceDocument {
  readonly name: string;
  readonly writer?: string;
  readonly paragraphs: readonly string[];
}

const textRow = z.object({
  text: z.string(),
  writer: z.string().optional(),
  title: z.string().optional(),
  year: z.number().optional(),
  kind: z.string().optional(),
});

/** Documents of a source, in its order; consecutive rows are put together as the source says. */
export function readDocuments(dataPath: string, source: TextSource): SourceDocument[] {
  const documents: (SourceDocument & { paragraphs: string[] })[] = [];
  let group = "";
  let rows = 0;
  for (const row of readTextRows(join(dataPath, source.file))) {
    const rowGroup = [row.writer, row.title, row.kind, row.year].join("|");
    if (rows === 0 || rowGroup !== group || rows % source.rowsPerDocument === 0) {
      const name = `${source.kind}#${documents.length}`;
      documents.push({ name, paragraphs: [], ...(row.writer === undefined ? {} : { writer: row.writer }) });
      rows = 0;
    }
    group = rowGroup;
    rows++;
    documents.at(-1)?.paragraphs.push(...row.text.split("\n").filter((paragraph) => paragraph.trim() !== ""));
  }
  return documents;
}

function readTextRows(path: string): z.infer<typeof textRow>[] {
  const lines = readLines(path);
  return path.endsWith(".txt.gz")
    ? lines.map((text) => ({ text }))
    : lines.map((line) => textRow.parse(JSON.parse(line)));
}

/** The lines of a file, packed with gzip if its name says so, that are not empty. */
export function readLines(path: string): string[] {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}
