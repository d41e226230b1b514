import type { LeftOut } from "../../protocol/learner.ts";
import { formatCount, formatPlural } from "../../words/format.ts";

interface AuthorCount {
  readonly name: string;
  readonly documents: number;
}

/** Whom the documents are by, where that is more than one person: `412 by Ann, 6 by Bob`. */
export function describeAuthors(authors: readonly AuthorCount[]): string | undefined {
  if (authors.length < 2) return undefined;
  return authors
    .map(
      ({ name, documents }) =>
        `${formatCount(documents)} by ${name === "" ? "authors without a name" : name}`,
    )
    .join(", ");
}

/** What is there and was not learned from, and why; undefined where that is nothing. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string | undefined {
  if (leftOut.length === 0) return undefined;
  const whys = {
    other: "by others",
    together: "written together with others (--co-authors includes them)",
    field: "by their own front matter (idiolect: false)",
    folder: "in folders that settings leave out",
    excluded: "by patterns (--exclude, or settings)",
  } as const;
  const parts = leftOut.map(({ reason, documents }) => `${formatCount(documents)} ${whys[reason]}`);
  const total = leftOut.reduce((sum, { documents }) => sum + documents, 0);
  return `${formatPlural(total, "document")} left out: ${parts.join(", ")}`;
}
