import { requests } from "../../protocol/requests.ts";
import type { EditorContext } from "../editor-context.ts";
import { isLessonNode } from "./writer-nodes.ts";

/** Takes a lesson of the tree back, with all that was said of the same before. */
export async function forgetLesson({ server, undoItem }: EditorContext, about: unknown): Promise<void> {
  if (!isLessonNode(about)) return;
  await server.send(requests.reviseLesson, { id: about.lesson.id });
  // What the status bar offers to undo may be what went.
  undoItem.hide();
}
