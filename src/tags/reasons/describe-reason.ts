import type { TagReason } from "../tag-reasons.ts";

/** A reason in words that go on after the tag's name: 'named in the title'. File names in it are untrusted text. */
export function describeReason(reason: TagReason): string {
  switch (reason.kind) {
    case "similarDocuments":
    case "prompt": {
      const names = reason.documents.slice(0, 2).map(({ id }) => fileName(id));
      const seen = reason.kind === "prompt" ? ", as the writer's prompts see it" : "";
      // The count first: names may be long, and are what may be cut.
      return `on ${reason.tagged} of the ${reason.nearest} most similar documents${seen}: ${names.join(", ")}`;
    }
    case "literal":
      return `named ${reason.inTitle ? "in the title" : `${counted(reason.countInText, "time")} in the text`}`;
    case "frequent":
      return `used in ${reason.uses} of ${counted(reason.documents, "document")}`;
    case "recent":
      return `last used ${counted(reason.documentsAgo, "document")} ago`;
    case "centroid":
      return `close to what the tag stands for (${percent(reason.cosine)})`;
    case "correction":
      return "you added it";
    case "new":
      return `new: named ${reason.inTitle ? "in the title" : `${counted(reason.countInText, "time")} in the text`}`;
    default:
      return reason satisfies never;
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
