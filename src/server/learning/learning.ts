import { answer } from "../answer.ts";
import type { ServerContext } from "../context.ts";
import { tellEditor } from "../tell-editor.ts";
import { eraseLeftOut } from "./erase-left-out.ts";
import { LearningControl } from "./learning-control.ts";
import { LearningNotices } from "./learning-notices.ts";
import { proposeAside } from "./proposal.ts";

/** Answers `proposal`, `learn`, `pause`, `resume` and `status`, and tells how learning goes. */
export function addLearning(context: ServerContext): LearningControl {
  const { connection, documents, host } = context;
  const notices = new LearningNotices(
    (notice) => tellEditor(context, "notice", notice),
    (line) => connection.console.info(line),
  );
  const control = new LearningControl(context, (status) => tellEditor(context, "status", status), notices);
  answer(context, "proposal", (where, token) => proposeAside(where, token));
  answer(context, "learn", ({ folders, writer, author }) =>
    control.learn({
      folders,
      ...(writer === undefined ? {} : { writer }),
      ...(author === undefined ? {} : { author }),
    }),
  );
  answer(context, "pause", () => control.pause());
  answer(context, "resume", () => control.resume());
  answer(context, "status", () => control.answerStatus());
  documents.onChange(() => control.activity.note());
  host.onAsked(() => control.activity.note());
  context.onSettingsChanged(() => {
    control.followPace();
    void eraseLeftOut(context, control);
  });
  context.addFigures(() => {
    const { learnerProcessId } = control;
    return learnerProcessId === undefined ? {} : { learnerProcessId };
  });
  context.onShutdown(() => control.close());
  return control;
}
