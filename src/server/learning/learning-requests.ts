import type { ServerContext } from "../context.ts";
import { notifyEditor } from "../notify-editor.ts";
import { answerRequest } from "../requests.ts";
import { eraseLeftOut } from "./erase-left-out.ts";
import { LearnerSupervisor } from "./learner-supervisor.ts";
import { LearningNotices } from "./learning-notices.ts";
import { proposeAside } from "./proposal.ts";

/** Answers `proposal`, `learn`, `pause`, `resume` and `status`, and tells how learning goes. */
export function addLearning(context: ServerContext): LearnerSupervisor {
  const { connection, documents, host } = context;
  const notices = new LearningNotices(
    (notice) => notifyEditor(context, "notice", notice),
    (line) => connection.console.info(line),
  );
  const control = new LearnerSupervisor(
    context,
    (status) => notifyEditor(context, "status", status),
    notices,
  );
  answerRequest(context, "proposal", (where, token) => proposeAside(where, token));
  answerRequest(context, "learn", ({ folders, writer, author }) =>
    control.learn({
      folders,
      ...(writer === undefined ? {} : { writer }),
      ...(author === undefined ? {} : { author }),
    }),
  );
  answerRequest(context, "pause", () => control.pause());
  answerRequest(context, "resume", () => control.resume());
  answerRequest(context, "status", () => control.answerStatus());
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
