import { z } from "zod";
import { tagKey } from "../../text/tag-key.ts";
import type { VectorMaker } from "../repositories/vectors.ts";

const about = {
  /** Hash of the sentence (tone) or of the document's text (tags) that the writer spoke about. */
  textHash: z.string(),
  /** Where it stood at that time, if it was a file. */
  documentPath: z.string().optional(),
};

/** The shape of what a writer can teach, as JSON keeps it. */
export const lessonShape = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("tone"),
    ...about,
    /** Empty where the lesson came from another machine without its text. */
    sentence: z.string(),
    valence: z.number().min(-1).max(1),
    /** It says what was shown to the writer then: agreement, which is less than a word of one's own. */
    confirms: z.boolean().optional(),
    /** The writer was asked, and did not see how it is read: neither a correction nor agreement. */
    asked: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("tagAdded"), ...about, tag: z.string() }),
  z.object({ kind: z.literal("tagVetoed"), ...about, tag: z.string() }),
]);

/** What a writer teaches: the tone of a sentence, or that a document has or must not have a tag. */
export type Lesson = Readonly<z.infer<typeof lessonShape>>;

/** The vector of the sentence or document that was corrected, for finding similar ones. */
export interface CorrectionVector {
  readonly maker: VectorMaker;
  readonly values: Float32Array;
}

/** A lesson as it is kept. It belongs to the writer, not to a document, so it survives a new reading of the corpus. */
export interface Correction {
  readonly id: string;
  readonly createdMs: number;
  readonly lesson: Lesson;
  readonly vector: CorrectionVector | undefined;
}

/** Whether a lesson is about a sentence of which only the hash is known. */
export function isWithoutText(lesson: Lesson): boolean {
  return lesson.kind === "tone" && lesson.sentence === "";
}

/** Names what a lesson is about: of two lessons with the same subject the later one counts. */
export function subjectOf(lesson: Lesson): string {
  switch (lesson.kind) {
    case "tone":
      return JSON.stringify(["tone", lesson.textHash]);
    case "tagAdded":
    case "tagVetoed":
      return JSON.stringify(["tag", lesson.textHash, tagKey(lesson.tag)]);
    default:
      return lesson satisfies never;
  }
}
