import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { PretrainedModel } from "../../plm/pretrained-model.ts";
import { jsonLines } from "../measures/unpacked-lines.ts";
import { OpinionFileError } from "../sentiment/errors.ts";
import {
  type OpinionFileOptions,
  type OpinionSet,
  type OpinionText,
  readOpinions,
} from "../sentiment/opinion-texts.ts";
import { StudyDataError } from "./errors.ts";
import { sampleOpinions } from "./opinions/sample-opinions.ts";
import { readWriting, type WritingWriter, writingOf } from "./opinions/writing.ts";
import type { StudySizes } from "./study-sizes.ts";

/** What a study is measured on. */
export type StudySource =
  /** The made-up sample. */
  | { readonly kind: "sample" }
  /** JSON lines `{ writer, text, label or tags, time }`. */
  | { readonly kind: "file"; readonly path: string; readonly options: OpinionFileOptions }
  /** The folder with the data sets and corpora that the project is measured on. */
  | { readonly kind: "shared"; readonly folder: string };

export interface Opinions {
  readonly opinions: OpinionSet;
  /** Texts that the shipped base has learned from, among which measured ones may be. */
  readonly seen: readonly string[];
}

/** Labelled texts for the tone task. Throws StudyDataError or OpinionFileError where there are none. */
export function openOpinions(source: StudySource): Opinions {
  switch (source.kind) {
    case "sample":
      return { opinions: sampleOpinions(), seen: [] };
    case "file":
      return { opinions: readOpinions(source.path, source.options), seen: [] };
    case "shared": {
      const critics = present(join(source.folder, "data/sentiment/rt-critics.jsonl.gz"));
      const reviews = join(source.folder, "data/general/mr.all.jsonl.gz");
      return {
        opinions: readOpinions(critics, { labelField: "rating" }),
        seen: existsSync(reviews) ? readTexts(reviews).map(({ text }) => text) : [],
      };
    }
    default:
      return source satisfies never;
  }
}

/** Writers' documents for the task of hidden words. Throws StudyDataError where there are too few. */
export async function openWriting(
  source: StudySource,
  model: PretrainedModel,
  { writers }: StudySizes,
): Promise<readonly WritingWriter[]> {
  switch (source.kind) {
    case "sample":
      return writingOf(model, sampleOpinions().texts, writers);
    case "file":
      return writingOf(model, readTexts(source.path), writers);
    case "shared":
      return readWriting(model, present(join(source.folder, "corpora")), writers);
    default:
      return source satisfies never;
  }
}

/** Whether the lines have labels; without, only hidden words can be studied. */
export function hasLabels(source: StudySource): boolean {
  if (source.kind !== "file") return true;
  const [first] = readLines(source.path);
  return first !== undefined && typeof first[source.options.labelField ?? "label"] === "number";
}

function present(path: string): string {
  if (existsSync(path)) return path;
  throw new StudyDataError(
    `${path} is missing`,
    "It is not part of the project. Give texts of your own with --data <file>, or --quick for the made-up sample.",
  );
}

const line = z.looseObject({
  writer: z.string().min(1).optional(),
  text: z.string().min(1),
  time: z.union([z.number(), z.string()]).nullish(),
});

/** Texts whose labels are not looked at; those that name no writer have the same one. */
function readTexts(path: string): readonly OpinionText[] {
  return readLines(path).map(({ writer = "", text, time }, at) => {
    const seconds = typeof time === "string" ? Date.parse(time) / 1000 : time;
    return { writer, text, time: Number.isFinite(seconds) ? Number(seconds) : at, label: 0 };
  });
}

function readLines(path: string): readonly z.infer<typeof line>[] {
  return jsonLines(path).map(({ line: number, value }) => {
    const parsed = line.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new OpinionFileError(
      path,
      `line ${number} is no text`,
      'Each line is {"writer": "…", "time": seconds, "text": "…", "label": number or "tags": […]}.',
      { cause: parsed.error },
    );
  });
}
