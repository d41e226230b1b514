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
];

/** Sets that lie beside the open ones and are never trained on, each with the reason. */
export const leftOutSources: Readonly<Record<string, string>> = {
  "text/blogs_authorship": "non-commercial research only",
  "text/news_reuters_c50": "from Reuters Corpus Volume 1, which is for research only",
  "text/email_enron": "no licence stated",
  "general/sst5, sst5_phrases": "no licence stated; read for measuring only",
  "general/mpqa": "licence not stated in its source",
  "general/subj": "no sentiment",
  "general/semeval_tweets, tweeteval": "licence of the tweets unclear",
  "sentiment/*": "no open licence",
  "hashtags/*": "terms of the tweets unclear",
};

export interface SentimentSource {
  readonly set: string;
  readonly file: string;
  readonly licence: string;
}

/** Labelled sets under an open licence. Labels are read by `sentiment-sets.ts`. */
export const sentimentSources: readonly SentimentSource[] = [
  { set: "mr", file: "general/mr.all.jsonl.gz", licence: "CC BY 4.0 (Pang and Lee 2005)" },
  { set: "cr", file: "general/cr.all.jsonl.gz", licence: "CC BY 4.0 (Hu and Liu 2004)" },
  {
    set: "pros_cons",
    file: "general/pros_cons.all.jsonl.gz",
    licence: "CC BY 4.0 (Ganapathibhotla and Liu 2008)",
  },
  {
    set: "kotzias_amazon",
    file: "general/kotzias_amazon.all.jsonl.gz",
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "kotzias_imdb",
    file: "general/kotzias_imdb.all.jsonl.gz",
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "kotzias_yelp",
    file: "general/kotzias_yelp.all.jsonl.gz",
    licence: "CC BY 4.0 (Kotzias and others 2015)",
  },
  {
    set: "goemotions",
    file: "general/goemotions.train.jsonl.gz",
    licence: "CC BY 4.0 (Demszky and others 2020)",
  },
];

/** Labelled sets for measuring only: nothing of them is ever trained on. */
export const measuringFiles = {
  sstDev: "general/sst5.dev.jsonl.gz",
  sstTest: "general/sst5.test.jsonl.gz",
  goemotionsDev: "general/goemotions.dev.jsonl.gz",
  goemotionsTest: "general/goemotions.test.jsonl.gz",
} as const;

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

const labelledRow = z.object({
  text: z.string(),
  label: z.union([z.number(), z.string()]),
  labels: z.array(z.string()).optional(),
  sst: z.string().nullish(),
});
export type LabelledRow = z.infer<typeof labelledRow>;

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

/** Rows of a labelled set, in its order. */
export function readLabelled(dataPath: string, file: string): LabelledRow[] {
  return readLines(join(dataPath, file)).map((line) => labelledRow.parse(JSON.parse(line)));
}

function readTextRows(path: string): z.infer<typeof textRow>[] {
  const lines = readLines(path);
  return path.endsWith(".txt.gz")
    ? lines.map((text) => ({ text }))
    : lines.map((line) => textRow.parse(JSON.parse(line)));
}

function readLines(path: string): string[] {
  return gunzipSync(readFileSync(path))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}
