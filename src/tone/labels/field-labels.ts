import { mean } from "../../numbers/mean.ts";
import { moodValence } from "./mood-valence.ts";
import { parseRating, ratingScale, ratingValence, type WrittenRating } from "./rating.ts";

/** A document with the fields of its front matter, by name in lower case. */
export interface DocumentFields {
  readonly id: string;
  /** Numbers are texts, too; tables are of no use here. */
  readonly fields: ReadonlyMap<string, unknown>;
}

/** What the front matter of a document says about its tone. */
export interface FieldLabel {
  readonly document: string;
  readonly field: LabelField;
  readonly kind: "mood" | "rating" | "sentiment";
  /** −1 to 1. */
  readonly valence: number;
  /** Beside a correction of the writer, which counts 1. */
  readonly weight: number;
}

/** A value that means nothing to us; it is shown to the writer. */
export interface UnknownValue {
  readonly document: string;
  readonly field: LabelField;
  readonly value: string;
}

export interface FieldLabels {
  readonly labels: readonly FieldLabel[];
  readonly unknown: readonly UnknownValue[];
}

type LabelField = keyof typeof labelFields;

/**
 * The fields that are read. `sentiment` is about the text itself. A mood is the writer's on that day and
 * a rating is of the thing described; the text mostly goes along, so they count half.
 */
const labelFields = {
  mood: { kind: "mood", weight: 0.5 },
  rating: { kind: "rating", weight: 0.5 },
  stars: { kind: "rating", weight: 0.5 },
  sentiment: { kind: "sentiment", weight: 0.8 },
} as const;

/**
 * Labels from the front matter of all documents of one writer: they are read together, as only the whole
 * shows whether bare ratings are out of 5, 10 or 100. A list (`mood: [calm, happy]`) counts as the mean
 * of the words that are known. What is not understood is reported and never guessed.
 */
export function labelsOfFields(documents: readonly DocumentFields[]): FieldLabels {
  const labels: FieldLabel[] = [];
  const unknown: UnknownValue[] = [];
  for (const field of Object.keys(labelFields) as LabelField[]) {
    const written = documents.flatMap(({ id, fields }) => {
      const values = textsOf(fields.get(field));
      return values.length === 0 ? [] : [{ document: id, values }];
    });
    const read = readerFor(
      field,
      written.flatMap(({ values }) => values),
    );
    for (const { document, values } of written) {
      const valences = values.flatMap((value) => read(value) ?? []);
      unknown.push(
        ...values.filter((value) => read(value) === undefined).map((value) => ({ document, field, value })),
      );
      if (valences.length > 0) {
        labels.push({ document, field, ...labelFields[field], valence: mean(valences) });
      }
    }
  }
  return { labels, unknown };
}

type ValenceOf = (value: string) => number | undefined;

/** What a value of this field means, given all its values. */
function readerFor(field: LabelField, values: readonly string[]): ValenceOf {
  const { kind } = labelFields[field];
  switch (kind) {
    case "sentiment":
      return (value) => moodValence(value) ?? signedValence(value);
    case "mood":
    case "rating": {
      const scale = ratingScale(values.map(parseRating).filter(isRating));
      const rated: ValenceOf = (value) => {
        const rating = parseRating(value);
        return rating === undefined ? undefined : ratingValence(rating, scale);
      };
      // A rating in words ('very good') is as clear as one in numbers.
      return (value) => rated(value) ?? moodValence(value);
    }
    default:
      return kind satisfies never;
  }
}

const isRating = (rating: WrittenRating | undefined): rating is WrittenRating => rating !== undefined;

/** `0.6`, `-1`: only numbers on the very scale of valences. */
function signedValence(value: string): number | undefined {
  const number = /^[+-−]?\d*\.?\d+$/.test(value) ? Number(value.replace("−", "-")) : Number.NaN;
  return Math.abs(number) <= 1 ? number : undefined;
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") {
    const parts = value.split(/[,;]\s+/).map((part) => part.trim());
    return parts.filter((part) => part !== "");
  }
  if (typeof value === "number") return [String(value)];
  return Array.isArray(value) ? value.flatMap(textsOf) : [];
}
