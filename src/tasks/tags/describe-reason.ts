import type { TagReason } from "./reasons.ts";

/** A reason in words that go on after the tag's name: 'named in the title'. File names in it are untrusted text. */
export function describeReason(reason: TagReason): string {
  switch (reason.kind) {
    case "similarDocuments":
    case "prompt": {
      const names = reason.documents.slice(0, 2).map(({ id }) => fileName(id));
      const like = reason.kind === "prompt" ? "as the writer's prompts see it, like" : "like";
      return `${like} ${names.join(", ")} (${reason.tagged} of the ${reason.nearest} nearest)`;
    }
    case "literal":
      return `named ${reason.inTitle ? "in the title" : `${counted(reason.countInText, "time")} in the text`}`;
    case "frequent":
      return `used in ${reason.uses} of ${counted(reason.documents, "document")}`;
    case "recent":
      return `last used ${counted(reason.documentsAgo, "document")} ago`;
    case "centroid":
      return `close to what the tag stands for (${reason.cosine.toFixed(2)})`;
    case "correction":
      return "you added it";
    case "new":
      return `new: named ${reason.inTitle ? "in the title" : `${counted(reason.countInText, "time")} in the text`}`;
    default:
      return reason satisfies never;
  }
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
