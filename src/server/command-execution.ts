import { type CancellationToken, MessageType } from "vscode-languageserver/node";
import { serverCommands } from "../protocol/commands.ts";
import type { LearnAnswer } from "../protocol/learning-status.ts";
import type { Teaching } from "../protocol/lessons.ts";
import { toneNames } from "../tone/reading/tone-reading.ts";
import { describeLabel } from "../words/describe-label.ts";
import type { ServerContext } from "./context.ts";
import { answering, NothingTaughtError, UnknownCommandError } from "./errors.ts";
import type { ServerFeature, SharedParts } from "./feature.ts";
import { t } from "./language.ts";
import type { LearnerSupervisor } from "./learning/learner-supervisor.ts";
import { describeStatus } from "./learning/learning-status.ts";
import { visibleText } from "./markdown-text.ts";
import { showMessage } from "./notify-editor.ts";
import { parseParameters } from "./requests.ts";
import { noteTags } from "./tags/tag-edit-actions.ts";
import { teach, withdraw } from "./teaching/teaching.ts";
import { voiceMessage } from "./voice/voice-actions.ts";

type CommandName = (typeof serverCommands)[keyof typeof serverCommands];
type Run = (argument: unknown, token: CancellationToken) => unknown;

/**
 * Executes `serverCommands`; how each ended is told by a message, which every editor shows. An editor that runs our
 * commands itself would have two for each if the server named its own as well.
 */
export const commandExecution: ServerFeature = {
  capabilities: ({ runsCommands }) =>
    runsCommands ? {} : { executeCommandProvider: { commands: Object.values(serverCommands) } },
  register(context, shared) {
    const commands: Readonly<Record<CommandName, Run>> = {
      ...teachingCommands(context, shared),
      ...learningCommands(context, shared.learning),
      [serverCommands.noteTags]: (argument) => noteTags(context, argument),
      [serverCommands.readVoice]: async (argument, token) => {
        const { uri, range } = parseParameters("readVoice", argument);
        showMessage(context, voiceMessage(await shared.voiceReadings.read(uri, range, token)));
      },
    };
    context.connection.onExecuteCommand(({ command, arguments: [argument] = [] }, token) =>
      answering(async () => {
        if (!isCommand(command)) throw new UnknownCommandError(command);
        return (await commands[command](argument, token)) ?? null;
      }),
    );
  },
};

function isCommand(name: string): name is CommandName {
  return Object.values<string>(serverCommands).includes(name);
}

function teachingCommands(context: ServerContext, shared: SharedParts) {
  let lastTaught: string | undefined;
  return {
    [serverCommands.teach]: async (argument, token) => {
      const lesson = parseParameters("teach", argument);
      const taught = await teach(context, shared, lesson, token);
      lastTaught = taught.id;
      showMessage(
        context,
        t("Noted for {0}: {1}.", visibleText(taught.writer), describeLesson(lesson, taught.about)),
      );
      return taught;
    },
    [serverCommands.withdraw]: (argument) => {
      const { id } = argument === undefined ? { id: lastTaught } : parseParameters("withdraw", argument);
      if (id === undefined) throw new NothingTaughtError();
      withdraw(context, id);
      if (id === lastTaught) lastTaught = undefined;
      showMessage(context, t("The lesson has been taken back."));
    },
  } satisfies Readonly<Record<string, Run>>;
}

function learningCommands(context: ServerContext, learning: LearnerSupervisor) {
  const tellHowItStands = () => showMessage(context, describeStatus(learning.status()));
  const started = (answer: LearnAnswer): LearnAnswer => {
    if (answer.kind === "refused") {
      showMessage(context, `${answer.reason} ${answer.advice}`, MessageType.Warning);
      return answer;
    }
    showMessage(context, t("Learning {0} in the background.", visibleText(answer.writer)));
    const listening = learning.onChanged(() => {
      if (learning.ongoing !== undefined) return;
      listening.dispose();
      tellHowItStands();
    });
    return answer;
  };
  return {
    [serverCommands.learn]: async (argument) => {
      const { folders, writer } = parseParameters("learn", argument ?? { folders: context.folders() });
      return started(await learning.learn({ folders, writer }));
    },
    [serverCommands.pause]: () => learning.pause(),
    [serverCommands.resume]: () => started(learning.resume()),
    [serverCommands.status]: tellHowItStands,
  } satisfies Readonly<Record<string, Run>>;
}

const longestShown = 90;

function describeLesson(lesson: Teaching, about: string): string {
  const shown = visibleText(about, longestShown);
  switch (lesson.kind) {
    case "tone":
      return t("“{0}” is {1}", shown, describeLabel(toneNames[Math.round(2 * lesson.valence) + 2]!, t));
    case "thisTag":
      return t("the tag ‘{0}’ fits here", shown);
    case "notThisTag":
      return t("the tag ‘{0}’ does not fit here", shown);
    default:
      return lesson satisfies never;
  }
}
