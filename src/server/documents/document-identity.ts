import { createHash } from "node:crypto";
import type { OpenDocument } from "../context.ts";

/** Whether an open document is a file; others have a name only as long as they are open. */
export const isFile = ({ uri }: Pick<OpenDocument, "uri">): boolean => uri.startsWith("file:");

/** What names an open document: its path, or for what is no file its URI, which is no path of any file. */
export const identityOf = ({ uri, path }: OpenDocument): string => (isFile({ uri }) ? path : uri);

/** Names a document by its text as learning does, so that what its front matter says of its tone is known. */
export function documentKey({ source }: OpenDocument): string {
  return createHash("sha256").update(source).digest("hex");
}
